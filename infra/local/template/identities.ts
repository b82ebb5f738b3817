import { createHash } from 'node:crypto';
import { NESTED_STACK } from './assembly.ts';
import { functionReference } from './function-reference.ts';
import { TemplateError } from './values.ts';

/** What `Ref` and `Fn::GetAtt` yield for one resource. */
export interface Identity {
  readonly ref: string;
  attribute(name: string): string;
}

export const REGION = process.env['AWS_REGION'] ?? 'us-east-1';
/** The account number that AWS uses in its own examples. */
export const ACCOUNT = '123456789012';

export const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::URLSuffix': 'amazonaws.com',
};

const digestOf = (stack: string, logicalId: string): string =>
  createHash('sha256').update(`${stack}/${logicalId}`).digest('hex');

/** The name that CloudFormation makes for a resource that has none: with an end that nobody else has, here always the same. */
export const generatedName = (stack: string, logicalId: string): string =>
  `${stack}-${logicalId}-${digestOf(stack, logicalId).slice(0, 12).toUpperCase()}`;

/** A stack's ARN, whose last part is a UUID: CDK apps cut names out of it. */
export function stackId(stack: string): string {
  const parts = /^(.{8})(.{4})(.{4})(.{4})(.{12})/.exec(digestOf(stack, ''))?.slice(1) ?? [];
  return arn('cloudformation', `stack/${stack}/${parts.join('-')}`);
}

type Property = (name: string) => unknown;
type Identify = (
  names: { generated: string; short: string },
  property: Property,
) => Omit<Identity, 'attribute'> & {
  readonly attributes?: Readonly<Record<string, string>>;
};

const named = (property: Property, name: string, generated: string): string => {
  const given = property(name);
  return typeof given === 'string' ? given : generated;
};
const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

const table: Identify = ({ generated }, property) => {
  const ref = named(property, 'TableName', generated);
  const Arn = arn('dynamodb', `table/${ref}`);
  return { ref, attributes: { Arn, StreamArn: `${Arn}/stream/1970-01-01T00:00:00.000` } };
};
/** The ARN of a version or an alias of the function that `FunctionName` names. */
function qualifiedArn(property: Property, qualifier: string): string {
  const given = property('FunctionName');
  const { name } = functionReference(typeof given === 'string' ? given : '');
  return arn('lambda', `function:${name}:${qualifier}`);
}
/** The first version: what a template publishes when it is deployed for the first time. */
const VERSION = '1';
const policy: Identify = ({ short }) => ({ ref: short, attributes: { Id: short, LastModifiedTime: '' } });
const inApi =
  (id: string): Identify =>
  ({ short }) => ({ ref: short, attributes: { [id]: short } });

/** How CloudFormation names the resources whose names this runner gives a meaning. */
const BY_TYPE: Readonly<Record<string, Identify>> = {
  'AWS::ApiGatewayV2::Api': ({ short }) => ({
    ref: short,
    attributes: { ApiId: short, ApiEndpoint: `wss://${short}.execute-api.${REGION}.amazonaws.com` },
  }),
  'AWS::ApiGatewayV2::Stage': ({ generated }, property) => ({ ref: named(property, 'StageName', generated) }),
  'AWS::ApiGatewayV2::Route': inApi('RouteId'),
  'AWS::ApiGatewayV2::Integration': inApi('IntegrationId'),
  'AWS::ApiGatewayV2::Authorizer': inApi('AuthorizerId'),
  'AWS::ApiGatewayV2::Deployment': inApi('DeploymentId'),
  'AWS::Logs::LogGroup': ({ generated }, property) => ({ ref: named(property, 'LogGroupName', generated) }),
  'AWS::Lambda::Function': ({ generated }, property) => {
    const ref = named(property, 'FunctionName', generated);
    return { ref, attributes: { Arn: arn('lambda', `function:${ref}`) } };
  },
  'AWS::Lambda::Version': (_names, property) => {
    const ref = qualifiedArn(property, VERSION);
    return { ref, attributes: { FunctionArn: ref, Version: VERSION } };
  },
  'AWS::Lambda::LayerVersion': ({ generated }, property) => {
    const ref = arn('lambda', `layer:${named(property, 'LayerName', generated)}:${VERSION}`);
    return { ref, attributes: { LayerVersionArn: ref } };
  },
  'AWS::Lambda::Alias': ({ generated }, property) => {
    const ref = qualifiedArn(property, named(property, 'Name', generated));
    return { ref, attributes: { AliasArn: ref } };
  },
  'AWS::S3::Bucket': ({ generated }, property) => {
    const ref = named(property, 'BucketName', generated.toLowerCase());
    const DomainName = `${ref}.s3.amazonaws.com`;
    const RegionalDomainName = `${ref}.s3.${REGION}.amazonaws.com`;
    const DualStackDomainName = `${ref}.s3.dualstack.${REGION}.amazonaws.com`;
    const WebsiteURL = `http://${ref}.s3-website-${REGION}.amazonaws.com`;
    const Arn = `arn:aws:s3:::${ref}`;
    return { ref, attributes: { Arn, DomainName, RegionalDomainName, DualStackDomainName, WebsiteURL } };
  },
  'AWS::CloudFront::Distribution': ({ short }) => ({
    ref: short,
    attributes: { Id: short, DomainName: `${short}.cloudfront.net` },
  }),
  'AWS::CloudFront::ResponseHeadersPolicy': policy,
  'AWS::CloudFront::CachePolicy': policy,
  // Its outputs are attributes too, but the stack itself knows them.
  [NESTED_STACK]: ({ generated }) => ({ ref: stackId(generated), attributes: {} }),
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
};

/** The physical names of a resource: the template's own where it gives one, else made from the logical id, always alike. */
export function identify(stack: string, logicalId: string, type: string, property: Property): Identity {
  const short = BigInt(`0x${digestOf(stack, logicalId).slice(0, 16)}`)
    .toString(36)
    .padStart(10, '0')
    .slice(-10);
  const generated = generatedName(stack, logicalId);
  const { ref, attributes } = BY_TYPE[type]?.({ generated, short }, property) ?? { ref: generated };
  return {
    ref,
    attribute: (name) => {
      const value = attributes?.[name];
      if (value !== undefined) return value;
      if (attributes !== undefined)
        throw new TemplateError(`${logicalId} (${type}) has no attribute ${name}`);
      // A resource that is not run here: nothing reads its attributes but other such resources.
      return name === 'Arn' ? arn('local', logicalId) : `${generated}.${name}`;
    },
  };
}
