import { type Fields, isRecord } from '../template/values.ts';
import { type Ask, exception, granted, isException, Refusal, type Reply, rowOf } from './reply.ts';
import { type Actions, readSteps, type Step } from './transaction-steps.ts';

const READS: Actions = { Get: { operation: 'GetItem', required: ['Key', 'TableName'] } };

const WRITES: Actions = {
  // Without an update it writes nothing where there is a row, and a row of the key alone where there is none.
  ConditionCheck: { operation: 'UpdateItem', required: ['ConditionExpression', 'Key', 'TableName'] },
  Put: { operation: 'PutItem', required: ['Item', 'TableName'] },
  Update: { operation: 'UpdateItem', required: ['Key', 'TableName', 'UpdateExpression'] },
  Delete: { operation: 'DeleteItem', required: ['Key', 'TableName'] },
};

/** What is wrong with the row that there is, or with its key: a reason to cancel. Anything else is wrong with the request. */
const OF_THE_ROW =
  /^(?:One or more parameter values were invalid|The provided key element|The update expression attempted|An operand in the update|Item size|Type mismatch|The document path|The provided expression refers)/;

/** TransactGetItems. Nothing else may run meanwhile. */
export async function readTogether(ask: Ask, input: Fields): Promise<Reply> {
  const steps = await readSteps(ask, input['TransactItems'], READS);
  const consumed = new Consumption(input['ReturnConsumedCapacity']);
  const Responses: Fields[] = [];
  for (const step of steps) {
    const read = { ...step.input, ...consumed.asked, ConsistentRead: true };
    const { Item, ConsumedCapacity } = await granted(ask(step.operation, read));
    consumed.add(step.table, ConsumedCapacity);
    Responses.push(Item === undefined ? {} : { Item });
  }
  return { status: 200, body: { Responses, ...consumed.told } };
}

/** TransactWriteItems: each write is made, and all are taken back when one fails. Nothing else may run meanwhile. */
export async function writeTogether(ask: Ask, input: Fields): Promise<Reply> {
  const steps = await readSteps(ask, input['TransactItems'], WRITES);
  const consumed = new Consumption(input['ReturnConsumedCapacity']);
  const written: { readonly step: Step; readonly before: unknown }[] = [];
  const reasons: Fields[] = [];
  let refused: Reply | undefined;
  for (const step of steps) {
    const reply = await ask(step.operation, {
      ...without(step.input, 'ReturnValuesOnConditionCheckFailure'),
      ...consumed.asked,
      ReturnValues: 'ALL_OLD',
    });
    const { Attributes, ConsumedCapacity } = reply.body;
    if (reply.status === 200) {
      written.push({ step, before: Attributes });
      consumed.add(step.table, ConsumedCapacity);
    }
    const reason = await reasonOf(ask, step, reply);
    if (reason === undefined) refused ??= reply;
    else reasons.push(reason);
  }
  const cancelled = refused !== undefined || reasons.some(({ Code }) => Code !== 'None');
  for (const { step, before } of written) {
    if (cancelled || step.action === 'ConditionCheck') await restore(ask, step, before);
  }
  if (refused !== undefined) throw new Refusal(refused);
  if (!cancelled) return { status: 200, body: consumed.told };
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return exception('TransactionCanceledException', {
    CancellationReasons: reasons,
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
  });
}

/** What a transaction says of one of its writes; undefined: the fault is not the row's. */
async function reasonOf(ask: Ask, { table, key, input }: Step, reply: Reply): Promise<Fields | undefined> {
  if (reply.status === 200) return { Code: 'None' };
  const Message = String(reply.body['message']);
  if (isException(reply, 'ConditionalCheckFailedException')) {
    const Item =
      input['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD' ? await rowOf(ask, table, key) : undefined;
    return { Code: 'ConditionalCheckFailed', Message, ...(Item && { Item }) };
  }
  if (isException(reply, 'ValidationException') && OF_THE_ROW.test(Message)) {
    return { Code: 'ValidationError', Message };
  }
  return undefined;
}

/** Brings a row back to what it was `before`: to nothing, if it was not there. */
async function restore(ask: Ask, { table, key }: Step, before: unknown): Promise<void> {
  if (before === undefined) await granted(ask('DeleteItem', { TableName: table, Key: key }));
  else await granted(ask('PutItem', { TableName: table, Item: before }));
}

/** What a transaction costs: two units for each that a single call would. */
class Consumption {
  readonly #units = new Map<string, number>();
  readonly #wanted: boolean;

  constructor(wanted: unknown) {
    this.#wanted = wanted === 'TOTAL' || wanted === 'INDEXES';
  }

  get asked(): Fields {
    return this.#wanted ? { ReturnConsumedCapacity: 'TOTAL' } : {};
  }

  add(table: string, consumed: unknown): void {
    const units = isRecord(consumed) ? Number(consumed['CapacityUnits']) : 0;
    this.#units.set(table, (this.#units.get(table) ?? 0) + 2 * units);
  }

  get told(): Fields {
    if (!this.#wanted) return {};
    const all = [...this.#units].map(([TableName, CapacityUnits]) => ({ TableName, CapacityUnits }));
    return { ConsumedCapacity: all };
  }
}

const without = (fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([one]) => one !== name));
