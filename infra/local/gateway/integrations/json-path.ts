import { JSONPath } from 'jsonpath-plus';

/** A path that may lead to several places, and so yields a list: `..`, `*`, a filter, a union or a slice. */
const SEVERAL = /\.\.|\*|\[\s*\?|\[[^\]'"]*[,:]/;

/**
 * What a JSONPath leads to; undefined when it leads nowhere. As in Jayway's JsonPath, which API Gateway's documentation
 * points to, a path to one place yields the value and a path to several a list. Throws on what is not a JSONPath.
 */
export function valueAt(path: string, value: unknown): unknown {
  const rooted = path.startsWith('$') ? path : `$${path.startsWith('[') ? '' : '.'}${path}`;
  if (rooted === '$') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = JSONPath({
    path: rooted,
    json: value,
    wrap: true,
    // Filters are interpreted by the library, never handed to the engine as code.
    eval: 'safe',
    // A filter that asks for a part of what is not there fits nothing.
    ignoreEvalErrors: true,
  });
  const all: unknown[] = Array.isArray(found) ? found : [];
  return SEVERAL.test(rooted) ? all : all[0];
}
