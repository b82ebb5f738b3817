/** Whether `value` is what an IAM pattern means: `*` stands for any characters, `?` for one. */
export function matches(pattern: string, value: string, flags = ''): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, flags).test(value);
}
