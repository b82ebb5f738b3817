import { BlockList, isIP } from 'node:net';
import { isRecord } from '../template/values.ts';
import { matches } from './wildcards.ts';

/** What a condition may ask about a handshake: the keys of AWS, in lower case, for these have no letter case. */
export type ConditionKeys = Readonly<Record<string, string>>;

type Test = (value: string, wanted: string) => boolean;

const ipIn: Test = (address, range) => {
  const [network = '', bits] = range.split('/');
  const family = isIP(network);
  if (family === 0 || isIP(address) !== family) return false;
  const most = family === 4 ? 32 : 128;
  const prefix = Number(bits ?? most);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > most) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, family === 4 ? 'ipv4' : 'ipv6');
  return list.check(address, family === 4 ? 'ipv4' : 'ipv6');
};
/** ISO 8601, or seconds since the epoch. */
const timeOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));

/** Those that deny hold when none of the values fits; the others when one does. */
const OPERATORS: Readonly<Record<string, { readonly test: Test; readonly denies?: true }>> = {
  StringEquals: { test: (value, wanted) => value === wanted },
  StringNotEquals: { test: (value, wanted) => value === wanted, denies: true },
  StringEqualsIgnoreCase: { test: (value, wanted) => value.toLowerCase() === wanted.toLowerCase() },
  StringLike: { test: (value, pattern) => matches(pattern, value) },
  StringNotLike: { test: (value, pattern) => matches(pattern, value), denies: true },
  Bool: { test: (value, wanted) => value === wanted.toLowerCase() },
  IpAddress: { test: ipIn },
  NotIpAddress: { test: ipIn, denies: true },
  DateLessThan: { test: (value, time) => timeOf(value) < timeOf(time) },
  DateLessThanEquals: { test: (value, time) => timeOf(value) <= timeOf(time) },
  DateGreaterThan: { test: (value, time) => timeOf(value) > timeOf(time) },
  DateGreaterThanEquals: { test: (value, time) => timeOf(value) >= timeOf(time) },
};

/** Whether all conditions of a statement hold; undefined when one has an operator or a key that is not known here. */
export function holds(condition: unknown, keys: ConditionKeys): boolean | undefined {
  const asked = Object.entries(isRecord(condition) ? condition : {}).flatMap(([operator, byKey]) =>
    Object.entries(isRecord(byKey) ? byKey : {}).map(([key, wanted]) => {
      const known = own(OPERATORS, operator);
      const value = own(keys, key.toLowerCase());
      if (known === undefined || value === undefined) return undefined;
      const fits = [wanted].flat().some((one) => known.test(value, String(one)));
      return fits !== (known.denies ?? false);
    }),
  );
  return asked.includes(undefined) ? undefined : !asked.includes(false);
}

/** What a handler has written may have the name of something that every object has. */
const own = <T>(of: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(of, name) ? of[name] : undefined;
