import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { holds, type Item, updated } from './expression.ts';

/** What the registry's commands carry, all of them together. */
export interface TableInput {
  readonly Key?: Item;
  readonly Item?: Item;
  readonly RequestItems?: Readonly<
    Record<string, readonly { readonly PutRequest?: { readonly Item?: Item } }[]>
  >;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
  readonly ExclusiveStartKey?: Item;
}
export interface TableOutput {
  readonly Item?: Item;
  readonly Items?: Item[];
  readonly Attributes?: Item;
  readonly LastEvaluatedKey?: Item;
}

/**
 * A DynamoDB table in memory, in which every command happens at one moment. A query gives `pageSize` items, so that
 * one of several pages is read at several moments, as on AWS. It is held against dynalite by table.spec.ts.
 */
export class ModelTable {
  readonly #items = new Map<string, Item>();
  readonly #pageSize: number;

  constructor(pageSize = Infinity) {
    this.#pageSize = pageSize;
  }

  /** In the order of their keys. */
  get items(): readonly Item[] {
    return [...this.#items]
      .sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
      .map(([, item]) => item);
  }

  execute(command: string, input: TableInput): TableOutput {
    switch (command) {
      case 'GetItemCommand': {
        const found = this.#items.get(keyOf(input.Key));
        return found ? { Item: found } : {};
      }
      case 'BatchWriteItemCommand':
        for (const { PutRequest } of Object.values(input.RequestItems ?? {}).flat())
          this.#put(PutRequest?.Item);
        return {};
      case 'QueryCommand':
        return this.#query(input);
      case 'UpdateItemCommand':
        return this.#update(input);
      case 'DeleteItemCommand':
        return this.#delete(input);
      default:
        throw new Error(`the table knows no ${command}`);
    }
  }

  #put(item: Item | undefined): TableOutput {
    this.#items.set(keyOf(item), item ?? {});
    return {};
  }

  #query({ ExpressionAttributeValues: values, ExclusiveStartKey: after }: TableInput): TableOutput {
    const pk = values?.[':pk']?.S;
    const found = this.items.filter((item) => item['pk']?.S === pk);
    const rest = after ? found.filter((item) => keyOf(item) > keyOf(after)) : found;
    const page = rest.slice(0, this.#pageSize);
    const last = page.at(-1);
    const { pk: lastPk, sk } = last ?? {};
    return {
      Items: page,
      ...(rest.length > page.length && lastPk && sk && { LastEvaluatedKey: { pk: lastPk, sk } }),
    };
  }

  #update(input: TableInput): TableOutput {
    const key = keyOf(input.Key);
    const item = this.#checked(key, input);
    const { UpdateExpression = '', ExpressionAttributeValues = {}, ExpressionAttributeNames = {} } = input;
    const after = updated(
      UpdateExpression,
      item ?? { ...input.Key },
      ExpressionAttributeValues,
      ExpressionAttributeNames,
    );
    this.#items.set(key, after);
    return { Attributes: after };
  }

  #delete(input: TableInput): TableOutput {
    const key = keyOf(input.Key);
    const item = this.#checked(key, input);
    this.#items.delete(key);
    return item ? { Attributes: item } : {};
  }

  #checked(key: string, input: TableInput): Item | undefined {
    const item = this.#items.get(key);
    const { ConditionExpression, ExpressionAttributeValues = {}, ExpressionAttributeNames } = input;
    if (holds(ConditionExpression, item, ExpressionAttributeValues, ExpressionAttributeNames)) return item;
    throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
  }
}

function keyOf(item: Item | undefined): string {
  const [pk, sk] = [item?.['pk']?.S, item?.['sk']?.S];
  if (pk === undefined || sk === undefined) throw new Error('the item has no key');
  return `${pk}\n${sk}`;
}
