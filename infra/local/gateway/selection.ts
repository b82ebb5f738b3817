/**
 * Evaluates a route selection expression on a message: `$request.body.action`, `${request.body.a}/${request.body.b}`,
 * nested paths and static text. A path that leads nowhere is the empty string; anything else is made text (PARITY R1, R2).
 */
export function select(expression: string, body: string): string {
  const parsed = parse(body);
  return expression.replace(
    /\\\$|\$\{request\.body\.([^}]+)\}|\$request\.body\.([A-Za-z0-9_.-]+)/g,
    (whole, braced?: string, bare?: string) =>
      whole === '\\$' ? '$' : shallowTextOf(valueAt(parsed, braced ?? bare ?? '')),
  );
}

/** The routes of an API, found by what the selection expression yields. */
export interface RouteTable<Route> {
  readonly selectionExpression: string;
  readonly routes: ReadonlyMap<string, Route>;
}

/**
 * The route for a message: the exact one, else `$default`, else none (PARITY R3 to R6).
 * A client cannot name `$connect`, `$disconnect` or `$default` in a message: those keys are the gateway's.
 */
export function routeFor<Route>(
  { selectionExpression, routes }: RouteTable<Route>,
  body: string,
): { key: string; route: Route } | undefined {
  const key = select(selectionExpression, body);
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

const valueAt = (body: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Record<string, unknown>)[key]
          : undefined,
      body,
    );

/** A value nested too deeply to be made text names no route: one frame can hold 30,000 levels. */
function shallowTextOf(value: unknown): string {
  try {
    return textOf(value);
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
