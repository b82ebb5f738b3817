/** Something in a template that cannot be run here, said in a sentence that names the logical id. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** Whether `value` is a JSON object: neither null nor a list. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
