import { isRecord } from '../values.ts';
import { type Expansion, type SamResource, without } from './expansion.ts';

/** `AWS::Serverless::LayerVersion`, whose name is its logical id where it has none. */
export function expandLayerVersion({ logicalId, properties, attributes }: SamResource): Expansion {
  const { ContentUri } = properties;
  const Content =
    isRecord(ContentUri) && ContentUri['Bucket'] !== undefined
      ? { S3Bucket: ContentUri['Bucket'], S3Key: ContentUri['Key'] }
      : ContentUri;
  return {
    resources: {
      [logicalId]: {
        ...attributes,
        Type: 'AWS::Lambda::LayerVersion',
        Properties: {
          LayerName: logicalId,
          ...without(properties, 'ContentUri', 'RetentionPolicy', 'PublishLambdaVersion'),
          Content,
        },
      },
    },
  };
}
