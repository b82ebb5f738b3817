import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * A stack that names places in our sources and not in the bundle, if there is a source map beside it. Node.js does the same with
 * `--enable-source-maps`, but reads the map whenever an instance starts, for a quarter of the time that loading takes.
 */
export function inSources(stack: string, bundle = import.meta.url): string {
  const path = `${fileURLToPath(bundle)}.map`;
  if (!stack.includes(bundle) || !existsSync(path)) return stack;
  const map = new SourceMap(JSON.parse(readFileSync(path, 'utf8')) as SourceMapPayload);
  return stack.replaceAll(/(file:\S+?):(\d+):(\d+)/g, (place: string, url, line, column) => {
    if (url !== bundle) return place;
    const origin = map.findOrigin(Number(line), Number(column));
    if (!('fileName' in origin)) return place;
    // Relative to where it was bundled, which is nowhere here.
    const source = origin.fileName.replace(/^(\.\.\/)+/, '');
    return `${source}:${origin.lineNumber}:${origin.columnNumber}`;
  });
}
