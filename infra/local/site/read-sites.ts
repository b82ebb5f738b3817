import type { Properties } from '../template/properties.ts';
import type { Resource, Stack } from '../template/stack.ts';
import type { NotEmulated } from '../template/not-emulated.ts';
import { isRecord } from '../template/values.ts';
import { BUCKET_DEPLOYMENT, deployedObjects } from './bucket-deployment.ts';
import { type Encoding } from './compression.ts';
import { isTrue, NO_POLICY, readHeadersPolicy } from './headers-policy.ts';
import type { Behavior, Bucket, ErrorPage, Site } from './site.ts';
import type { StoredObject } from './stored-object.ts';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const BUCKET = 'AWS::S3::Bucket';
const HEADERS_POLICY = 'AWS::CloudFront::ResponseHeadersPolicy';
const CACHE_POLICY = 'AWS::CloudFront::CachePolicy';

/** Managed cache policies that let CloudFront compress: CachingOptimized, UseOriginCacheControlHeaders with and without the query. */
const MANAGED_COMPRESSING = new Set([
  '658327ea-f89d-4fab-a63d-7e88639e58f6',
  '83da9c7e-98b4-4e11-a168-04f0df8e2c65',
  '4cc15a8a-d715-48a4-82b8-cc0b614638fe',
]);

