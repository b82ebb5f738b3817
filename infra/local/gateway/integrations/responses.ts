import type { Resource } from '../../template/stack.ts';
import { TemplateError } from '../../template/values.ts';
import { lastOfEach } from '../events.ts';
import { Refusal } from './integration.ts';
import { readResponseParameters } from './parameters.ts';
import type { RouteRequest } from './route-request.ts';
import { readTemplates } from './templates.ts';

/** What a backend answered. */
export interface BackendResponse {
  readonly statusCode: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Buffer;
  /** What the keys of integration responses are held against: the status, or the error of a function that has one (PARITY N8). */
  readonly outcome: string | undefined;
}

/** The answer of an integration, after the mapping. */
export interface MappedResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Maps what a backend answered; throws a Refusal when no integration response is for it. */
export type ResponseMapping = (response: BackendResponse, request: RouteRequest) => MappedResponse;
/** API Gateway needs at least one, and a `$default` for what no other is for (docs: WebSocket integration responses). */
export const hasDefault = (resources: readonly Resource[]): boolean =>
  resources.some(({ properties }) => properties.text('IntegrationResponseKey') === '$default');

interface OneResponse {
  /** Undefined for `$default`. */
  readonly pattern: RegExp | undefined;
  readonly map: ResponseMapping;
}

/** Reads the `IntegrationResponse`s of an integration: the first whose `/pattern/` fits, else `$default` (PARITY N8). */
export function readResponses(resources: readonly Resource[]): ResponseMapping {
  const all = resources.map(readResponse);
  const fallback = all.find(({ pattern }) => pattern === undefined);
  return (response, request) => {
    const { outcome } = response;
    const fitting = outcome === undefined ? undefined : all.find(({ pattern }) => pattern?.test(outcome));
    const chosen = fitting ?? fallback;
    if (chosen === undefined) {
      throw new Refusal(`has no IntegrationResponse for ${outcome ?? 'success'}`);
    }
    return chosen.map(response, request);
  };
}

function readResponse({ logicalId, properties }: Resource): OneResponse {
  const key = properties.text('IntegrationResponseKey');
  const handling = properties.optionalText('ContentHandlingStrategy');
  if (handling !== undefined && handling !== 'CONVERT_TO_TEXT') {
    throw new TemplateError(`${logicalId}: ContentHandlingStrategy ${handling} is not supported`);
  }
  const templates = readTemplates(logicalId, properties, 'ResponseTemplates');
  const headersOf = readResponseParameters(logicalId, properties);
  return {
    pattern: key === '$default' ? undefined : patternOf(logicalId, key),
    map: ({ statusCode, headers, body }, request) => {
      const payload = body.toString(handling === 'CONVERT_TO_TEXT' ? 'base64' : 'utf8');
      const template = templates.choose({ body: request.body, response: { statusCode, headers } });
      const params = {
        path: {},
        querystring: lastOfEach(request.query),
        header: lastOfEach(request.headers),
      };
      const { context, stageVariables } = request;
      return {
        statusCode,
        headers: headersOf(request, { headers, body: payload }),
        body: template?.({ payload, params, context, stageVariables }) ?? payload,
      };
    },
  };
}

function patternOf(logicalId: string, key: string): RegExp {
  const [, pattern] = /^\/(.*)\/$/s.exec(key) ?? [];
  if (pattern === undefined) {
    throw new TemplateError(
      `${logicalId}: IntegrationResponseKey ${key} is neither $default nor a /pattern/`,
    );
  }
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    throw new TemplateError(`${logicalId}: IntegrationResponseKey ${key} is not a regular expression`);
  }
}
