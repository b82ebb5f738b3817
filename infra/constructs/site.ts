import { Annotations, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pageHtml, scriptSources } from './page-html.ts';

const BUILT = join(import.meta.dirname, '../../dist/web/browser');

const PAGE = 'index.html';

/** What the build names by its content. It may be kept for ever; everything else is asked for again each time. */
const HASHED = ['*.js', '*.css'];

/** What browsers offer and the page has no use for, so that nothing in it can ask for it. */
const UNUSED = [
  ...['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'magnetometer', 'microphone'],
  ...[
    'midi',
    'payment',
    'publickey-credentials-get',
    'screen-wake-lock',
    'serial',
    'usb',
    'xr-spatial-tracking',
  ],
];

export interface SiteProps {
  /** Where the page connects; it reads this from config.json. */
  readonly webSocketUrl: string;
  /** How people have to sign in there [P27]; absent where nobody has to. */
  readonly auth?: 'jwt' | undefined;
  /** The folder of the built page. */
  readonly built?: string | undefined;
}

/** The page: a private bucket, CloudFront before it, and the built files in it when there are any. */
export class Site extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { webSocketUrl, auth, built = BUILT }: SiteProps) {
    super(scope, id);
    const page = existsSync(join(built, PAGE)) ? pageHtml(built) : undefined;
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      // Everything in it can be built again.
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    const distribution = new Distribution(this, 'Distribution', {
      defaultRootObject: PAGE,
      // The bucket says 403 of what it does not have: whoever cannot list it must not learn what there is. Every address is the
      // page's, which tells what is wrong with it. Nothing is kept of that: a deployment may bring the file.
      errorResponses: [
        {
          httpStatus: 403,
          responseHttpStatus: 200,
          responsePagePath: `/${PAGE}`,
          ttl: Duration.seconds(0),
        },
      ],
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket),
        compress: true,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: this.#headers(webSocketUrl, page),
      },
    });
    this.url = `https://${distribution.domainName}`;
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions::AwsSolutions-S1',
      reason: 'Only CloudFront reads it, and what it holds is public.',
    });
    Validations.of(distribution).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-CFR1', reason: 'The page is for everyone, wherever they are.' },
      {
        id: 'AwsSolutions::AwsSolutions-CFR2',
        reason: 'It serves files alone; WAF costs more than all the rest.',
      },
      {
        id: 'AwsSolutions::AwsSolutions-CFR3',
        reason: 'A log of visitors is personal data that nobody here needs.',
      },
      {
        id: 'AwsSolutions::AwsSolutions-CFR4',
        reason: "CloudFront's own certificate, for a name of its own, fixes this.",
      },
    );

    if (page === undefined) {
      Annotations.of(this).addWarningV2(
        'hello-websocket:siteNotBuilt',
        'The page is not built, so the site would be deployed empty: run `npm run build` first.',
      );
      return;
    }
    // Without a group of its own the copier's log would be kept for ever, and stay when the stack is destroyed.
    const logGroup = new LogGroup(this, 'CopierLogs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const hashed = new BucketDeployment(this, 'HashedFiles', {
      destinationBucket: bucket,
      logGroup,
      sources: [Source.asset(built)],
      exclude: ['*'],
      include: HASHED,
      cacheControl: [
        CacheControl.setPublic(),
        CacheControl.maxAge(Duration.days(365)),
        CacheControl.immutable(),
      ],
      // A page that was loaded before a deployment may still ask for the files of its own build.
      prune: false,
    });
    const named = new BucketDeployment(this, 'NamedFiles', {
      destinationBucket: bucket,
      logGroup,
      sources: [
        Source.asset(built, { exclude: [PAGE] }),
        Source.data(PAGE, page),
        Source.jsonData('config.json', { webSocketUrl, ...(auth && { auth }) }),
      ],
      exclude: HASHED,
      cacheControl: [CacheControl.noCache()],
      distribution,
    });
    // The page names the hashed files, so they come first.
    named.node.addDependency(hashed);
    acknowledgeDeployment(hashed, bucket);
  }

  #headers(webSocketUrl: string, page = ''): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'Headers', {
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          contentSecurityPolicy: [
            "default-src 'none'",
            ["script-src 'self'", ...scriptSources(page)].join(' '),
            // Its worker, which keeps the time of a hidden tab.
            "worker-src 'self'",
            // The page's own, and those of a component, are <style> elements.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "manifest-src 'self'",
            `connect-src 'self' ${webSocketUrl}`,
            // Nothing but Angular, and the page for its worker, may make a script or markup of a text.
            "require-trusted-types-for 'script'",
            'trusted-types angular default',
            "base-uri 'self'",
            "form-action 'none'",
            "frame-ancestors 'none'",
          ].join('; '),
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
      },
      customHeadersBehavior: {
        customHeaders: Object.entries({
          // Neither a page that opened this one nor one that it opens gets hold of its window; no site embeds its files.
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': 'same-origin',
          'permissions-policy': UNUSED.map((feature) => `${feature}=()`).join(', '),
        }).map(([header, value]) => ({ header, value, override: true })),
      },
    });
  }
}

/** The function that copies the files is CDK's own, with the role that CDK gives it. */
function acknowledgeDeployment(deployment: BucketDeployment, bucket: Bucket): void {
  const stack = Stack.of(deployment);
  const id = stack.getLogicalId(bucket.node.defaultChild as CfnBucket);
  const reason =
    "CDK's own function for copying files: it reads this deployment's assets and writes the site's bucket.";
  const findings = [
    'L1',
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
    ...['s3:GetBucket*', 's3:GetObject*', 's3:List*', 's3:Abort*', 's3:DeleteObject*'].map(
      (action) => `IAM5[Action::${action}]`,
    ),
    'IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*]',
    `IAM5[Resource::<${id}.Arn>/*]`,
    // cloudfront:CreateInvalidation knows distributions only since lately, and CDK does not name one.
    'IAM5[Resource::*]',
  ];
  const copier = stack.node.children.find(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'));
  if (copier === undefined) throw new Error('CDK does not name its function as it did');
  Validations.of(copier).acknowledge(
    ...findings.map((finding) => ({ id: `AwsSolutions::AwsSolutions-${finding}`, reason })),
  );
}