/** The distributions whose default origin is a bucket that deployments of the same assembly put files into. */
export function readSites(stacks: readonly Stack[]): Site[] {
  const of = (type: string): Resource[] => stacks.flatMap((stack) => stack.resources(type));
  // A distribution that nobody serves need not be understood.
  if (of(BUCKET_DEPLOYMENT).length === 0) return [];
  const buckets = new Map(of(BUCKET).map((bucket) => [bucket.identity.ref, readBucket(bucket, stacks)]));
  const policies = new Map(of(HEADERS_POLICY).map((policy) => [policy.identity.ref, policy]));
  const caching = new Map(of(CACHE_POLICY).map((policy) => [policy.identity.ref, policy]));

  const behaviorOf = (behavior: Properties, origins: ReadonlyMap<string, Behavior['origin']>): Behavior => {
    const policy = policies.get(behavior.optionalText('ResponseHeadersPolicyId') ?? '');
    const pattern = behavior.optionalText('PathPattern') ?? '*';
    const methods = behavior.raw('AllowedMethods');
    return {
      pattern: pattern.startsWith('/') ? pattern : `/${pattern}`,
      origin: origins.get(behavior.text('TargetOriginId')),
      encodings: isTrue(behavior, 'Compress') ? encodingsOf(behavior, caching) : [],
      policy: policy === undefined ? NO_POLICY : readHeadersPolicy(policy),
      methods: Array.isArray(methods) ? methods.map(String) : ['GET', 'HEAD'],
    };
  };
  return of(DISTRIBUTION).flatMap((distribution) => {
    const { logicalId, properties } = distribution;
    const config = properties.inside('DistributionConfig');
    const origins = new Map(
      config.list('Origins').map((origin) => [origin.text('Id'), originOf(origin, buckets)]),
    );
    const declared = [...config.list('CacheBehaviors'), config.inside('DefaultCacheBehavior')];
    const behaviors = declared.map((one) => behaviorOf(one, origins));
    const last = behaviors.at(-1);
    if (last?.origin === undefined || last.origin.bucket.objects.size === 0) return [];
    return {
      logicalId,
      rootObject: config.optionalText('DefaultRootObject')?.replace(/^\//, ''),
      behaviors,
      errorPages: new Map(config.list('CustomErrorResponses').flatMap(errorPage)),
      madeOf: [distribution, ...new Set(behaviors.flatMap(({ origin }) => origin?.bucket.madeOf ?? []))],
      notEmulated: notEmulated(logicalId, [config, ...declared]),
    };
  });
}

function readBucket(bucket: Resource, stacks: readonly Stack[]): Bucket {
  const { identity } = bucket;
  const objects = new Map<string, StoredObject>();
  const madeOf = [bucket];
  for (const stack of stacks) {
    for (const deployment of stack.resources(BUCKET_DEPLOYMENT)) {
      if (deployment.properties.text('DestinationBucketName') !== identity.ref) continue;
      madeOf.push(deployment);
      for (const [key, object] of deployedObjects(stack, deployment)) objects.set(key, object);
    }
  }
  const policies = stacks
    .flatMap((stack) => stack.resources('AWS::S3::BucketPolicy'))
    .filter(({ properties }) => properties.text('Bucket') === identity.ref);
  return { madeOf, objects, tells404: policies.some(letsCloudFrontList) };
}

/** What no viewer can notice here, where there is one machine, plain HTTP and no cache. */
const UNNOTICED = new Set([
  ...[
    'Aliases',
    'Comment',
    'Enabled',
    'HttpVersion',
    'IPV6Enabled',
    'Logging',
    'PriceClass',
    'ViewerCertificate',
  ],
  ...['CachedMethods', 'DefaultTTL', 'ForwardedValues', 'MaxTTL', 'MinTTL', 'ViewerProtocolPolicy'],
]);

function notEmulated(logicalId: string, read: readonly Properties[]): NotEmulated[] {
  const properties = new Set(read.flatMap((one) => one.unread()).filter((name) => !UNNOTICED.has(name)));
  return properties.size === 0 ? [] : [{ type: DISTRIBUTION, logicalId, properties: [...properties] }];
}

function letsCloudFrontList({ properties }: Resource): boolean {
  const document = properties.raw('PolicyDocument');
  const statements = isRecord(document) ? document['Statement'] : undefined;
  return (Array.isArray(statements) ? (statements as unknown[]) : []).some((statement) => {
    if (!isRecord(statement) || statement['Effect'] !== 'Allow') return false;
    const { Principal, Action } = statement;
    const isCloudFront =
      isRecord(Principal) && [Principal['Service']].flat().includes('cloudfront.amazonaws.com');
    return isCloudFront && [Action].flat().includes('s3:ListBucket');
  });
}

/** The bucket that an origin's domain name is of: `NAME.s3.REGION.amazonaws.com`, or without the Region. */
function originOf(origin: Properties, buckets: ReadonlyMap<string, Bucket>): Behavior['origin'] {
  const [, name = ''] = /^(.+)\.s3(?:[.-][a-z\d-]+)?\.amazonaws\.com$/.exec(origin.text('DomainName')) ?? [];
  const bucket = buckets.get(name);
  return bucket && { bucket, path: origin.optionalText('OriginPath') ?? '' };
}

function encodingsOf(behavior: Properties, policies: ReadonlyMap<string, Resource>): Encoding[] {
  const id = behavior.optionalText('CachePolicyId');
  // The settings from before there were policies compress to gzip alone.
  if (id === undefined) return ['gzip'];
  if (MANAGED_COMPRESSING.has(id)) return ['br', 'gzip'];
  const parameters = policies
    .get(id)
    ?.properties.inside('CachePolicyConfig')
    .inside('ParametersInCacheKeyAndForwardedToOrigin');
  if (parameters === undefined) return [];
  return [
    ...(isTrue(parameters, 'EnableAcceptEncodingBrotli') ? (['br'] as const) : []),
    ...(isTrue(parameters, 'EnableAcceptEncodingGzip') ? (['gzip'] as const) : []),
  ];
}

function errorPage(response: Properties): [number, ErrorPage][] {
  const code = response.optionalNumber('ErrorCode') ?? 0;
  const path = response.optionalText('ResponsePagePath');
  // Without a page it only says for how long the error is kept.
  return path === undefined
    ? []
    : [[code, { path, status: response.optionalNumber('ResponseCode') ?? code }]];
}
