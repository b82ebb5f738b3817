/** What the page reads of a JSON Web Token. Whether it is good, the server alone can tell [P27]. */
export interface Token {
  /** The `sub`: who has signed in. */
  readonly subject: string | undefined;
  /** When it ends, in milliseconds since the epoch; Infinity when it does not say. */
  readonly endsAt: number;
}

const PARTS = /^[\w-]+\.([\w-]+)\.[\w-]+$/;

/** Reads a signed JSON Web Token; undefined for any other text. */
export function readToken(text: string): Token | undefined {
  const [, payload] = PARTS.exec(text) ?? [];
  if (payload === undefined) return undefined;
  try {
    const binary = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof claims !== 'object' || claims === null) return undefined;
    const sub: unknown = Reflect.get(claims, 'sub');
    const exp: unknown = Reflect.get(claims, 'exp');
    return {
      subject: typeof sub === 'string' ? sub : undefined,
      endsAt: typeof exp === 'number' ? exp * 1000 : Infinity,
    };
  } catch {
    // Neither base64 nor JSON can be asked first.
    return undefined;
  }
}
