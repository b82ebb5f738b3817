// Runs inside a worker thread, because dynalite can end its host on a request that it does not expect.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import dynalite from 'dynalite';
import { type TableAnswer, type TableCall, TableRequest, TableResponse } from './short-cut.ts';

/** What the worker is started with: the folder of the tables, if they are kept. */
export interface DatabaseSettings {
  readonly data: string | undefined;
}

/** What the worker tells: where it listens, and which operation somebody asked for that it does not have. */
export type DatabaseMessage =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'unknown'; readonly operation: string; readonly caller: string };

/** What dynalite has, without DescribeTimeToLive, to which it answers that no table has one. */
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
]);

const { data } = workerData as DatabaseSettings;
const tell = (message: DatabaseMessage): void => parentPort?.postMessage(message);
const tables = dynalite({
  createTableMs: 0,
  updateTableMs: 0,
  deleteTableMs: 0,
  ...(data !== undefined && { path: data }),
});

const server = createServer((request, response) => {
  // No SDK sends an Origin, but every web site would, and dynalite lets them all in.
  if (request.headers.origin !== undefined) {
    response.writeHead(403).end();
    return;
  }
  noteUnknown(request);
  tables.emit('request', request, response);
  // Dynalite ends its host when a client goes away in mid-body; such a request is nobody's any more.
  request.removeAllListeners('error').on('error', () => undefined);
});

// Each port is that of a thread whose calls come past HTTP.
parentPort?.on('message', (calls: MessagePort) => {
  calls.on('message', (call: TableCall) => {
    const request = new TableRequest(call);
    const response = new TableResponse((answer) =>
      calls.postMessage({ id: call.id, answer } satisfies TableAnswer),
    );
    noteUnknown(request);
    tables.emit('request', request, response);
    request.deliver();
  });
});

/** Tells what is asked for in vain; dynalite answers it with UnknownOperationException. */
function noteUnknown({ headers }: Pick<IncomingMessage, 'headers'>): void {
  const [, operation] = String(headers['x-amz-target'] ?? '').split('.');
  if (operation === undefined || OPERATIONS.has(operation)) return;
  // The session of a function's credentials is named after it, as on AWS.
  const caller = String(headers['x-amz-security-token'] ?? 'somebody');
  tell({ type: 'unknown', operation, caller });
  delete headers['x-amz-target'];
}

// Longer than a frozen function sleeps: it finds its connection as it left it.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () =>
  tell({ type: 'listening', port: (server.address() as AddressInfo).port }),
);
