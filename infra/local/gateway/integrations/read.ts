import type { Resource } from '../../template/stack.ts';
import { TemplateError } from '../../template/values.ts';
import { functionArnOf } from '../caller.ts';
import { lambdaProxy } from '../proxy.ts';
import { dynamodbBackend } from './dynamodb.ts';
import { httpBackend, httpProxyIntegration } from './http.ts';
import type { Integration } from './integration.ts';
import { lambdaBackend } from './lambda.ts';
import { type Backend, mappedIntegration } from './mapped.ts';
import { mockBackend } from './mock.ts';
import { serviceCallOf } from './uri.ts';

/** What API Gateway allows, in milliseconds (docs: WebSocket quotas). */
const TIMEOUT = { least: 50, most: 29_000 };

/** Reads an integration and its `IntegrationResponse`s; what cannot be run is an error that names it. */
export function readIntegration(resource: Resource, responses: readonly Resource[]): Integration {
  const { logicalId, properties } = resource;
  refusePrivate(resource);
  const format = properties.optionalText('PayloadFormatVersion') ?? '1.0';
  if (format !== '1.0')
    throw new TemplateError(`${logicalId}: PayloadFormatVersion ${format} is not WebSocket's`);
  const timeoutMs = properties.optionalNumber('TimeoutInMillis') ?? TIMEOUT.most;
  if (timeoutMs < TIMEOUT.least || timeoutMs > TIMEOUT.most) {
    throw new TemplateError(
      `${logicalId}: TimeoutInMillis is not between ${TIMEOUT.least} and ${TIMEOUT.most}`,
    );
  }
  const mapped = (backend: Backend): Integration =>
    mappedIntegration(resource, timeoutMs, backend, responses);
  const type = properties.text('IntegrationType');
  switch (type) {
    case 'AWS_PROXY':
      return lambdaProxy(resource, timeoutMs);
    case 'AWS':
      return mapped(awsBackend(resource));
    case 'HTTP':
      return mapped(httpBackend(resource));
    case 'HTTP_PROXY':
      return httpProxyIntegration(resource, timeoutMs);
    case 'MOCK':
      properties.has('IntegrationUri'); // CDK writes an empty one.
      return mapped(mockBackend);
    default:
      throw new TemplateError(`${logicalId}: integration type ${type} is not supported`);
  }
}

function awsBackend({ logicalId, properties }: Resource): Backend {
  const uri = properties.text('IntegrationUri');
  const call = serviceCallOf(logicalId, uri);
  const asRole = properties.has('CredentialsArn');
  switch (call.service) {
    case 'lambda':
      return lambdaBackend({ functionArn: functionArnOf(logicalId, uri), asRole });
    case 'dynamodb':
      // AWS refuses to make it without; what the role allows is not looked into (PARITY N2, L10).
      if (!asRole) throw new TemplateError(`${logicalId}: an integration with dynamodb needs CredentialsArn`);
      return dynamodbBackend(logicalId, call);
    default:
      throw new TemplateError(
        `${logicalId}: its integration calls ${call.service}, and of AWS's services only lambda and dynamodb ` +
          'run here: a Condition on it and on its route can leave them out, by a --parameter',
      );
  }
}

function refusePrivate({ logicalId, properties }: Resource): void {
  const connection = properties.optionalText('ConnectionType') ?? 'INTERNET';
  if (connection !== 'INTERNET') {
    throw new TemplateError(`${logicalId}: ConnectionType ${connection} is not supported`);
  }
  if (properties.has('ConnectionId')) throw new TemplateError(`${logicalId}: ConnectionId is not supported`);
}
