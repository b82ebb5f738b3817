import { TemplateError } from '../template/values.ts';
import { valueAt } from './integrations/json-path.ts';

/** What a selection expression may read. */
export interface Selectable {
  /** The client's message. */
  readonly body: string;
  /** What the integration answered; header names in lower case. */
  readonly response?: {
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, readonly string[]>>;
  };
}
/** A selection expression, read once. */
export type Selection = (from: Selectable) => string;

/** Where the variables of an expression come from. */
export type Source = 'request.body' | 'integration.response';

type Part = string | ((from: Selectable, body: () => unknown) => string);

const VARIABLE =
  /\\\$|\$\{(?<braced>[^}]+)\}|\$(?<bare>[a-z]+(?:\.[A-Za-z0-9_-]+|\[[^\]]*\])+)|\$default\b|\$/g;

/**
 * Reads a selection expression: `$request.body.action`, `${request.body.a}/${request.body.b[0].c}`, static text, `\$` for a
 * dollar. A path that leads nowhere is the empty string; anything else is made text (PARITY R1, R2). `reads` are the
 * variables that this kind of expression may have; another is an error that names `place`.
 */
export function compileSelection(
  place: string,
  expression: string,
  reads: readonly Source[] = ['request.body'],
): Selection {
  const parts: Part[] = [];
  let end = 0;
  for (const match of expression.matchAll(VARIABLE)) {
    parts.push(expression.slice(end, match.index));
    end = match.index + match[0].length;
    if (match[0] === '\\$') parts.push('$');
    // The reserved key, which may stand there without its backslash.
    else if (match[0] === '$default') parts.push('$default');
    else {
      const variable = match.groups?.['braced'] ?? match.groups?.['bare'] ?? '';
      const part = reads.some((one) => variable.startsWith(`${one}.`) || variable.startsWith(`${one}[`))
        ? partOf(variable)
        : undefined;
      if (part === undefined) throw new TemplateError(`${place}: ${match[0]} cannot be read there`);
      parts.push(part);
    }
  }
  parts.push(expression.slice(end));
  return (from) => {
    let parsed: { value: unknown } | undefined;
    const body = (): unknown => (parsed ??= { value: parse(from.body) }).value;
    return parts.map((part) => (typeof part === 'string' ? part : part(from, body))).join('');
  };
}

const SIMPLE_PATH = /^\.[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/;

function partOf(variable: string): Part | undefined {
  const [, path] = /^request\.body(.+)$/.exec(variable) ?? [];
  if (path !== undefined) {
    const keys = path.slice(1).split('.');
    if (SIMPLE_PATH.test(path)) return (_from, body) => shallowTextOf(() => walk(body(), keys));
    return isPath(path) ? (_from, body) => shallowTextOf(() => valueAt(`$${path}`, body())) : undefined;
  }
  if (variable === 'integration.response.statuscode')
    return ({ response }) => String(response?.statusCode ?? '');
  const [, several, name] = /^integration\.response\.(multivalue)?header\.(.+)$/.exec(variable) ?? [];
  if (name === undefined) return undefined;
  return ({ response }) => {
    const values = response?.headers[name.toLowerCase()] ?? [];
    return several === undefined ? (values.at(-1) ?? '') : textOf(values);
  };
}

/** The routes of an API, found by what the selection expression yields. */
export interface RouteTable<Route> {
  readonly select: Selection;
  readonly routes: ReadonlyMap<string, Route>;
}

/**
 * The route for a message: the exact one, else `$default`, else none (PARITY R3 to R6).
 * A client cannot name `$connect`, `$disconnect` or `$default` in a message: those keys are the gateway's.
 */
export function routeFor<Route>(
  { select, routes }: RouteTable<Route>,
  body: string,
): { key: string; route: Route } | undefined {
  const key = select({ body });
  const exact = key.startsWith('$') ? undefined : routes.get(key);
  if (exact !== undefined) return { key, route: exact };
  const fallback = routes.get('$default');
  return fallback === undefined ? undefined : { key: '$default', route: fallback };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // Not JSON: no path leads anywhere, so the message goes to $default (PARITY R4).
  }
}

/** Like a JSONPath of names alone, without the library: every message is routed by one. */
const walk = (body: unknown, keys: readonly string[]): unknown =>
  keys.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined,
    body,
  );

function isPath(path: string): boolean {
  try {
    valueAt(`$${path}`, {});
    return true;
  } catch {
    return false; // The library throws on what is no JSONPath.
  }
}

/** A value nested too deeply to be made text names no route: one frame can hold 30,000 levels. */
function shallowTextOf(value: () => unknown): string {
  try {
    return textOf(value());
  } catch (error) {
    if (error instanceof RangeError) return ''; // The stack is used up; how much of it is left cannot be asked.
    throw error;
  }
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  return JSON.stringify(value);
}
