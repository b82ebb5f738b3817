import {
  type AttributeValue,
  BatchWriteItemCommand,
  type BatchWriteItemCommandOutput,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';

export type Item = Record<string, AttributeValue>;

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** What must hold for a write: `#name` is an attribute, `:name` one of the values. */
export interface Condition {
  readonly text: string;
  readonly values: Item;
}

const BATCH_ATTEMPTS = 5;
const BATCH_BACKOFF_MS = 50;

/** The time to live that ends `ms` after `now`: in seconds, as DynamoDB wants it. */
export const expiryAfter = (now: number, ms: number): AttributeValue => ({
  N: String(Math.ceil((now + ms) / 1000)),
});

/**
 * A DynamoDB table whose items expire: every read is strongly consistent and sees no expired item, which DynamoDB itself
 * deletes hours late, and no update brings one back [P23].
 */
export class Table {
  readonly #client: DynamoDBClient;
  readonly #name: string;
  readonly now: () => number;

  constructor(client: DynamoDBClient, name: string, now: () => number = Date.now) {
    this.#client = client;
    this.#name = name;
    this.now = now;
  }

  async get(key: Key): Promise<Item | undefined> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#name, Key: marshal(key), ConsistentRead: true }),
    );
    return item && this.#isLive(item) ? item : undefined;
  }

  /** All items of a partition, however many pages they fill. */
  async partition(pk: string): Promise<Item[]> {
    const found: Item[] = [];
    let next: Item | undefined;
    do {
      const page = await this.#client.send(
        new QueryCommand({
          TableName: this.#name,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: pk } },
          ...(next && { ExclusiveStartKey: next }),
        }),
      );
      found.push(...(page.Items ?? []));
      next = page.LastEvaluatedKey;
    } while (next !== undefined);
    return found.filter((item) => this.#isLive(item));
  }

  /** Writes up to 25 items in one call. DynamoDB may leave some undone, and these are tried again. */
  async putAll(items: readonly (readonly [Key, Item])[]): Promise<void> {
    const requests = items.map(([key, item]) => ({ PutRequest: { Item: { ...marshal(key), ...item } } }));
    let undone: Record<string, WriteRequest[]> = { [this.#name]: requests };
    for (let attempt = 1; attempt <= BATCH_ATTEMPTS; attempt++) {
      const output: BatchWriteItemCommandOutput = await this.#client.send(
        new BatchWriteItemCommand({ RequestItems: undone }),
      );
      undone = output.UnprocessedItems ?? {};
      if (Object.keys(undone).length === 0) return;
      await sleep(Math.random() * BATCH_BACKOFF_MS * 2 ** attempt);
    }
    throw new Error(`DynamoDB left items unwritten in ${BATCH_ATTEMPTS} attempts`);
  }

  /** Sets attributes of an item that is there, and of which `when` holds; else changes nothing and is undefined. */
  async update(key: Key, set: Item, when: Condition): Promise<Item | undefined> {
    return this.#change(
      key,
      set,
      {},
      {
        text: `attribute_exists(pk) AND #expiresAt > :now AND (${when.text})`,
        values: { ...when.values, ':now': { N: String(this.now() / 1000) } },
      },
    );
  }

  /** Sets attributes and adds to sets, of a new item or of one of which `when` holds; else it is undefined. */
  async upsert(key: Key, set: Item, add: Item, when: Condition): Promise<Item | undefined> {
    const { text, values } = when;
    return this.#change(key, set, add, { text: `attribute_not_exists(pk) OR (${text})`, values });
  }

  async #change(key: Key, set: Item, add: Item, when: Condition): Promise<Item | undefined> {
    const values: Item = { ...when.values };
    for (const [name, value] of Object.entries({ ...set, ...add })) values[`:new_${name}`] = value;
    const sets = Object.keys(set).map((name) => `#${name} = :new_${name}`);
    const adds = Object.keys(add).map((name) => `#${name} :new_${name}`);
    const expression = `SET ${sets.join(', ')}${adds.length > 0 ? ` ADD ${adds.join(', ')}` : ''}`;
    return unlessConditionFailed(
      this.#client
        .send(
          new UpdateItemCommand({
            TableName: this.#name,
            Key: marshal(key),
            UpdateExpression: expression,
            ConditionExpression: when.text,
            ExpressionAttributeNames: namesIn(expression + when.text),
            ExpressionAttributeValues: values,
            ReturnValues: 'ALL_NEW',
          }),
        )
        .then(({ Attributes }) => Attributes),
    );
  }

  /** Deletes an item and gives it to whoever did; undefined when it was not there, or `when` did not hold. */
  async remove(key: Key, when?: Condition): Promise<Item | undefined> {
    return unlessConditionFailed(
      this.#client
        .send(
          new DeleteItemCommand({
            TableName: this.#name,
            Key: marshal(key),
            ReturnValues: 'ALL_OLD',
            ...(when && {
              ConditionExpression: when.text,
              ExpressionAttributeNames: namesIn(when.text),
              ExpressionAttributeValues: when.values,
            }),
          }),
        )
        .then(({ Attributes }) => Attributes),
    );
  }

  #isLive(item: Item): boolean {
    return Number(item['expiresAt']?.N) * 1000 > this.now();
  }
}

const marshal = ({ pk, sk }: Key): Item => ({ pk: { S: pk }, sk: { S: sk } });

/** Every attribute goes by an alias: several of our names are reserved words of DynamoDB's. */
const namesIn = (expression: string): Record<string, string> =>
  Object.fromEntries(Array.from(expression.matchAll(/#(\w+)/g), ([alias, name = '']) => [alias, name]));

async function unlessConditionFailed<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    // That it failed is the answer: nothing can be asked before that is still true when the write arrives.
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
