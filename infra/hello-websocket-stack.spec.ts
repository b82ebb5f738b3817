import { App } from 'aws-cdk-lib';
import { Capture, Match, Template } from 'aws-cdk-lib/assertions';
import { readFileSync } from 'node:fs';
import { SUBPROTOCOL } from '#protocol';
import { type Stage, startStage } from '../functions/testing/stage.ts';
import { claims } from './constructs/claims.ts';
import { HelloWebSocketStack } from './hello-websocket-stack.ts';
import { withBuiltSite } from './snapshot/built-site.ts';

interface CdkJson {
  readonly context: Record<string, unknown>;
}
const isCdkJson = (value: unknown): value is CdkJson =>
  typeof value === 'object' && value !== null && 'context' in value;

/** The settings that `npx cdk` would give the app: without them another template is tested than is deployed. */
function cdkContext(): Record<string, unknown> {
  const settings: unknown = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8'));
  if (!isCdkJson(settings)) throw new Error('cdk.json has no context');
  return settings.context;
}

/** The stack's template, without bundling the functions. */
function synthesize(context: Record<string, unknown> = {}): Template {
  const app = new App({
    context: { ...cdkContext(), 'aws:cdk:bundling-stacks': [], ...context },
    builtinCloudFormationValidation: false,
  });
  return withBuiltSite((built) => Template.fromStack(new HelloWebSocketStack(app, { built })));
}

/** The logical id of the one resource of that type with those properties. */
function idOf(template: Template, type: string, properties: object): string {
  const [id, ...more] = Object.keys(template.findResources(type, { Properties: properties }));
  if (id === undefined || more.length > 0)
    throw new Error(`not one ${type} with ${JSON.stringify(properties)}`);
  return id;
}

