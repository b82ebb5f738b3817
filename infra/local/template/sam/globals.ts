import { type Fields, isRecord } from '../values.ts';

/** Whether it is an intrinsic function, which is a value and not an object to be merged. */
const isIntrinsic = (value: Fields): boolean => {
  const [only, ...more] = Object.keys(value);
  return only !== undefined && more.length === 0 && (only === 'Ref' || only.startsWith('Fn::'));
};

/** A resource's own properties over those of `Globals`: objects are merged, lists joined with the global one first, and all else replaced. */
export const mergeGlobals = (globals: Fields, own: Fields): Fields => ({
  ...globals,
  ...Object.fromEntries(
    Object.entries(own).map(([name, value]) => [
      name,
      // SAM's one exception among the properties here.
      name === 'Architectures' ? value : merge(globals[name], value),
    ]),
  ),
});

function merge(global: unknown, own: unknown): unknown {
  if (Array.isArray(global) && Array.isArray(own)) return [...(global as unknown[]), ...(own as unknown[])];
  if (!isRecord(global) || !isRecord(own) || isIntrinsic(global) || isIntrinsic(own)) return own;
  return mergeGlobals(global, own);
}
