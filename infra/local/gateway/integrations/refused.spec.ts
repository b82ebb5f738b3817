import { run, stopAll } from '../../testing/running.ts';
import { appOf, type TestIntegration } from './testing.ts';

const one = (integration: object, more: Partial<TestIntegration> = {}): TestIntegration => ({
  integration: { IntegrationType: 'MOCK', ...integration },
  routes: { go: {} },
  ...more,
});
const service = (rest: string) => ({
  IntegrationType: 'AWS',
  IntegrationUri: `arn:aws:apigateway:us-east-1:${rest}`,
  CredentialsArn: 'arn:aws:iam::123456789012:role/caller',
});

describe('what cannot be run', () => {
  afterEach(stopAll);

  const cases: readonly [rule: string, integration: TestIntegration, message: string | RegExp][] = [
    [
      'N13',
      one(service('sqs:path/123456789012/queue')),
      /^One: its integration calls sqs, and of AWS's services only lambda and dynamodb run here: a Condition /,
    ],
    ['N13', one(service('states:action/StartExecution')), /^One: its integration calls states, /],
    ['N13', one(service('123.iot-data:path/things')), /^One: its integration calls iot-data, /],
    ['N13', one({ ConnectionType: 'VPC_LINK' }), 'One: ConnectionType VPC_LINK is not supported'],
    ['N13', one({ ConnectionId: 'link' }), 'One: ConnectionId is not supported'],
    [
      'N13',
      one({ ...service('x'), IntegrationUri: 'arn:aws:sqs:x' }),
      'One: arn:aws:sqs:x is not the URI of an AWS service',
    ],
    [
      'N2',
      one({ ...service('dynamodb:action/PutItem'), CredentialsArn: undefined }),
      'One: an integration with dynamodb needs CredentialsArn',
    ],
    ['N2', one(service('dynamodb:path/x')), 'One: dynamodb:path/x is not an action of DynamoDB'],
    [
      'N10',
      one({ IntegrationType: 'HTTP', IntegrationUri: 'arn:aws:elasticloadbalancing:x' }),
      'One: arn:aws:elasticloadbalancing:x is not a URL of HTTP',
    ],
    ['Q1', one({ TimeoutInMillis: 30_000 }), 'One: TimeoutInMillis is not between 50 and 29000'],
    ['N3', one({ PassthroughBehavior: 'ALWAYS' }), 'One: PassthroughBehavior ALWAYS is not supported'],
    [
      'N3',
      one({ TemplateSelectionExpression: '$request.header.x' }),
      'One.TemplateSelectionExpression: $request.header.x cannot be read there',
    ],
    [
      'N6',
      one({ RequestTemplates: { $default: '#if(' } }),
      /^One\.RequestTemplates\.\$default is not a Velocity template: /,
    ],
    [
      'N4',
      one({ RequestParameters: { 'integration.request.cookie.x': "'x'" } }),
      'One.RequestParameters: integration.request.cookie.x is not a parameter that can be mapped',
    ],
    [
      'N4',
      one({ RequestParameters: { 'integration.request.header.x': 'route.request.cookie.x' } }),
      'One.RequestParameters: route.request.cookie.x is not a parameter that can be mapped',
    ],
    [
      'N8',
      one({}, { responses: { '200': {} } }),
      'OneResponse0: IntegrationResponseKey 200 is neither $default nor a /pattern/',
    ],
    [
      'N9',
      one({}, { responses: { $default: { ContentHandlingStrategy: 'CONVERT_TO_BINARY' } } }),
      'OneResponse0: ContentHandlingStrategy CONVERT_TO_BINARY is not supported',
    ],
    [
      'N14',
      one({ RequestTemplates: { go: 'x'.repeat(300 * 1024 + 1) } }),
      'One.RequestTemplates.go is longer than 300 KB',
    ],
    [
      'R5',
      one({}, { routes: { $send: {} } }),
      'OneRoute0 ($send): a route key of your own does not begin with $',
    ],
    [
      'R17',
      one({}, { routes: { go: { RouteResponseSelectionExpression: 'ok' } } }),
      'OneRoute0 (go): RouteResponseSelectionExpression ok is not $default',
    ],
    [
      'H20',
      one({}, { routes: { go: { ApiKeyRequired: true } } }),
      'OneRoute0 (go): API keys are not supported',
    ],
    [
      'H20',
      one({}, { routes: { go: { ApiKeyRequired: 'true' } } }),
      'OneRoute0 (go): API keys are not supported',
    ],
    [
      'H22',
      one({}, { routes: { go: { AuthorizationType: 'AWS_IAM' } } }),
      'OneRoute0 (go): AuthorizationType AWS_IAM is for $connect alone',
    ],
  ];
  for (const [rule, integration, message] of cases) {
    it(`[${rule}] is an error at start that names it: ${String(message)}`, async () => {
      await expectAsync(run(appOf({ One: integration }))).toBeRejectedWithError(message as string);
    });
  }
});
