import { parseTemplate } from './assembly.ts';
import { ignored } from './ignored.ts';
import { Stack } from './stack.ts';

describe('ignored', () => {
  it('[F12] names the types that are not run, each once, and what is of no WebSocket API here', () => {
    const api = (ProtocolType: string): object => ({
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { ProtocolType },
    });
    const stack = new Stack(
      parseTemplate('shop', {
        Resources: {
          Topic: { Type: 'AWS::SNS::Topic' },
          Other: { Type: 'AWS::SNS::Topic' },
          Bucket: { Type: 'AWS::S3::Bucket' },
          Rest: { Type: 'AWS::ApiGateway::RestApi' },
          Role: { Type: 'AWS::IAM::Role' },
          Chat: api('WEBSOCKET'),
          Mine: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Chat' } } },
          Lost: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: 'abc123' } },
          Web: api('HTTP'),
        },
      }),
    );
    expect(ignored([stack])).toEqual([
      'AWS::ApiGateway::RestApi',
      'AWS::S3::Bucket',
      'AWS::SNS::Topic',
      'AWS::ApiGatewayV2::Api Web (HTTP)',
      'AWS::ApiGatewayV2::Route Lost (of the API abc123)',
    ]);
  });
});
