/** Something in a template that cannot be run here, said in a sentence that names the logical id. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** A JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether `value` is a JSON object: neither null nor a list. */
export const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the keys of `path`, with dots between, lead to in `of`; undefined when they lead nowhere. */
export const valueIn = (of: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), of);

/** The object of this name in `of`; an empty one when there is none. */
export function section(of: unknown, name: string): Fields {
  const found = isRecord(of) ? of[name] : undefined;
  return isRecord(found) ? found : {};
}
