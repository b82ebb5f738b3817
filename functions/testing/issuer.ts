import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { listen } from './listen.ts';

const AUDIENCE = 'hello-websocket';

/** What a token says, and how it is made; each good unless told. */
interface Claims {
  readonly sub?: unknown;
  readonly iss?: string;
  readonly aud?: string;
  readonly exp?: number;
  readonly nbf?: number;
}

/** An issuer of tokens on this machine, that tells its keys as OIDC has it. */
export async function startIssuer() {
  const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const others = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const state = { asked: 0, ill: false };
  const server = await listen(
    createServer((_, response) => {
      state.asked++;
      const key = { ...ours.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' };
      response.writeHead(state.ill ? 503 : 200).end(JSON.stringify({ keys: [key] }));
    }),
  );

  const write = (header: object, claims: Claims): string => {
    const {
      sub = 'ann',
      iss = server.url,
      aud = AUDIENCE,
      exp = Math.floor(Date.now() / 1000) + 60,
      nbf,
    } = claims;
    return [header, { sub, iss, aud, exp, nbf }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
  };
  const signed = (claims: Claims, key = ours.privateKey): string => {
    const text = write({ alg: 'RS256', kid: 'one' }, claims);
    return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
  };
  return {
    ...server,
    audience: AUDIENCE,
    state,
    token: (claims: Claims = {}) => signed(claims),
    /** With the right key's name, and another key. */
    forged: () => signed({}, others.privateKey),
    /** With the public key, which everybody knows, taken for a secret. */
    confused: () => {
      const text = write({ alg: 'HS256', kid: 'one' }, {});
      const secret = ours.publicKey.export({ format: 'pem', type: 'spki' });
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
    },
    /** That asks to be believed. */
    unsigned: () => `${write({ alg: 'none', kid: 'one' }, {})}.`,
  };
}

export type TestIssuer = Awaited<ReturnType<typeof startIssuer>>;
