import { type Fields, isRecord, section } from '../values.ts';
import { type Expansion, only, type SamResource, without } from './expansion.ts';

/** What becomes the function's code, and what says what it may do, which is not evaluated here (PARITY L10). */
const TRANSLATED = [
  'Events',
  ...['CodeUri', 'InlineCode', 'ImageUri', 'FunctionUrlConfig', 'PropagateTags', 'Tags'],
  'AutoPublishAlias',
  ...['Policies', 'Role', 'RolePath', 'PermissionsBoundary', 'AssumeRolePolicyDocument'],
];

/** `AWS::Serverless::Function`. What Lambda's own resource does not have stays on it, to be named as not emulated (PARITY F6). */
export function expandFunction(resource: SamResource): Expansion {
  const { logicalId, properties, attributes } = resource;
  const role = `${logicalId}Role`;
  const { AutoPublishAlias: alias, FunctionUrlConfig: url } = properties;
  const published = typeof alias === 'string' ? publish(resource, alias) : undefined;
  return {
    resources: {
      [logicalId]: {
        ...without(attributes, 'Connectors'),
        Type: 'AWS::Lambda::Function',
        Properties: {
          ...without(properties, ...TRANSLATED),
          ...otherEvents(properties),
          ...only(attributes, 'Connectors'),
          Code: codeOf(properties),
          Role: properties['Role'] ?? { 'Fn::GetAtt': [role, 'Arn'] },
        },
      },
      ...(properties['Role'] === undefined && {
        [role]: {
          ...only(attributes, 'Condition'),
          Type: 'AWS::IAM::Role',
          Properties: only(properties, 'Policies'),
        },
      }),
      ...(url !== undefined && {
        [`${logicalId}Url`]: { ...only(attributes, 'Condition'), Type: 'AWS::Lambda::Url', Properties: url },
      }),
      ...implicitApis(properties),
      ...eventSources(resource, published?.alias ?? logicalId),
      ...published?.resources,
    },
    ...(published && { synonyms: published.synonyms }),
  };
}

const isOfStream = (event: unknown): boolean => isRecord(event) && event['Type'] === 'DynamoDB';

/** The events that stay on the function, to be named as not emulated. */
function otherEvents({ Events: events }: Fields): Fields {
  if (!isRecord(events)) return only({ Events: events }, 'Events');
  const others = Object.entries(events).filter(([, event]) => !isOfStream(event));
  return others.length > 0 ? { Events: Object.fromEntries(others) } : {};
}

/** The mapping that SAM makes of each event of the type `DynamoDB`; it calls the function's alias, if it has one. */
const eventSources = ({ logicalId, properties, attributes }: SamResource, called: string): Fields =>
  Object.fromEntries(
    Object.entries(section(properties, 'Events')).flatMap(([name, event]) => {
      if (!isOfStream(event)) return [];
      const { Stream: EventSourceArn, ...others } = section(event, 'Properties');
      const Properties = { ...others, EventSourceArn, FunctionName: { Ref: called } };
      return [
        [
          `${logicalId}${name}`,
          { ...only(attributes, 'Condition'), Type: 'AWS::Lambda::EventSourceMapping', Properties },
        ],
      ];
    }),
  );

/** The version that SAM publishes for `AutoPublishAlias`, and the alias of it. */
function publish(
  { logicalId, attributes }: SamResource,
  alias: string,
): Required<Expansion> & { readonly alias: string } {
  const [versionId, aliasId] = [`${logicalId}Version`, `${logicalId}Alias${alias}`];
  const make = (Type: string, properties: Fields): Fields => ({
    ...only(attributes, 'Condition'),
    Type,
    Properties: { FunctionName: { Ref: logicalId }, ...properties },
  });
  return {
    alias: aliasId,
    resources: {
      [versionId]: make('AWS::Lambda::Version', {}),
      [aliasId]: make('AWS::Lambda::Alias', {
        Name: alias,
        FunctionVersion: { 'Fn::GetAtt': [versionId, 'Version'] },
      }),
    },
    synonyms: { [`${logicalId}.Alias`]: { Ref: aliasId }, [`${logicalId}.Version`]: { Ref: versionId } },
  };
}

/** As `AWS::Lambda::Function` has it, or a path, as the AWS CLI's `cloudformation package` takes it. */
function codeOf({ CodeUri, InlineCode, ImageUri }: Fields): unknown {
  if (InlineCode !== undefined) return { ZipFile: InlineCode };
  if (ImageUri !== undefined) return { ImageUri };
  if (isRecord(CodeUri) && CodeUri['Bucket'] !== undefined) {
    return { S3Bucket: CodeUri['Bucket'], S3Key: CodeUri['Key'] };
  }
  return CodeUri ?? '.';
}

/** The APIs that SAM makes of events which name none: not run here, but other resources may refer to them. */
function implicitApis(properties: Fields): Fields {
  const types = Object.values(section(properties, 'Events')).flatMap((event) => {
    const { RestApiId, ApiId } = section(event, 'Properties');
    return isRecord(event) && RestApiId === undefined && ApiId === undefined ? [event['Type']] : [];
  });
  return {
    ...(types.includes('Api') && {
      ServerlessRestApi: { Type: 'AWS::ApiGateway::RestApi' },
      ServerlessRestApiProdStage: { Type: 'AWS::ApiGateway::Stage' },
    }),
    ...(types.includes('HttpApi') && {
      ServerlessHttpApi: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
    }),
  };
}
