import { App, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { claims } from './claims.ts';
import { Site, type SiteProps } from './site.ts';

describe('Site', () => {
  const webSocketUrl = 'wss://a.execute-api.us-east-1.amazonaws.com/dev';
  let built: string;
  beforeEach(() => {
    built = mkdtempSync(join(tmpdir(), 'site-'));
  });
  afterEach(() => rmSync(built, { recursive: true }));

  function synthesize(about: Partial<SiteProps> = {}) {
    const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'site');
    new Site(stack, 'Site', { webSocketUrl, built, ...about });
    return stack;
  }

  /** What the config.json says that is deployed. */
  function configOf(stack: Stack): unknown {
    const directory = Stage.of(stack)?.synth().directory ?? '';
    const path = readdirSync(directory, { recursive: true, encoding: 'utf8' }).find(
      (one) => basename(one) === 'config.json',
    );
    return JSON.parse(readFileSync(join(directory, path ?? 'none'), 'utf8'));
  }

  it(
    'serves a private bucket through CloudFront, over https, and lets nobody else in',
    claims(() => {
      const template = Template.fromStack(synthesize());
      template.hasResourceProperties('AWS::S3::Bucket', {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      });
      template.hasResourceProperties('AWS::S3::BucketPolicy', {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Action: 's3:GetObject',
              Effect: 'Allow',
              Principal: { Service: 'cloudfront.amazonaws.com' },
            }),
          ]),
        },
      });
      template.hasResourceProperties('AWS::CloudFront::Distribution', {
        DistributionConfig: {
          DefaultRootObject: 'index.html',
          HttpVersion: 'http2and3',
          DefaultCacheBehavior: {
            Compress: true,
            ViewerProtocolPolicy: 'redirect-to-https',
            ResponseHeadersPolicyId: Match.anyValue(),
          },
          CustomErrorResponses: [
            { ErrorCode: 403, ResponseCode: 200, ResponsePagePath: '/index.html', ErrorCachingMinTTL: 0 },
          ],
        },
      });
    }),
  );

  it(
    'lets the page connect to its own origin and its WebSocket, and run its own scripts alone',
    claims(() => {
      Template.fromStack(synthesize()).hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
        ResponseHeadersPolicyConfig: {
          SecurityHeadersConfig: {
            ContentSecurityPolicy: {
              ContentSecurityPolicy: Match.stringLikeRegexp(
                `^default-src 'none'; script-src 'self'; .*connect-src 'self' ${webSocketUrl}; .*frame-ancestors 'none'$`,
              ),
            },
          },
        },
      });
    }),
  );

  it(
    'lets the scripts run that stand in the page, by what they say',
    claims(() => {
      writeFileSync(join(built, 'index.html'), "<script>alert('Hello, world.');</script>");
      Template.fromStack(synthesize()).hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
        ResponseHeadersPolicyConfig: {
          SecurityHeadersConfig: {
            ContentSecurityPolicy: {
              ContentSecurityPolicy: Match.stringLikeRegexp(
                "; script-src 'self' 'sha256-qznLcsROx4GACP2dm0UCKCzCG\\+HiZ1guq6ZZDob/Tng='; ",
              ),
            },
          },
        },
      });
    }),
  );

  it(
    'cannot be framed, embedded, reached from another window, or asked for what it does not use',
    claims(() => {
      const header = (Header: string, Value: unknown): object => ({ Header, Value, Override: true });
      Template.fromStack(synthesize()).hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
        ResponseHeadersPolicyConfig: {
          SecurityHeadersConfig: {
            ContentTypeOptions: { Override: true },
            FrameOptions: { FrameOption: 'DENY', Override: true },
            ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
            StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: true },
          },
          CustomHeadersConfig: {
            Items: [
              header('cross-origin-opener-policy', 'same-origin'),
              header('cross-origin-resource-policy', 'same-origin'),
              header('permissions-policy', Match.stringLikeRegexp('camera=\\(\\), .*usb=\\(\\)')),
            ],
          },
        },
      });
    }),
  );

  it(
    'makes neither a script nor markup of a text',
    claims(() => {
      Template.fromStack(synthesize()).hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
        ResponseHeadersPolicyConfig: {
          SecurityHeadersConfig: {
            ContentSecurityPolicy: {
              ContentSecurityPolicy: Match.stringLikeRegexp(
                "; require-trusted-types-for 'script'; trusted-types ",
              ),
            },
          },
        },
      });
    }),
  );

  it(
    'uploads nothing before the page is built, and says how to build it',
    claims(() => {
      const stack = synthesize();
      Template.fromStack(stack).resourceCountIs('Custom::CDKBucketDeployment', 0);
      Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('npm run build'));
    }),
  );

  it(
    'uploads what was built and config.json, to be kept as long as its names last',
    claims(() => {
      writeFileSync(join(built, 'index.html'), '<title>page</title>');
      const stack = synthesize();
      const template = Template.fromStack(stack);
      template.hasResourceProperties('Custom::CDKBucketDeployment', {
        Exclude: ['*'],
        Include: ['*.js', '*.css'],
        SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' },
        Prune: false,
      });
      template.hasResourceProperties('Custom::CDKBucketDeployment', {
        Exclude: ['*.js', '*.css'],
        SystemMetadata: { 'cache-control': 'no-cache' },
        SourceObjectKeys: [Match.anyValue(), Match.anyValue(), Match.anyValue()],
      });
      Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('npm run build'));
    }),
  );

  it(
    'tells the page where to connect, and that people sign in there if they have to [P27]',
    claims(() => {
      writeFileSync(join(built, 'index.html'), '<title>page</title>');
      expect(configOf(synthesize())).toEqual({ webSocketUrl });
      expect(configOf(synthesize({ auth: 'jwt' }))).toEqual({ webSocketUrl, auth: 'jwt' });
    }),
  );
});
