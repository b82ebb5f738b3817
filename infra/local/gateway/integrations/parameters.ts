import type { Properties } from '../../template/properties.ts';
import { TemplateError, valueIn } from '../../template/values.ts';
import { valueAt } from './json-path.ts';
import type { RouteRequest } from './route-request.ts';

/** Where a mapped parameter goes. */
type Place = 'header' | 'querystring' | 'path';
/** The values of each parameter that has any. */
export type Mapped = Readonly<Record<Place, Readonly<Record<string, readonly string[]>>>>;

type Read = (request: RouteRequest) => readonly string[];
type Response = Readonly<{ headers: Readonly<Record<string, readonly string[]>>; body: string }>;

/** Reads `RequestParameters`: integration parameter to where its value comes from (docs: WebSocket data mapping; PARITY N4). */
export function readRequestParameters(
  logicalId: string,
  properties: Properties,
): (request: RouteRequest) => Mapped {
  const written = properties.inside('RequestParameters');
  const mappings = written.names().map((target) => {
    const [, place, name] =
      /^integration\.request\.(?:multivalue)?(header|querystring|path)\.(.+)$/.exec(target) ?? [];
    if (name === undefined) throw unknown(logicalId, 'RequestParameters', target);
    const source = written.text(target);
    const read = fromAnywhere(source) ?? fromRequest(source);
    if (read === undefined) throw unknown(logicalId, 'RequestParameters', source);
    return { place: place as Place, name, read };
  });
  return (request) => {
    const mapped: Record<Place, Record<string, readonly string[]>> = {
      header: {},
      querystring: {},
      path: {},
    };
    for (const { place, name, read } of mappings) {
      const values = read(request);
      if (values.length > 0) mapped[place][name] = values;
    }
    return mapped;
  };
}

/** Reads `ResponseParameters` of an integration response: headers, in lower case, of which `$connect` sends its own (PARITY H4). */
export function readResponseParameters(
  logicalId: string,
  properties: Properties,
): (request: RouteRequest, response: Response) => Record<string, string> {
  const written = properties.inside('ResponseParameters');
  const mappings = written.names().map((target) => {
    const [, name] = /^(?:method|route)\.response\.header\.(.+)$/.exec(target) ?? [];
    if (name === undefined) throw unknown(logicalId, 'ResponseParameters', target);
    const source = written.text(target);
    const read = fromAnywhere(source);
    const readResponse = read === undefined ? fromResponse(source) : undefined;
    if (read === undefined && readResponse === undefined) {
      throw unknown(logicalId, 'ResponseParameters', source);
    }
    return { name: name.toLowerCase(), read, readResponse };
  });
  return (request, response) =>
    Object.fromEntries(
      mappings.flatMap(({ name, read, readResponse }) => {
        const value = (read?.(request) ?? readResponse?.(response) ?? []).at(-1);
        return value === undefined ? [] : [[name, value]];
      }),
    );
}

const unknown = (logicalId: string, property: string, what: string): TemplateError =>
  new TemplateError(`${logicalId}.${property}: ${what} is not a parameter that can be mapped`);

/** What both sides may read: text in quotes, the context, stage variables. */
function fromAnywhere(source: string): Read | undefined {
  const [, fixed] = /^'(.*)'$/s.exec(source) ?? [];
  if (fixed !== undefined) return () => [fixed];
  const [, place, name] = /^(context|stageVariables)\.(.+)$/.exec(source) ?? [];
  if (name === undefined) return undefined;
  return place === 'context'
    ? ({ context }) => listed(valueIn(context, name))
    : ({ stageVariables }) => listed(stageVariables[name]);
}

/** The client's request; `method.` is how CloudFormation's reference still writes `route.`. */
function fromRequest(source: string): Read | undefined {
  const [, several, place, name] =
    /^(?:route|method)\.request\.(multivalue)?(header|querystring)\.(.+)$/.exec(source) ?? [];
  if (name !== undefined) {
    return ({ headers, query }) => {
      const values = place === 'header' ? named(headers, name) : (query[name] ?? []);
      return several === undefined ? values.slice(-1) : values;
    };
  }
  return fromBody(/^(?:route|method)\.request\.body(.*)$/, source);
}

function fromResponse(source: string): ((response: Response) => readonly string[]) | undefined {
  const [, several, name] = /^integration\.response\.(multivalue)?header\.(.+)$/.exec(source) ?? [];
  if (name !== undefined) {
    return ({ headers }) => {
      const values = named(headers, name);
      return several === undefined ? values.slice(-1) : values;
    };
  }
  return fromBody(/^integration\.response\.body(.*)$/, source);
}

function fromBody(
  form: RegExp,
  source: string,
): ((from: { readonly body: string }) => readonly string[]) | undefined {
  const [, path] = form.exec(source) ?? [];
  if (path === undefined) return undefined;
  if (path === '') return ({ body }) => listed(body);
  return ({ body }) => {
    try {
      return listed(valueAt(`$${path}`, JSON.parse(body)));
    } catch (error) {
      if (error instanceof SyntaxError) return []; // Not JSON: no path leads anywhere.
      throw error;
    }
  };
}

const named = (headers: RouteRequest['headers'], name: string): readonly string[] =>
  Object.entries(headers).find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1] ?? [];

const listed = (value: unknown): readonly string[] => {
  if (value === undefined || value === null) return [];
  return [typeof value === 'string' ? value : JSON.stringify(value)];
};
