import { createHash } from 'node:crypto';
import { functionReference } from './function-reference.ts';
import { TemplateError } from './values.ts';

/** The type of a stack inside a stack. */
export const NESTED_STACK = 'AWS::CloudFormation::Stack';

/** What `Ref` and `Fn::GetAtt` yield for one resource. */
export interface Identity {
  readonly ref: string;
  attribute(name: string): string;
}

/** Where a stack is deployed: what the AWS CDK calls its environment. */
export interface Environment {
  readonly account: string;
  readonly region: string;
}

export const REGION = process.env['AWS_REGION'] ?? 'us-east-1';
/** The account number that AWS uses in its own examples. */
export const ACCOUNT = '123456789012';
/** Of a stack that does not say where. */
export const ANYWHERE: Environment = { account: ACCOUNT, region: REGION };

export const pseudoParameters = ({ account, region }: Environment): Readonly<Record<string, string>> => ({
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::URLSuffix': 'amazonaws.com',
});

const digestOf = (stack: string, logicalId: string): string =>
  createHash('sha256').update(`${stack}/${logicalId}`).digest('hex');

/** The name that CloudFormation makes for a resource that has none: with an end that nobody else has, here always the same. */
export const generatedName = (stack: string, logicalId: string): string =>
  `${stack}-${logicalId}-${digestOf(stack, logicalId).slice(0, 12).toUpperCase()}`;

/** A stack's ARN, whose last part is a UUID: CDK apps cut names out of it. */
export function stackId(stack: string, env: Environment): string {
  const parts = /^(.{8})(.{4})(.{4})(.{4})(.{12})/.exec(digestOf(stack, ''))?.slice(1) ?? [];
  return arn(env, 'cloudformation', `stack/${stack}/${parts.join('-')}`);
}

type Property = (name: string) => unknown;
type Identify = (
  names: { generated: string; short: string },
  property: Property,
  env: Environment,
) => Omit<Identity, 'attribute'> & {
  readonly attributes?: Readonly<Record<string, string>>;
};

/** The Region in an ARN. */
export const regionOf = (text: string): string => text.split(':')[3] ?? REGION;

/** The host that an API has on AWS, and by which its functions reach it (PARITY E15). */
export const domainNameOf = (apiId: string, { region }: Environment): string =>
  `${apiId}.execute-api.${region}.amazonaws.com`;

const named = (property: Property, name: string, generated: string): string => {
  const given = property(name);
  return typeof given === 'string' ? given : generated;
};
export const arn = ({ region, account }: Environment, service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

const table: Identify = ({ generated }, property, env) => {
  const ref = named(property, 'TableName', generated);
  const Arn = arn(env, 'dynamodb', `table/${ref}`);
  return { ref, attributes: { Arn, StreamArn: `${Arn}/stream/1970-01-01T00:00:00.000` } };
};
/** The ARN of a version or an alias of the function that `FunctionName` names. */
function qualifiedArn(property: Property, qualifier: string, env: Environment): string {
  const given = property('FunctionName');
  const { name } = functionReference(typeof given === 'string' ? given : '');
  return arn(env, 'lambda', `function:${name}:${qualifier}`);
}
/** The first version: what a template publishes when it is deployed for the first time. */
const VERSION = '1';
const policy: Identify = ({ short }) => ({ ref: short, attributes: { Id: short, LastModifiedTime: '' } });
const inApi =
  (id: string): Identify =>
  ({ short }) => ({ ref: short, attributes: { [id]: short } });

/** How CloudFormation names the resources whose names this runner gives a meaning. */
const BY_TYPE: Readonly<Record<string, Identify>> = {
  'AWS::ApiGatewayV2::Api': ({ short }, _property, env) => ({
    ref: short,
    attributes: { ApiId: short, ApiEndpoint: `wss://${domainNameOf(short, env)}` },
  }),
  'AWS::ApiGatewayV2::Stage': ({ generated }, property) => ({ ref: named(property, 'StageName', generated) }),
  'AWS::ApiGatewayV2::Route': inApi('RouteId'),
  'AWS::ApiGatewayV2::Integration': inApi('IntegrationId'),
  'AWS::ApiGatewayV2::Authorizer': inApi('AuthorizerId'),
  'AWS::ApiGatewayV2::Deployment': inApi('DeploymentId'),
  'AWS::Logs::LogGroup': ({ generated }, property) => ({ ref: named(property, 'LogGroupName', generated) }),
  'AWS::Lambda::Function': ({ generated }, property, env) => {
    const ref = named(property, 'FunctionName', generated);
    return { ref, attributes: { Arn: arn(env, 'lambda', `function:${ref}`) } };
  },
  'AWS::Lambda::Version': (_names, property, env) => {
    const ref = qualifiedArn(property, VERSION, env);
    return { ref, attributes: { FunctionArn: ref, Version: VERSION } };
  },
  'AWS::Lambda::LayerVersion': ({ generated }, property, env) => {
    const ref = arn(env, 'lambda', `layer:${named(property, 'LayerName', generated)}:${VERSION}`);
    return { ref, attributes: { LayerVersionArn: ref } };
  },
  'AWS::Lambda::Alias': ({ generated }, property, env) => {
    const ref = qualifiedArn(property, named(property, 'Name', generated), env);
    return { ref, attributes: { AliasArn: ref } };
  },
  'AWS::S3::Bucket': ({ generated }, property, { region }) => {
    const ref = named(property, 'BucketName', generated.toLowerCase());
    const DomainName = `${ref}.s3.amazonaws.com`;
    const RegionalDomainName = `${ref}.s3.${region}.amazonaws.com`;
    const DualStackDomainName = `${ref}.s3.dualstack.${region}.amazonaws.com`;
    const WebsiteURL = `http://${ref}.s3-website-${region}.amazonaws.com`;
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
  [NESTED_STACK]: ({ generated }, _property, env) => ({
    ref: stackId(generated, env),
    attributes: {},
  }),
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
};

/** The physical names of a resource: the template's own where it gives one, else made from the logical id, always alike. */
export function identify(
  { name: stack, env }: { readonly name: string; readonly env: Environment },
  logicalId: string,
  type: string,
  property: Property,
): Identity {
  const short = BigInt(`0x${digestOf(stack, logicalId).slice(0, 16)}`)
    .toString(36)
    .padStart(10, '0')
    .slice(-10);
  const generated = generatedName(stack, logicalId);
  const { ref, attributes } = BY_TYPE[type]?.({ generated, short }, property, env) ?? {
    ref: generated,
  };
  return {
    ref,
    attribute: (name) => {
      const value = attributes?.[name];
      if (value !== undefined) return value;
      if (attributes !== undefined)
        throw new TemplateError(`${logicalId} (${type}) has no attribute ${name}`);
      // A resource that is not run here: nothing reads its attributes but other such resources.
      return name === 'Arn' ? arn(env, 'local', logicalId) : `${generated}.${name}`;
    },
  };
}
