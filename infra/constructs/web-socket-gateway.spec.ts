import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { claims } from './claims.ts';
import { WebSocketGateway, type WebSocketGatewayProps } from './web-socket-gateway.ts';

const PLAIN: WebSocketGatewayProps = {
  apiName: 'wsMyApp',
  stageName: 'dev',
  throttle: { rateLimit: 5000, burstLimit: 2500 },
  auth: undefined,
  apiLogs: false,
  apiLogsRole: false,
  domain: undefined,
};

function synthesize(props: Partial<WebSocketGatewayProps> = {}) {
  const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'chat');
  const gateway = new WebSocketGateway(stack, 'Gateway', { ...PLAIN, ...props });
  const urls: { url: unknown; callback: unknown } = {
    url: stack.resolve(gateway.url),
    callback: stack.resolve(gateway.stage.callbackUrl),
  };
  return { template: Template.fromStack(stack), ...urls };
}

describe('WebSocketGateway', () => {
  it(
    'takes no more from clients than it is told, and counts in detail',
    claims(() => {
      synthesize().template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
        DefaultRouteSettings: {
          ThrottlingRateLimit: 5000,
          ThrottlingBurstLimit: 2500,
          DetailedMetricsEnabled: true,
        },
      });
    }),
  );

  describe('without being asked for logs', () => {
    it(
      'needs no role of the account, so that it can be deployed to a fresh one',
      claims(() => {
        const { template } = synthesize();
        template.resourceCountIs('AWS::ApiGateway::Account', 0);
        template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
          AccessLogSettings: Match.absent(),
          DefaultRouteSettings: Match.not(Match.objectLike({ LoggingLevel: Match.anyValue() })),
        });
      }),
    );
  });

  describe('with logs', () => {
    const { template } = synthesize({ apiLogs: true });
    interface Stage {
      readonly AccessLogSettings: { readonly Format: string };
    }
    const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage')).map(
      ({ Properties }) => Properties as Stage,
    );
    const format = stage?.AccessLogSettings.Format ?? '';

    it('tells of each request its id, route, status, integration error and latency, as one JSON object', () => {
      expect(Object.values(JSON.parse(format) as object)).toEqual(
        jasmine.arrayContaining([
          '$context.requestId',
          '$context.routeKey',
          '$context.status',
          '$context.integrationErrorMessage',
          '$context.integrationLatency',
        ]),
      );
    });

    it('tells of nothing that a client could hide a secret in', () => {
      expect(format).not.toMatch(/querystring|path|header|authorizer|messageId|body|identity/i);
    });

    it(
      'logs errors and not what people say, in groups that are kept for a month and go with the stack',
      claims(() => {
        template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
          DefaultRouteSettings: { LoggingLevel: 'ERROR', DataTraceEnabled: false },
        });
        template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
        template.hasResourceProperties('AWS::Logs::LogGroup', {
          LogGroupName: { 'Fn::Join': ['', ['/aws/apigateway/', { Ref: Match.anyValue() }, '/dev']] },
        });
        template.resourceCountIs('AWS::ApiGateway::Account', 0);
      }),
    );

    it(
      "makes the account's role when asked, and leaves it behind for others",
      claims(() => {
        const { template: withRole } = synthesize({ apiLogs: true, apiLogsRole: true });
        withRole.hasResource('AWS::ApiGateway::Account', { DeletionPolicy: 'Retain' });
        withRole.hasResource('AWS::IAM::Role', { DeletionPolicy: 'Retain' });
      }),
    );
  });

  describe('with a domain', () => {
    const domain = {
      name: 'chat.example.com',
      certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
    };

    it('has clients connect to the domain, and functions post to the API itself', () => {
      const { url, callback } = synthesize({ domain });
      expect(url).toBe('wss://chat.example.com');
      expect(JSON.stringify(callback)).toContain('.execute-api.');
    });

    it(
      'maps the domain to the stage, and says what DNS must point to',
      claims(() => {
        const { template } = synthesize({ domain });
        template.hasResourceProperties('AWS::ApiGatewayV2::DomainName', {
          DomainName: 'chat.example.com',
          DomainNameConfigurations: [Match.objectLike({ SecurityPolicy: 'TLS_1_2' })],
        });
        template.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', { DomainName: Match.anyValue() });
        const [output] = Object.values(template.findOutputs('*'));
        expect(output).toEqual(jasmine.objectContaining({ Description: jasmine.stringContaining('DNS') }));
      }),
    );
  });
});
