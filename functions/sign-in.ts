import { JwtVerifier } from 'aws-jwt-verify';
import { FetchError, JwtBaseError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';

/** Whose tokens are taken, and where the keys are that they are signed with. */
export interface Issuer {
  /** The token's `iss`. */
  readonly issuer: string;
  /** What must be among the token's `aud`. With Cognito that is the app client's id, which ID tokens have. */
  readonly audience: string;
  /** `/.well-known/jwks.json` under the issuer, unless told. */
  readonly jwksUri?: string;
}

/** The `sub` of a good token, or the name of what is `wrong` with it. */
export type SignIn = (token: string) => Promise<{ readonly subject?: unknown; readonly wrong?: string }>;

/** How long an issuer may take to tell its keys, in milliseconds. */
const KEYS_TIMEOUT_MS = 3_000;

/** How far the issuer's clock may be from ours: its tokens are good from the second in which it makes them. */
const CLOCK_SKEW_SECONDS = 5;

/** Reads what the stack says of the issuer, and throws naming the variable that is missing. */
export function readIssuer({
  JWT_ISSUER: issuer,
  JWT_AUDIENCE: audience,
  JWT_KEYS: jwksUri,
}: Readonly<Record<string, string | undefined>>): Issuer {
  if (!issuer) throw new Error('the environment variable JWT_ISSUER is not set');
  if (!audience) throw new Error('the environment variable JWT_AUDIENCE is not set');
  return { issuer, audience, ...(jwksUri && { jwksUri }) };
}

/** Tells whose a token is, by keys that an instance asks for once. Throws when they cannot be had. */
export function createSignIn(issuer: Issuer): SignIn {
  const jwksCache = new SimpleJwksCache({ fetcher: { fetch: fetchKeys } });
  const verifier = JwtVerifier.create({ ...issuer, graceSeconds: CLOCK_SKEW_SECONDS }, { jwksCache });
  return async (token) => {
    try {
      return { subject: (await verifier.verify(token)).sub };
    } catch (error) {
      // A stranger's bad token is not a fault. Only the error's name is told, because its text may quote the token.
      if (error instanceof JwtBaseError && !(error instanceof FetchError)) return { wrong: error.name };
      throw error;
    }
  };
}

/** The package's own way knows https only, which an issuer on a laptop has not. */
async function fetchKeys(uri: string): Promise<ArrayBuffer> {
  const response = await fetch(uri, { signal: AbortSignal.timeout(KEYS_TIMEOUT_MS) });
  if (!response.ok) throw new FetchError(uri, `the issuer answered ${response.status}`);
  return response.arrayBuffer();
}
