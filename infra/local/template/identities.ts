import { createHash } from 'node:crypto';
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
  'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/local`,
};

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
const inApi: Identify = ({ short }) => ({ ref: short });

/** How CloudFormation names the resources whose names this runner gives a meaning. */
const BY_TYPE: Readonly<Record<string, Identify>> = {
  'AWS::ApiGatewayV2::Api': ({ short }) => ({
    ref: short,
    attributes: { ApiId: short, ApiEndpoint: `wss://${short}.execute-api.${REGION}.amazonaws.com` },
  }),
  'AWS::ApiGatewayV2::Stage': ({ generated }, property) => ({ ref: named(property, 'StageName', generated) }),
  'AWS::ApiGatewayV2::Route': inApi,
  'AWS::ApiGatewayV2::Integration': inApi,
  'AWS::ApiGatewayV2::Authorizer': inApi,
  'AWS::ApiGatewayV2::Deployment': inApi,
  'AWS::Lambda::Function': ({ generated }, property) => {
    const ref = named(property, 'FunctionName', generated);
    return { ref, attributes: { Arn: arn('lambda', `function:${ref}`) } };
  },
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
};

/** The physical names of a resource: the template's own where it gives one, else made from the logical id, always alike. */
export function identify(stack: string, logicalId: string, type: string, property: Property): Identity {
  const digest = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex');
  const short = BigInt(`0x${digest.slice(0, 16)}`)
    .toString(36)
    .padStart(10, '0')
    .slice(-10);
  const generated = `${stack}-${logicalId}-${digest.slice(0, 12).toUpperCase()}`;
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
