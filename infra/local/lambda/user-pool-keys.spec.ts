import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { run, stopAll } from '../testing/running.ts';

/** Asks a user pool's host, which it takes to be on this machine, as no name server would say. */
const ASK = `
import { request } from 'node:http';
export const handler = async ({ body }) => {
  const lookup = (host, { all }, done) =>
    all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
  const answer = await new Promise((resolve, reject) => {
    request({ host: 'cognito-idp.eu-west-1.amazonaws.com', lookup, ...JSON.parse(body) }, resolve).on('error', reject).end();
  }).catch(({ message }) => message);
  return { body: String(answer.statusCode ?? answer) };
};`;

describe('A function that checks the tokens of a user pool', () => {
  afterEach(stopAll);

  it('[L33] reads its public keys from outside, and nothing else', async () => {
    const asked: unknown[] = [];
    const server = createServer(({ headers: { host }, url }, response) => {
      asked.push([host, url]);
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { connect } = await run({
      functions: { f: { code: ASK } },
      routes: { $default: 'f' },
      twoWay: ['$default'],
    });
    const { send, next } = await connect();
    const keys = '/eu-west-1_AbCdEf123/.well-known/jwks.json';
    send({ port, path: keys });
    expect(await next()).toBe('200');
    for (const path of ['/', '/eu-west-1_AbCdEf123', `/x${keys}`, `${keys}/x`]) {
      send({ port, path });
      expect(await next())
        .withContext(path)
        .toMatch(/^cognito-idp was called/);
    }
    expect(asked).toEqual([[`cognito-idp.eu-west-1.amazonaws.com:${port}`, keys]]);
    server.close();
  });
});
