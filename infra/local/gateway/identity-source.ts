import { isRecord, section, TemplateError, valueIn } from '../template/values.ts';
import type { GatewayEvent } from './events.ts';

/** Whether the event of an authorizer has something at one of its identity sources (PARITY A2). */
export type IdentitySource = (event: GatewayEvent['body']) => boolean;

type Read = (event: GatewayEvent['body'], name: string) => unknown;

/** Header names have no letter case. */
const header: Read = ({ headers }, name) =>
  Object.entries(isRecord(headers) ? headers : {}).find(
    ([one]) => one.toLowerCase() === name.toLowerCase(),
  )?.[1];
const query: Read = (event, name) => section(event, 'queryStringParameters')[name];
const stageVariable: Read = (event, name) => section(event, 'stageVariables')[name];
const context: Read = ({ requestContext }, path) => valueIn(requestContext, path);

const SOURCES: readonly [form: RegExp, read: Read][] = [
  [/^route\.request\.header\.(.+)$/, header],
  [/^route\.request\.querystring\.(.+)$/, query],
  [/^stageVariables\.(.+)$/, stageVariable],
  [/^context\.(.+)$/, context],
];

/** Reads an identity source; another form, as HTTP APIs and REST APIs have them, is an error that names the authorizer. */
export function readIdentitySource(logicalId: string, source: string): IdentitySource {
  for (const [form, read] of SOURCES) {
    const name = form.exec(source)?.[1];
    if (name !== undefined) return (event) => (read(event, name) ?? '') !== '';
  }
  throw new TemplateError(
    `${logicalId}: ${source} is not an identity source of a WebSocket API, as route.request.header.X, ` +
      'route.request.querystring.X, stageVariables.X and context.X are',
  );
}
