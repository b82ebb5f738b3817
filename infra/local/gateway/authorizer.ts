import type { Resource } from '../template/stack.ts';
import { isRecord, TemplateError } from '../template/values.ts';
import type { ConditionKeys } from './condition.ts';
import { type Caller, functionArnIn, functionArnOf } from './caller.ts';
import { authorizerEvent, type ConnectionFacts, type Handshake } from './events.ts';
import { type IdentitySource, readIdentitySource } from './identity-source.ts';
import { allows } from './policy.ts';
import { authorizerSource, type Permissions, routeSource } from './permissions.ts';
import type { Invoke } from './invoke.ts';

/** A REQUEST authorizer: the only kind that a WebSocket API has, and asked on `$connect` alone (PARITY A1). */
export interface Authorizer extends Caller {
  readonly logicalId: string;
  readonly id: string;
  /** Where the identity is looked for: each must have something. */
  readonly identitySources: readonly IdentitySource[];
}

/** What an authorizer adds to `requestContext` of every later event (PARITY A6). */
export type AuthorizerContext = Readonly<Record<string, string | number>>;

export type Verdict =
  | { readonly type: 'allowed'; readonly context: AuthorizerContext }
  | { readonly type: 'refused'; readonly status: 401 | 403 | 500 };

/** What an authorizer may answer (docs: WebSocket quotas). */
const MOST_RESULT_BYTES = 8 * 1024;

export function readAuthorizer({ logicalId, identity, properties }: Resource): Authorizer {
  const type = properties.text('AuthorizerType');
  if (type !== 'REQUEST') throw new TemplateError(`${logicalId}: AuthorizerType ${type} is not supported`);
  const sources = properties.raw('IdentitySource') ?? [];
  if (!Array.isArray(sources)) throw new TemplateError(`${logicalId}: IdentitySource must be a list`);
  return {
    logicalId,
    id: identity.ref,
    functionArn: functionArnOf(logicalId, properties.text('AuthorizerUri')),
    asRole: properties.has('AuthorizerCredentialsArn'),
    identitySources: sources.map((source) => readIdentitySource(logicalId, String(source))),
  };
}

/** Asks the authorizer's function whether the client may connect. */
export async function authorize(
  authorizer: Authorizer,
  facts: ConnectionFacts,
  handshake: Handshake,
  invoke: Invoke,
  permissions: Permissions,
): Promise<Verdict> {
  const methodArn = routeSource(facts.apiArn, facts.stage, '$connect');
  const event = authorizerEvent(facts, handshake, methodArn);
  const identified = authorizer.identitySources.every((isThere) => isThere(event.body));
  if (!identified) return { type: 'refused', status: 401 }; // The function is not called (PARITY A2).

  const source = authorizerSource(facts.apiArn, authorizer.id);
  const functionArn = functionArnIn(authorizer.functionArn, facts.stageVariables);
  if (!permissions.allow({ ...authorizer, functionArn }, source)) return { type: 'refused', status: 500 }; // PARITY R23

  const before = performance.now();
  const result = await invoke(functionArn, event.requestId, JSON.stringify(event.body));
  if (result.type === 'failure') {
    // PARITY A3, A5: this very text means 401, anything else is the authorizer's own failure.
    return { type: 'refused', status: result.error.errorMessage === 'Unauthorized' ? 401 : 500 };
  }
  // PARITY A9
  if (Buffer.byteLength(result.payload ?? '') > MOST_RESULT_BYTES) return { type: 'refused', status: 500 };
  const answer: unknown = result.payload === undefined ? undefined : JSON.parse(result.payload);
  if (!isRecord(answer) || !isRecord(answer['policyDocument'])) return { type: 'refused', status: 500 };
  if ((answer['principalId'] ?? null) === null) return { type: 'refused', status: 500 }; // PARITY A5
  if (!allows(answer['policyDocument'], methodArn, keysOf(facts))) return { type: 'refused', status: 403 }; // PARITY A4
  const context = contextOf(answer);
  if (context === undefined) return { type: 'refused', status: 500 };
  return {
    type: 'allowed',
    context: { ...context, integrationLatency: Math.round(performance.now() - before) },
  };
}

/** What conditions of its policy may ask (PARITY A10). */
const keysOf = ({ sourceIp, userAgent }: ConnectionFacts): ConditionKeys => ({
  'aws:sourceip': sourceIp,
  'aws:currenttime': new Date().toISOString(),
  'aws:epochtime': String(Math.floor(Date.now() / 1000)),
  'aws:securetransport': 'true', // As behind AWS's own TLS.
  ...(userAgent !== undefined && { 'aws:useragent': userAgent }),
});

/** The principal and the context, each value as text; undefined when one is an object or a list, which AWS refuses. */
function contextOf({
  principalId,
  context = {},
}: Readonly<Record<string, unknown>>): Record<string, string> | undefined {
  if (!isRecord(context)) return undefined;
  const entries = Object.entries({ principalId, ...context }).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  if (entries.some(([, value]) => typeof value === 'object')) return undefined;
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
