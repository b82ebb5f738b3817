import { TemplateError } from '../../template/values.ts';

/** What the URI of an AWS integration names: `arn:aws:apigateway:{region}:{service}:{path|action}/{rest}`. */
export interface ServiceCall {
  readonly service: string;
  readonly kind: 'path' | 'action';
  readonly rest: string;
}

/** Reads the URI of an AWS integration; a TemplateError names what is none. */
export function serviceCallOf(logicalId: string, uri: string): ServiceCall {
  const [, service, kind, rest] = /^arn:[^:]+:apigateway:[^:]*:([^:]+):(path|action)\/(.+)$/.exec(uri) ?? [];
  if (service === undefined || rest === undefined || (kind !== 'path' && kind !== 'action')) {
    throw new TemplateError(`${logicalId}: ${uri} is not the URI of an AWS service`);
  }
  // A service may have a host of its own in front: `{account-id}.iot-data`.
  return { service: service.split('.').at(-1) ?? service, kind, rest };
}
