import { isRecord } from '../template/values.ts';
import { type ConditionKeys, holds } from './condition.ts';
import { matches } from './wildcards.ts';

const INVOKE = 'execute-api:Invoke';

type Statement = Readonly<Record<string, unknown>>;

/**
 * Whether an IAM policy document lets a client with these `keys` invoke `methodArn`: one Allow, and no Deny. A condition that
 * is not known here never makes it milder (PARITY A10).
 */
export function allows(
  { Statement: statements }: Readonly<Record<string, unknown>>,
  methodArn: string,
  keys: ConditionKeys = {},
): boolean {
  const effects = listOf(statements)
    .filter(isRecord)
    .filter((one) => isAbout(one, 'Action', INVOKE, 'i') && isAbout(one, 'Resource', methodArn))
    .filter(({ Condition, Effect }) => holds(Condition, keys) ?? Effect === 'Deny')
    .map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

/** Whether the statement's `Action` or `Resource` covers the value, or its `NotAction` or `NotResource` leaves it out. */
function isAbout(statement: Statement, name: 'Action' | 'Resource', value: string, flags = ''): boolean {
  const others = statement[`Not${name}`];
  if (others !== undefined) return !matchesAny(others, value, flags);
  return matchesAny(statement[name], value, flags);
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const matchesAny = (patterns: unknown, value: string, flags = ''): boolean =>
  listOf(patterns).some((pattern) => typeof pattern === 'string' && matches(pattern, value, flags));
