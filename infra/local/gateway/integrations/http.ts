import type { Resource } from '../../template/stack.ts';
import { TemplateError } from '../../template/values.ts';
import { STAGE_VARIABLE } from '../caller.ts';
import { type Integration, orRefused, Refusal } from './integration.ts';
import { fetchBackend } from './http-client.ts';
import { type Backend, encodingOf } from './mapped.ts';
import { type Mapped, readRequestParameters } from './parameters.ts';
import { requestOf, type RouteRequest } from './route-request.ts';

/** Where an HTTP integration goes. */
interface Endpoint {
  readonly uri: string;
  readonly method: string;
}

/** A URL with stage variables and path parameters in it: `https://${stageVariables.host}/{room}`. */
function readEndpoint({ logicalId, properties }: Resource): Endpoint {
  const uri = properties.text('IntegrationUri');
  const isUrl = URL.canParse(uri.replaceAll(STAGE_VARIABLE, 'x').replaceAll(PATH_PARAMETER, 'x'));
  if (!isUrl || !/^(https?:\/\/|\$\{stageVariables\.)/.test(uri)) {
    throw new TemplateError(`${logicalId}: ${uri} is not a URL of HTTP`);
  }
  const method = properties.optionalText('IntegrationMethod') ?? 'POST';
  return { uri, method: method === 'ANY' ? 'POST' : method };
}

const PATH_PARAMETER = /\{([A-Za-z0-9._-]+)\+?\}/g;

/** An HTTP backend behind templates: it gets the mapped body, and of headers and query what is mapped (PARITY N10). */
export function httpBackend(resource: Resource): Backend {
  const endpoint = readEndpoint(resource);
  return {
    target: endpoint.uri,
    call({ body, parameters, request, timeoutMs }) {
      const url = urlOf(endpoint, request, parameters);
      return fetchBackend(url, endpoint.method, headersOf(request, parameters, {}), body, timeoutMs);
    },
  };
}

/** An HTTP backend that gets the client's request as it is, what is mapped in its place, and whose answer goes back as it is. */
export function httpProxyIntegration(resource: Resource, timeoutMs: number): Integration {
  const { logicalId, properties } = resource;
  const endpoint = readEndpoint(resource);
  const parametersOf = readRequestParameters(logicalId, properties);
  const encoding = encodingOf(resource);
  return {
    logicalId,
    timeoutMs,
    target: endpoint.uri,
    invoke: (event, _backends, withinMs) =>
      orRefused(async () => {
        const request = requestOf(event);
        const parameters = parametersOf(request);
        const url = urlOf(endpoint, request, {
          ...parameters,
          querystring: { ...request.query, ...parameters.querystring },
        });
        const headers = headersOf(request, parameters, request.headers);
        const body = Buffer.from(request.body, encoding);
        const answer = await fetchBackend(url, endpoint.method, headers, body, withinMs);
        return {
          type: 'answered',
          statusCode: answer.statusCode,
          headers: Object.fromEntries(
            Object.entries(answer.headers).map(([name, values]) => [name, values.at(-1) ?? '']),
          ),
          body: answer.body.toString('utf8'),
        };
      }),
  };
}

function urlOf({ uri }: Endpoint, { stageVariables }: RouteRequest, { path, querystring }: Mapped): URL {
  const filled = uri
    .replaceAll(STAGE_VARIABLE, (_all, name: string) => stageVariables[name] ?? '')
    .replaceAll(PATH_PARAMETER, (_all, name: string) => encodeURIComponent(path[name]?.at(-1) ?? ''));
  const url = URL.parse(filled);
  if (url === null || !/^https?:$/.test(url.protocol)) throw new Refusal(`${filled} is not a URL of HTTP`);
  for (const [name, values] of Object.entries(querystring)) {
    for (const value of values) url.searchParams.append(name, value);
  }
  return url;
}

type Headers = Readonly<Record<string, readonly string[]>>;

/** The backend has a host of its own, and the gateway says who it is. */
function headersOf(
  { context, body }: RouteRequest,
  { header }: Mapped,
  ofClient: Headers,
): Record<string, readonly string[]> {
  const apiId = String(context['apiId']);
  const all: [string, readonly string[]][] = [
    ['User-Agent', [`AmazonAPIGateway_${apiId}`]],
    ['x-amzn-apigateway-api-id', [apiId]],
    ...(body === '' ? [] : [['Content-Type', ['application/json']] as [string, readonly string[]]]),
    ...Object.entries(ofClient).filter(([name]) => name.toLowerCase() !== 'host'),
    ...Object.entries(header),
  ];
  // A later one stands in place of an earlier one, whatever its letter case.
  const byName = new Map(all.map(([name, values]) => [name.toLowerCase(), [name, values] as const]));
  return Object.fromEntries(byName.values());
}
