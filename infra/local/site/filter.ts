/** Which files an upload takes: `aws s3 sync` with `--exclude` and then `--include` (PARITY S6). */
export interface Filter {
  readonly exclude: readonly string[];
  readonly include: readonly string[];
}

/** Whether the file with this path, written with `/`, is uploaded. The last pattern that fits decides; without one it is. */
export function isUploaded(path: string, { exclude, include }: Filter): boolean {
  if (include.some((pattern) => fits(pattern, path))) return true;
  return !exclude.some((pattern) => fits(pattern, path));
}

/** Whether a path is what a pattern means: `*` is any text, `/` too, `?` one character, `[…]` one of these, `[!…]` none of them. */
function fits(pattern: string, path: string): boolean {
  const source = pattern.replace(
    /\[(!?)([^\]]+)\]|[\\^$.*+?()[\]{}|]/g,
    (found, not?: string, set?: string) => {
      if (set !== undefined) return `[${not === '!' ? '^' : ''}${set.replace(/[\\\]^[]/g, '\\$&')}]`;
      if (found === '*') return '.*';
      return found === '?' ? '.' : `\\${found}`;
    },
  );
  return new RegExp(`^${source}$`, 's').test(path);
}
