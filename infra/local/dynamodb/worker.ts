// Runs inside a worker thread, because dynalite can end its host on a request that it does not expect.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import dynalite from 'dynalite';
import type { Change } from './changes.ts';
import { callerOf, Front, operationOf } from './front.ts';
import { type Answer, type TableAnswer, type TableCall, TableRequest, TableResponse } from './short-cut.ts';

/** What the worker is started with. */
export interface DatabaseSettings {
  /** The folder of the tables, if they are kept. */
  readonly data: string | undefined;
  /** The names of the tables whose changes are told. */
  readonly streams: readonly string[];
}

/** What the worker tells: where it listens, which operation somebody asked for that it does not have, and what somebody has changed. */
export type DatabaseMessage =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'unknown'; readonly operation: string; readonly caller: string }
  | { readonly type: 'changed'; readonly change: Change; readonly caller: string };

const { data, streams } = workerData as DatabaseSettings;
const tell = (message: DatabaseMessage): void => parentPort?.postMessage(message);
const tables = dynalite({
  createTableMs: 0,
  updateTableMs: 0,
  deleteTableMs: 0,
  ...(data !== undefined && { path: data }),
});
const front = new Front(
  (call, ended) => {
    const request = new TableRequest(call);
    tables.emit('request', request, new TableResponse(ended));
    request.deliver();
  },
  { tables: streams, tell: (change, caller) => tell({ type: 'changed', change, caller }) },
);

/** What there is. Dynalite has DescribeTimeToLive, too, and answers that no table has one. */
const OPERATIONS = new Set([
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'GetItem',
  'ListTables',
  'ListTagsOfResource',
  'PutItem',
  'Query',
  'Scan',
  'TagResource',
  'UntagResource',
  'UpdateItem',
  'UpdateTable',
  ...front.operations,
]);

/** More than DynamoDB takes of one request: dynalite answers 413. */
const TOO_MUCH_BYTES = 16 * 1024 * 1024 + 1;

const server = createServer((request, response) => {
  // No SDK sends an Origin, but every web site would, and dynalite lets them all in.
  if (request.headers.origin !== undefined) {
    response.writeHead(403).end();
    return;
  }
  receive(request).then(
    (call) => answer(call, ({ status, headers, body }) => response.writeHead(status, headers).end(body)),
    // The client went away in mid-body: such a request is nobody's any more.
    () => response.destroy(),
  );
});

// Each port is that of a thread whose calls come past HTTP.
parentPort?.on('message', (calls: MessagePort) => {
  calls.on('message', (call: TableCall) =>
    answer(call, (given) => calls.postMessage({ id: call.id, answer: given } satisfies TableAnswer)),
  );
});

function answer(call: TableCall, ended: (answer: Answer) => void): void {
  const operation = operationOf(call.headers);
  if (operation === '' || OPERATIONS.has(operation)) {
    front.answer(call, ended);
    return;
  }
  tell({ type: 'unknown', operation, caller: callerOf(call.headers) });
  // To which dynalite answers UnknownOperationException.
  front.answer({ ...call, headers: { ...call.headers, 'x-amz-target': '' } }, ended);
}

/** A request of HTTP as one that comes past it; as much of a body that is too long as says so. */
async function receive(request: IncomingMessage): Promise<TableCall> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= TOO_MUCH_BYTES) break;
  }
  const { method = '', url = '', headers } = request;
  const single = Object.entries(headers).filter((one): one is [string, string] => typeof one[1] === 'string');
  return {
    id: 0,
    method,
    path: url,
    headers: Object.fromEntries(single),
    body: Buffer.concat(chunks).toString(),
  };
}

// Longer than a frozen function sleeps: it finds its connection as it left it.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () =>
  tell({ type: 'listening', port: (server.address() as AddressInfo).port }),
);
