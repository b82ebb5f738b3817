import type { Resource } from '../../template/stack.ts';
import { TemplateError } from '../../template/values.ts';
import type { Caller } from '../caller.ts';
import { lastOfEach } from '../events.ts';
import { type Backends, type Integration, orRefused, Refusal } from './integration.ts';
import { type Mapped, readRequestParameters } from './parameters.ts';
import { type BackendResponse, hasDefault, readResponses } from './responses.ts';
import { requestOf, type RouteRequest } from './route-request.ts';
import { readsParams, readTemplates } from './templates.ts';

/** A request to a backend, after the mapping. */
export interface BackendRequest {
  readonly body: Buffer;
  readonly parameters: Mapped;
  readonly request: RouteRequest;
  readonly timeoutMs: number;
}

/** What a non-proxy integration calls; throws a Refusal when the call cannot be made. */
export interface Backend {
  readonly target: string;
  readonly caller?: Caller;
  call(request: BackendRequest, backends: Backends): Promise<BackendResponse>;
}

/** A non-proxy integration: templates turn the client's message into the backend's request, and its response into a message. */
export function mappedIntegration(
  resource: Resource,
  timeoutMs: number,
  backend: Backend,
  responses: readonly Resource[],
): Integration {
  const { logicalId, properties } = resource;
  const bodyOf = readBody(resource);
  const parametersOf = readRequestParameters(logicalId, properties);
  const mapResponse = readResponses(responses);
  const { target, caller } = backend;
  return {
    logicalId,
    timeoutMs,
    target,
    ...(caller && { caller }),
    warnings: [
      ...(hasDefault(responses)
        ? []
        : ['has no IntegrationResponse $default: what no other one is for will fail']),
      ...([resource, ...responses].some(readsParams)
        ? [
            'has a template with $input.params: AWS has said that templates of WebSocket APIs get no parameters',
          ]
        : []),
    ],
    invoke: (event, backends, withinMs) =>
      orRefused(async () => {
        const request = requestOf(event);
        const response = await backend.call(
          { body: bodyOf(request), parameters: parametersOf(request), request, timeoutMs: withinMs },
          backends,
        );
        return { type: 'answered', ...mapResponse(response, request) };
      }),
  };
}

/** How the client's message becomes the backend's body: a template, or as it is where `PassthroughBehavior` lets it (PARITY N3). */
function readBody({ logicalId, properties }: Resource): (request: RouteRequest) => Buffer {
  const templates = readTemplates(logicalId, properties, 'RequestTemplates');
  const passthrough = properties.optionalText('PassthroughBehavior') ?? 'WHEN_NO_MATCH';
  if (!['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'].includes(passthrough)) {
    throw new TemplateError(`${logicalId}: PassthroughBehavior ${passthrough} is not supported`);
  }
  const encoding = encodingOf({ logicalId, properties });
  const passes =
    passthrough === 'WHEN_NO_MATCH' || (passthrough === 'WHEN_NO_TEMPLATES' && templates.size === 0);
  return ({ body, query, headers, context, stageVariables }) => {
    const template = templates.choose({ body });
    if (template === undefined) {
      if (passes) return Buffer.from(body, encoding);
      throw new Refusal('has no template for it', 415, 'Unsupported Media Type');
    }
    const params = { path: {}, querystring: lastOfEach(query), header: lastOfEach(headers) };
    return Buffer.from(template({ payload: body, params, context, stageVariables }), encoding);
  };
}

/** How a body's text becomes bytes; messages are text anyway, so that `CONVERT_TO_TEXT` changes nothing (PARITY N9). */
export function encodingOf({
  logicalId,
  properties,
}: Pick<Resource, 'logicalId' | 'properties'>): 'utf8' | 'base64' {
  const handling = properties.optionalText('ContentHandlingStrategy') ?? 'CONVERT_TO_TEXT';
  if (handling === 'CONVERT_TO_TEXT') return 'utf8';
  if (handling === 'CONVERT_TO_BINARY') return 'base64';
  throw new TemplateError(`${logicalId}: ContentHandlingStrategy ${handling} is not supported`);
}