describe('HelloWebSocketStack', () => {
  let template: Template;
  beforeAll(() => {
    template = synthesize();
  });

  const functionId = (name: string) =>
    idOf(template, 'AWS::Lambda::Function', { FunctionName: `hello-websocket-${name}` });
  const FUNCTIONS = ['onconnect', 'ondisconnect', 'onerror', 'onmessage'];

  describe('the API', () => {
    it(
      'is called wsMyApp, selects routes by action, and deploys itself to the stage dev',
      claims(() => {
        template.hasResourceProperties('AWS::ApiGatewayV2::Api', {
          Name: 'wsMyApp',
          ProtocolType: 'WEBSOCKET',
          RouteSelectionExpression: '$request.body.action',
        });
        template.hasResourceProperties('AWS::ApiGatewayV2::Stage', { StageName: 'dev', AutoDeploy: true });
      }),
    );

    const routes: [string, string][] = [
      ['$connect', 'onconnect'],
      ['$disconnect', 'ondisconnect'],
      ['$default', 'onerror'],
      ['sendMessageRoute', 'onmessage'],
    ];
    for (const [routeKey, name] of routes) {
      it(
        `sends ${routeKey} to ${name}, and may call it for that alone`,
        claims(() => {
          const target = { 'Fn::GetAtt': [functionId(name), 'Arn'] };
          const integration = idOf(template, 'AWS::ApiGatewayV2::Integration', {
            IntegrationType: 'AWS_PROXY',
            IntegrationUri: Match.objectLike({ 'Fn::Join': ['', Match.arrayWith([target])] }),
          });
          template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
            RouteKey: routeKey,
            Target: { 'Fn::Join': ['', ['integrations/', { Ref: integration }]] },
          });
          template.hasResourceProperties('AWS::Lambda::Permission', {
            FunctionName: target,
            Principal: 'apigateway.amazonaws.com',
            SourceArn: { 'Fn::Join': ['', Match.arrayWith([`/*${routeKey}`])] },
          });
        }),
      );
    }

    it(
      'has no other routes, and answers on none of them',
      claims(() => {
        template.resourceCountIs('AWS::ApiGatewayV2::Route', routes.length);
        template.resourceCountIs('AWS::ApiGatewayV2::RouteResponse', 0);
      }),
    );
  });

  describe('the functions', () => {
    for (const name of FUNCTIONS) {
      it(
        `run ${name} on Node.js 24, arm64, within API Gateway's 29 seconds, and are told where things are`,
        claims(() => {
          template.hasResourceProperties('AWS::Lambda::Function', {
            FunctionName: `hello-websocket-${name}`,
            Runtime: 'nodejs24.x',
            Architectures: ['arm64'],
            Timeout: 20,
            Environment: {
              Variables: {
                TABLE_NAME: { Ref: idOf(template, 'AWS::DynamoDB::GlobalTable', {}) },
                AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: {
                  'Fn::Join': ['', Match.arrayWith(['https://', Match.stringLikeRegexp('/dev$')])],
                },
                ROOM_LIMIT: '200',
                BUILD: Match.stringLikeRegexp('^\\d+\\.\\d+\\.\\d+'),
                ORIGINS: {
                  'Fn::Join': [
                    '',
                    [
                      'https://',
                      { 'Fn::GetAtt': [idOf(template, 'AWS::CloudFront::Distribution', {}), 'DomainName'] },
                    ],
                  ],
                },
                STACK_NAME: 'hello-websocket',
                TERMINALS: 'true',
                FRAME_RATE: '100',
                FRAME_BURST: '200',
              },
            },
          });
          template.hasResourceProperties('AWS::Logs::LogGroup', {
            LogGroupName: `/aws/lambda/hello-websocket-${name}`,
            RetentionInDays: 30,
          });
        }),
      );
    }

    it(
      'log JSON, and what they wrote as JSON themselves is not wrapped in more of it',
      claims(() => {
        template.resourcePropertiesCountIs(
          'AWS::Lambda::Function',
          { LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: Match.anyValue() } } },
          FUNCTIONS.length,
        );
      }),
    );

    it(
      'are traced, and kept to a number of instances, when the context says so and not otherwise',
      claims(() => {
        template.allResourcesProperties('AWS::Lambda::Function', { TracingConfig: Match.absent() });
        synthesize({ tracing: 'true', reservedConcurrency: '50' }).resourcePropertiesCountIs(
          'AWS::Lambda::Function',
          { TracingConfig: { Mode: 'Active' }, ReservedConcurrentExecutions: 50 },
          FUNCTIONS.length,
        );
      }),
    );

    it(
      'are told who else may connect when the context says so [P25]',
      claims(() => {
        synthesize({ origins: 'https://a.example', terminals: 'false' }).hasResourceProperties(
          'AWS::Lambda::Function',
          {
            FunctionName: 'hello-websocket-onconnect',
            Environment: {
              Variables: Match.objectLike({
                ORIGINS: { 'Fn::Join': ['', Match.arrayWith([',https://a.example'])] },
                TERMINALS: 'false',
              }),
            },
          },
        );
      }),
    );

    it(
      'are told another room limit when the context has one [P24]',
      claims(() => {
        synthesize({ roomLimit: 50 }).hasResourceProperties('AWS::Lambda::Function', {
          FunctionName: 'hello-websocket-onconnect',
          Environment: { Variables: Match.objectLike({ ROOM_LIMIT: '50' }) },
        });
      }),
    );

    it(
      'take the name of the stack, so that two can live in one account',
      claims(() => {
        const other = synthesize({ stackName: 'other' });
        for (const name of FUNCTIONS) {
          other.hasResourceProperties('AWS::Lambda::Function', { FunctionName: `other-${name}` });
        }
      }),
    );
  });

  describe('permissions', () => {
    const LEAVE = ['dynamodb:DeleteItem', 'dynamodb:Query', 'dynamodb:UpdateItem'];
    const uses: Readonly<Record<string, readonly string[]>> = {
      onconnect: ['dynamodb:BatchWriteItem', ...LEAVE],
      ondisconnect: ['dynamodb:GetItem', ...LEAVE],
      onerror: ['dynamodb:GetItem', ...LEAVE],
      onmessage: ['dynamodb:GetItem', ...LEAVE],
    };

    for (const name of FUNCTIONS) {
      it(
        `let ${name} post to this stage, use its table as it does, write its log, and nothing else`,
        claims(() => {
          const role = new Capture();
          template.hasResourceProperties('AWS::Lambda::Function', {
            FunctionName: `hello-websocket-${name}`,
            Role: { 'Fn::GetAtt': [role, 'Arn'] },
          });
          const roles = [{ Ref: role.asString() }];
          const api = { Ref: idOf(template, 'AWS::ApiGatewayV2::Api', {}) };
          const table = { 'Fn::GetAtt': [idOf(template, 'AWS::DynamoDB::GlobalTable', {}), 'Arn'] };
          // The one policy of this role: idOf throws for a second.
          idOf(template, 'AWS::IAM::Policy', { Roles: roles });
          const statements = new Capture();
          template.hasResourceProperties('AWS::IAM::Policy', {
            Roles: roles,
            PolicyDocument: { Statement: statements },
          });
          expect(statements.asArray()).toEqual([
            {
              Effect: 'Allow',
              Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              Resource: {
                'Fn::GetAtt': [
                  idOf(template, 'AWS::Logs::LogGroup', {
                    LogGroupName: `/aws/lambda/hello-websocket-${name}`,
                  }),
                  'Arn',
                ],
              },
            },
            {
              Effect: 'Allow',
              Action: 'execute-api:ManageConnections',
              Resource: {
                'Fn::Join': [
                  '',
                  [
                    'arn:',
                    { Ref: 'AWS::Partition' },
                    ':execute-api:',
                    { Ref: 'AWS::Region' },
                    ':',
                    { Ref: 'AWS::AccountId' },
                    ':',
                    api,
                    '/dev/POST/@connections/*',
                  ],
                ],
              },
            },
            { Effect: 'Allow', Action: uses[name]?.toSorted(), Resource: table },
          ]);
          // Nothing but that policy: neither one of AWS's nor one inside the role.
          expect(template.findResources('AWS::IAM::Role')[role.asString()]?.['Properties']).toEqual({
            AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [LAMBDA_ASSUMES] },
          });
        }),
      );
    }

    const v1 = { headers: { 'Sec-WebSocket-Protocol': [SUBPROTOCOL] } };
    /** For each function what makes it do all that it ever does to the table: it finds a listed peer gone. */
    const scenarios: Readonly<Record<string, (stage: Stage) => Promise<unknown>>> = {
      onconnect: (stage) => stage.connect('New='),
      ondisconnect: (stage) => stage.disconnect('Gone='),
      onerror: async (stage) => {
        stage.directory.forget('Gone=');
        await stage.sendUnrouted('Gone=', 'hi');
      },
      onmessage: async (stage) => {
        await stage.connect('New=', v1);
        stage.takeCalls();
        await stage.send('New=', { type: 'hello', room: 'lobby' });
      },
    };
    for (const name of FUNCTIONS) {
      it(`are what ${name} needs of the table, no less and no more`, async () => {
        const stage = await startStage();
        try {
          await stage.join('Peer=');
          await stage.join('Gone=');
          stage.gateway.behave('Gone=', 'gone');
          stage.takeCalls();
          await scenarios[name]?.(stage);
          const called = stage.takeCalls().filter((call) => call.startsWith('dynamodb.'));
          expect([...new Set(called)].toSorted()).toEqual(
            (uses[name] ?? []).map((action) => action.replace(':', '.')).toSorted(),
          );
        } finally {
          await stage.close();
        }
      });
    }

    const LAMBDA_ASSUMES = {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'lambda.amazonaws.com' },
    };

    interface Policy {
      readonly PolicyDocument?: {
        readonly Statement: readonly { readonly Action: string | string[]; readonly Resource: unknown }[];
      };
    }
    /** What roles and policies let do with every resource, by their names without a hash. */
    function everywhere(of: Template): Record<string, string[]> {
      const found = { ...of.findResources('AWS::IAM::Policy'), ...of.findResources('AWS::IAM::Role') };
      const entries = Object.entries(found).map(([id, { Properties }]): [string, string[]] => {
        const own = Properties as Policy & { readonly Policies?: readonly Policy[] };
        const actions = [own, ...(own.Policies ?? [])]
          .flatMap(({ PolicyDocument }) => PolicyDocument?.Statement ?? [])
          .filter(({ Resource }) => [Resource].flat().includes('*'))
          .flatMap(({ Action }) => Action);
        return [id.replaceAll(/[0-9A-F]{8,}/g, ''), actions.toSorted()];
      });
      return Object.fromEntries(entries.filter(([, actions]) => actions.length > 0));
    }
    // CDK's own function that copies the page's files: it asks CloudFront to forget the old ones, and CDK names no distribution.
    const COPIER = {
      CustomCDKBucketDeploymentServiceRoleDefaultPolicy: [
        'cloudfront:CreateInvalidation',
        'cloudfront:GetInvalidation',
      ],
    };

    it('reach for every resource only where AWS knows no narrower way', () => {
      expect(everywhere(template)).toEqual(COPIER);
    });

    it('reach no further with all that can be asked for, but to send traces', () => {
      const all = synthesize({
        ...{ auth: 'jwt', jwtIssuer: 'https://issuer.example', jwtAudience: 'chat' },
        ...{ apiLogs: 'true', apiLogsRole: 'true', tracing: 'true', alarmEmail: 'ops@example.com' },
      });
      // X-Ray knows no resources to narrow it to.
      const traces = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];
      const names = ['Authorizer', 'OnConnect', 'OnDisconnect', 'OnError', 'OnMessage'];
      expect(everywhere(all)).toEqual({
        ...COPIER,
        ...Object.fromEntries(names.map((name) => [`${name}RoleDefaultPolicy`, traces])),
      });
    });
  });

  it(
    'is another one for production, with a name and a stage of its own',
    claims(() => {
      const prod = synthesize({ stage: 'prod' });
      prod.hasResourceProperties('AWS::ApiGatewayV2::Stage', { StageName: 'prod' });
      prod.hasResourceProperties('AWS::Lambda::Function', { FunctionName: 'hello-websocket-prod-onmessage' });
    }),
  );

  describe('with sign-in [P27]', () => {
    let signIn: Template;
    beforeAll(() => {
      signIn = synthesize({ auth: 'jwt', jwtIssuer: 'https://issuer.example', jwtAudience: 'chat' });
    });

    it(
      'asks an authorizer before $connect, which is told whose tokens are good, and may write its log and nothing else',
      claims(() => {
        const id = idOf(signIn, 'AWS::Lambda::Function', { FunctionName: 'hello-websocket-authorizer' });
        signIn.hasResourceProperties('AWS::Lambda::Function', {
          FunctionName: 'hello-websocket-authorizer',
          Environment: { Variables: { JWT_ISSUER: 'https://issuer.example', JWT_AUDIENCE: 'chat' } },
        });
        signIn.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
          AuthorizerType: 'REQUEST',
          IdentitySource: ['route.request.header.Sec-WebSocket-Protocol'],
          AuthorizerUri: { 'Fn::Join': ['', Match.arrayWith([{ 'Fn::GetAtt': [id, 'Arn'] }])] },
          AuthorizerResultTtlInSeconds: Match.absent(),
        });
        signIn.hasResourceProperties('AWS::ApiGatewayV2::Route', {
          RouteKey: '$connect',
          AuthorizationType: 'CUSTOM',
          AuthorizerId: { Ref: idOf(signIn, 'AWS::ApiGatewayV2::Authorizer', {}) },
        });
        const role = new Capture();
        signIn.hasResourceProperties('AWS::Lambda::Function', {
          FunctionName: 'hello-websocket-authorizer',
          Role: { 'Fn::GetAtt': [role, 'Arn'] },
        });
        signIn.hasResourceProperties('AWS::IAM::Policy', {
          Roles: [{ Ref: role.asString() }],
          PolicyDocument: {
            Statement: [Match.objectLike({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] })],
          },
        });
      }),
    );

    it(
      'is not there unless it is asked for',
      claims(() => {
        template.resourceCountIs('AWS::ApiGatewayV2::Authorizer', 0);
        template.allResourcesProperties('AWS::ApiGatewayV2::Route', { AuthorizationType: 'NONE' });
        expect(
          template.findResources('AWS::Lambda::Function', {
            Properties: { FunctionName: 'hello-websocket-authorizer' },
          }),
        ).toEqual({});
      }),
    );
  });

  it(
    'keeps connections in one table on demand, whose items expire',
    claims(() => {
      template.hasResource('AWS::DynamoDB::GlobalTable', {
        Properties: {
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
          GlobalSecondaryIndexes: Match.absent(),
        },
        DeletionPolicy: 'Delete',
      });
    }),
  );

  it(
    'keeps every log for a month, whatever is asked for, and lets it go with the stack',
    claims(() => {
      const auth = { auth: 'jwt', jwtIssuer: 'https://issuer.example', jwtAudience: 'chat' };
      const groups = synthesize({ ...auth, apiLogs: 'true' }).findResources('AWS::Logs::LogGroup');
      // Of the five functions, of the copier, of access, and of execution.
      expect(Object.keys(groups)).toHaveSize(FUNCTIONS.length + 4);
      for (const { Properties, DeletionPolicy } of Object.values(groups)) {
        expect((Properties as { readonly RetentionInDays: number }).RetentionInDays).toBe(30);
        expect(DeletionPolicy).toBe('Delete');
      }
    }),
  );

  it(
    'prints where the page and the WebSocket are, and how a terminal connects',
    claims(() => {
      for (const output of ['SiteUrl', 'WebSocketUrl', 'Wscat']) template.hasOutput(output, {});
      template.hasOutput('Wscat', {
        Value: { 'Fn::Join': ['', Match.arrayWith(['npx wscat -c wss://'])] },
      });
    }),
  );
});
