import { parseTemplate } from './assembly.ts';
import { Stack } from './stack.ts';

const stackOf = (template: object): Stack => new Stack(parseTemplate('shop', template));

describe('Stack', () => {
  it('gives a resource the name in the template, and one made of its logical id otherwise, always the same', () => {
    const template = {
      Resources: {
        Named: {
          Type: 'AWS::Lambda::Function',
          Properties: { FunctionName: { 'Fn::Sub': '${AWS::StackName}-f' } },
        },
        Unnamed: { Type: 'AWS::Lambda::Function', Properties: {} },
      },
    };
    const names = (): string[] =>
      stackOf(template)
        .resources('AWS::Lambda::Function')
        .map(({ identity }) => identity.ref);
    expect(names()[0]).toBe('shop-f');
    expect(names()[1]).toMatch(/^shop-Unnamed-[0-9A-F]{12}$/);
    expect(names()).toEqual(names());
  });

  for (const [type, name] of [
    ['Route', 'RouteId'],
    ['Integration', 'IntegrationId'],
    ['Authorizer', 'AuthorizerId'],
    ['Deployment', 'DeploymentId'],
  ] as const) {
    it(`knows the id of a resource of an API by Ref and by ${name}`, () => {
      const Properties = { ByRef: { Ref: 'Part' }, ByName: { 'Fn::GetAtt': ['Part', name] } };
      const stack = stackOf({
        Resources: {
          Part: { Type: `AWS::ApiGatewayV2::${type}`, Properties: {} },
          F: { Type: 'AWS::Lambda::Function', Properties },
        },
      });
      const [lambda] = stack.resources('AWS::Lambda::Function');
      expect(lambda?.properties.text('ByName')).toBe(lambda?.properties.text('ByRef') ?? '');
    });
  }

  it('[I6] resolves the callback URL that CDK writes, to a host whose API id is ten lower-case letters and digits', () => {
    const stack = stackOf({
      Resources: {
        Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'WEBSOCKET' } },
        F: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Url: {
              'Fn::Join': [
                '',
                [
                  'https://',
                  { Ref: 'Api' },
                  '.execute-api.',
                  { Ref: 'AWS::Region' },
                  '.',
                  { Ref: 'AWS::URLSuffix' },
                  '/dev',
                ],
              ],
            },
          },
        },
      },
    });
    const [lambda] = stack.resources('AWS::Lambda::Function');
    expect(lambda?.properties.text('Url')).toMatch(
      /^https:\/\/[a-z0-9]{10}\.execute-api\.[a-z0-9-]+\.amazonaws\.com\/dev$/,
    );
  });

  it('leaves out a resource whose condition does not hold', () => {
    const stack = stackOf({
      Parameters: { Env: { Type: 'String', Default: 'dev' } },
      Conditions: {
        IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] },
        IsDev: { 'Fn::Not': [{ Condition: 'IsProd' }] },
      },
      Resources: {
        Prod: { Type: 'AWS::DynamoDB::Table', Condition: 'IsProd' },
        Dev: { Type: 'AWS::DynamoDB::Table', Condition: 'IsDev' },
      },
    });
    expect(stack.resources('AWS::DynamoDB::Table').map(({ logicalId }) => logicalId)).toEqual(['Dev']);
  });

  const refusals: [says: string, template: object, message: string][] = [
    [
      'a reference to nothing',
      { Resources: { A: { Type: 'T', Properties: { X: { Ref: 'B' } } } } },
      'A.X: shop has no resource or parameter B',
    ],
    [
      '[F19] a reference to what is not created',
      {
        Conditions: { IsProd: { 'Fn::Equals': ['dev', 'prod'] } },
        Resources: {
          A: { Type: 'T', Properties: { X: { 'Fn::GetAtt': ['B', 'Arn'] } } },
          B: { Type: 'AWS::DynamoDB::Table', Condition: 'IsProd' },
        },
      },
      'A.X: B is not there, for its condition IsProd does not hold',
    ],
    [
      '[F4] a parameter without a default',
      {
        Parameters: { P: { Type: 'String' } },
        Resources: { A: { Type: 'T', Properties: { X: { Ref: 'P' } } } },
      },
      'A.X: parameter P is not given and has no default',
    ],
    [
      '[F5] a parameter from SSM',
      {
        Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/x' } },
        Resources: { A: { Type: 'T', Properties: { X: { Ref: 'P' } } } },
      },
      'A.X: parameter P is read from SSM, which needs an account: give its value',
    ],
    [
      'an attribute that a resource does not have',
      {
        Resources: {
          A: { Type: 'T', Properties: { X: { 'Fn::GetAtt': ['F', 'Nope'] } } },
          F: { Type: 'AWS::Lambda::Function' },
        },
      },
      'A.X: F (AWS::Lambda::Function) has no attribute Nope',
    ],
  ];
  for (const [reference, source] of [
    ['{{resolve:ssm:/shop/url}}', 'SSM'],
    ['{{resolve:ssm-secure:/shop/key:2}}', 'SSM'],
    ['{{resolve:secretsmanager:shop:SecretString:key}}', 'Secrets Manager'],
  ] as const) {
    refusals.push([
      `[F5] ${reference}`,
      { Resources: { A: { Type: 'T', Properties: { X: { Variables: [`https://${reference}`] } } } } },
      `A.X: ${reference} is read from ${source}, which needs an account`,
    ]);
  }
  for (const [says, template, message] of refusals) {
    it(`refuses ${says}, and names it`, () => {
      const [resource] = stackOf(template).resources('T');
      expect(() => resource?.properties.raw('X')).toThrowError(message);
    });
  }

  it('does not mind what nobody reads', () => {
    const [resource] = stackOf({
      Resources: { A: { Type: 'T', Properties: { X: { Ref: 'Nothing' }, Y: 'y' } } },
    }).resources('T');
    expect(resource?.properties.text('Y')).toBe('y');
  });

  it('has an ARN whose last part is a UUID', () => {
    const [resource] = stackOf({
      Resources: { A: { Type: 'T', Properties: { X: { Ref: 'AWS::StackId' } } } },
    }).resources('T');
    expect(resource?.properties.text('X')).toMatch(
      /^arn:aws:cloudformation:[^:]+:\d{12}:stack\/shop\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
  });
});
