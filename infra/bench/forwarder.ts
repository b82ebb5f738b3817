// The bare forwarder that everything is measured against: one process, no isolation, no table, no routes.
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

const clients = new Map<string, WebSocket>();
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (client) => {
  const id = String(clients.size);
  clients.set(id, client);
  client.on('message', (text: Buffer) => {
    const { data, forward } = JSON.parse(text.toString('utf8')) as { data: string; forward?: string };
    if (forward === undefined) client.send(`YOUR ID: ${id}`);
    else clients.get(forward)?.send(data);
  });
});
server.on('listening', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`WebSocket  ws://localhost:${port}/dev\n`);
});
