import type { Stack } from './stack.ts';

/** Types that this runner gives a meaning, and those that only describe how AWS connects them. */
const KNOWN = [
  /^AWS::ApiGatewayV2::(Stage|Route|RouteResponse|Integration|Authorizer|Deployment)$/,
  /^AWS::Lambda::(Function|Permission)$/,
  /^AWS::DynamoDB::(Table|GlobalTable)$/,
  /^AWS::IAM::/,
  /^AWS::CloudFormation::Stack$/,
  /^AWS::CDK::Metadata$/,
];
const API = 'AWS::ApiGatewayV2::Api';

/** The types of resources that are not run, each once, and every API that is not a WebSocket API, by its logical id (PARITY F12). */
export const ignored = (stacks: readonly Stack[]): string[] => [
  ...new Set([
    ...stacks
      .flatMap((stack) => stack.types())
      .filter((type) => type !== API && !KNOWN.some((known) => known.test(type)))
      .sort(),
    ...stacks
      .flatMap((stack) => stack.resources(API))
      .flatMap(({ logicalId, properties }) => {
        const protocol = properties.optionalText('ProtocolType') ?? 'no ProtocolType';
        return protocol === 'WEBSOCKET' ? [] : [`${API} ${logicalId} (${protocol})`];
      }),
  ]),
];
