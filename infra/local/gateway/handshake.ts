import type { IncomingMessage } from 'node:http';
import type { Stage, WebSocketApi } from './api.ts';
import { authorize } from './authorizer.ts';
import { connectEvent, type ConnectionFacts, type GatewayEvent } from './events.ts';
import { newConnectionId } from './identifiers.ts';
import type { Permissions } from './permissions.ts';
import type { IntegrationResult } from './integrations/integration.ts';
import type { Invoke } from './invoke.ts';
import type { Route } from './route.ts';
import { isSigned, isSignedQuery } from './signature.ts';
import { parseTarget } from './target.ts';

/** The answer to a handshake: the facts of the new connection, or a status and a body. */
export type Admission =
  | { readonly admitted: true; readonly facts: ConnectionFacts; readonly subprotocol: string | undefined }
  | { readonly admitted: false; readonly status: number; readonly body: string };

/** A refusal's body is not documented: `{"message": …}` as elsewhere at API Gateway is a chosen default (PARITY H8). */
const refuse = (status: number, message: string): Admission => ({
  admitted: false,
  status,
  body: JSON.stringify({ message }),
});

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  429: 'Too Many Requests',
};

/** Characters of a URL (docs: WebSocket quotas). */
const LONGEST_URL = 4096;

/** The stage whose clients connect at `path`. */
export const stageAt = ({ stages }: Pick<WebSocketApi, 'stages'>, path: string): Stage | undefined =>
  stages.find(({ name }) => path === `/${name}` || path === `/${name}/`);

/** Lets `$connect` decide; the client waits for it (PARITY H1). Without a `$connect` route everyone is admitted (PARITY H2). */
export async function admit(
  request: IncomingMessage,
  api: WebSocketApi,
  call: (route: Route, stage: string, event: GatewayEvent) => Promise<IntegrationResult>,
  invoke: Invoke,
  mayConnect: (stage: string) => boolean,
  permissions: Permissions,
): Promise<Admission> {
  const { path, query } = parseTarget(request.url);
  const stage = stageAt(api, path);
  if (stage === undefined) return refuse(403, 'Forbidden'); // PARITY H7
  if ((request.url ?? '').length > LONGEST_URL) return refuse(414, 'Request-URI Too Long'); // PARITY Q18

  if (!mayConnect(stage.name)) return refuse(429, 'Too Many Requests'); // PARITY Q13

  const asked: ConnectionFacts = {
    connectionId: newConnectionId(),
    connectedAt: Date.now(),
    stage: stage.name,
    stageVariables: stage.variables,
    apiId: api.apiId,
    apiArn: api.arn,
    domainName: api.domainName,
    sourceIp: request.socket.remoteAddress ?? '',
    userAgent: request.headers['user-agent'],
  };
  const route = api.routes.get('$connect');
  if (route === undefined) return { admitted: true, facts: asked, subprotocol: undefined };

  const { rawHeaders, headers } = request;
  if (route.signed && !isSigned(headers.authorization) && !isSignedQuery(query)) {
    return refuse(403, 'Forbidden'); // PARITY H21
  }
  const handshake = { rawHeaders, headers, query };
  const verdict =
    route.authorizer && (await authorize(route.authorizer, asked, handshake, invoke, permissions));
  // Refused by its authorizer, neither `$connect` nor `$disconnect` hears of the client (PARITY A8).
  if (verdict?.type === 'refused')
    return refuse(verdict.status, REASONS[verdict.status] ?? 'Internal server error');
  const facts = verdict === undefined ? asked : { ...asked, authorizer: verdict.context };
  const event = connectEvent(facts, handshake);
  const result = await call(route, stage.name, event);
  if (result.type === 'timed-out') return refuse(504, 'Endpoint request timed out');
  if (result.type === 'not-permitted') return refuse(500, 'Internal server error'); // PARITY R23
  if (result.type === 'refused') return refuse(result.status, result.message);
  if (result.type === 'failed') return refuse(502, 'Internal server error');
  const { statusCode } = result;
  // No answer to a request: the client would wait for another one (PARITY H17).
  if (statusCode < 200) return refuse(502, 'Internal server error');
  if (statusCode > 299) return refuse(statusCode, REASONS[statusCode] ?? 'Internal server error');
  return { admitted: true, facts, subprotocol: result.headers['sec-websocket-protocol'] };
}
