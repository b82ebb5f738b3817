import type { Resource, Stack } from './stack.ts';

/** Types that this runner gives a meaning, and those that only describe how AWS connects them. */
const KNOWN = [
  /^AWS::ApiGatewayV2::(Stage|Route|RouteResponse|Integration|IntegrationResponse|Authorizer|Deployment|Model)$/,
  /^AWS::Lambda::(Function|Version|Alias|Permission|LayerVersion)$/,
  /^AWS::DynamoDB::(Table|GlobalTable)$/,
  /^AWS::IAM::/,
  /^AWS::CloudFormation::Stack$/,
  /^AWS::CDK::Metadata$/,
];
/** What only describes a site, when one is served. */
const OF_SITES = [
  /^AWS::CloudFront::(ResponseHeadersPolicy|CachePolicy|OriginAccessControl|CloudFrontOriginAccessIdentity)$/,
  /^AWS::S3::BucketPolicy$/,
  /^Custom::S3AutoDeleteObjects$/,
];
const API = 'AWS::ApiGatewayV2::Api';
const ROUTE = 'AWS::ApiGatewayV2::Route';

/**
 * The types of resources that are not run, each once, and by its logical id every API that is not a WebSocket API, and
 * every route of an API that is elsewhere (PARITY F12). `served` is what the sites that are served are made of, `others` is
 * what else is run of types that are not run for all that they may say.
 */
export function ignored(
  stacks: readonly Stack[],
  served: readonly Resource[] = [],
  others: readonly Resource[] = [],
): string[] {
  const of = (type: string): Resource[] => stacks.flatMap((stack) => stack.resources(type));
  const apis = of(API);
  const run = [...served, ...others];
  const known = served.length > 0 ? [...KNOWN, ...OF_SITES] : KNOWN;
  const types = stacks
    .flatMap((stack) => stack.types())
    .filter((type) => type !== API && !known.some((one) => one.test(type)))
    .filter((type) => !run.some((one) => one.type === type) || of(type).some((one) => !run.includes(one)));
  return [
    ...[...new Set(types)].sort(),
    ...apis.flatMap(({ logicalId, properties }) => {
      const protocol = properties.optionalText('ProtocolType') ?? 'no ProtocolType';
      return protocol === 'WEBSOCKET' ? [] : [`${API} ${logicalId} (${protocol})`];
    }),
    ...of(ROUTE).flatMap(({ logicalId, properties }) => {
      const api = properties.text('ApiId');
      return apis.some(({ identity }) => identity.ref === api)
        ? []
        : [`${ROUTE} ${logicalId} (of the API ${api})`];
    }),
  ];
}
