// Runs inside a worker thread, because dynalite can end its host on a request cut short.
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import dynalite from 'dynalite';

const { port } = workerData as { readonly port: number };
const server = dynalite({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
// Longer than a frozen function sleeps: it finds its connection as it left it.
server.keepAliveTimeout = 0;
server.listen(port, '127.0.0.1', () => {
  parentPort?.postMessage((server.address() as AddressInfo).port);
});
