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

  it('[F12] names neither a site that is served nor what describes it, but a bucket that is of none', () => {
    const distribution = { Type: 'AWS::CloudFront::Distribution' };
    const resources = {
      Site: distribution,
      Files: { Type: 'AWS::S3::Bucket' },
      Access: { Type: 'AWS::S3::BucketPolicy' },
      Headers: { Type: 'AWS::CloudFront::ResponseHeadersPolicy' },
    };
    const of = (more: object): string[] => {
      const stack = new Stack(parseTemplate('shop', { Resources: { ...resources, ...more } }));
      const served = ['AWS::CloudFront::Distribution', 'AWS::S3::Bucket'].flatMap((type) =>
        stack.resources(type),
      );
      return ignored(
        [stack],
        served.filter(({ logicalId }) => ['Site', 'Files'].includes(logicalId)),
      );
    };
    expect(of({})).toEqual([]);
    expect(of({ Uploads: { Type: 'AWS::S3::Bucket' } })).toEqual(['AWS::S3::Bucket']);
  });
});
