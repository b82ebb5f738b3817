import { section, TemplateError } from '../values.ts';
import { type Expansion, type SamResource, without } from './expansion.ts';

/** SAM's words for the types of a key, and DynamoDB's. */
const TYPES: ReadonlyMap<unknown, string> = new Map([
  ['String', 'S'],
  ['Number', 'N'],
  ['Binary', 'B'],
]);

/** `AWS::Serverless::SimpleTable`: a table whose key is one attribute, `id` where none is named. */
export function expandSimpleTable({ logicalId, properties, attributes }: SamResource): Expansion {
  const { Name: name = 'id', Type: type = 'String' } = section(properties, 'PrimaryKey');
  const attributeType = TYPES.get(type);
  if (attributeType === undefined) {
    throw new TemplateError(`${logicalId}: PrimaryKey.Type must be String, Number or Binary`);
  }
  return {
    resources: {
      [logicalId]: {
        ...attributes,
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          ...without(properties, 'PrimaryKey'),
          AttributeDefinitions: [{ AttributeName: name, AttributeType: attributeType }],
          KeySchema: [{ AttributeName: name, KeyType: 'HASH' }],
        },
      },
    },
  };
}
