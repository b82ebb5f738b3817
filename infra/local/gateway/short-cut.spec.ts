import { run, stopAll, type TestClient } from '../testing/running.ts';

/** Posts what it is told, and answers with the statuses. */
const POSTER = `
import https from 'node:https';
const AUTHORIZATION = 'AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0';
const post = ({ domainName, stage }, { to, text, padding = 0, signed = true }) => new Promise((resolve, reject) => {
  const headers = { 'user-agent': 'aws-sdk-js/3', ...(signed && { authorization: AUTHORIZATION }) };
  const path = '/' + stage + '/@connections/' + encodeURIComponent(to);
  https.request({ host: domainName, method: 'POST', path, headers }, (response) => {
    response.resume().on('end', () => resolve(response.statusCode));
  }).on('error', reject).end(text.padEnd(padding, 'x'));
});
export const handler = async ({ requestContext, body }) => {
  const { posts = [] } = JSON.parse(body);
  const statuses = [];
  for (const one of posts) statuses.push(await post(requestContext, { to: requestContext.connectionId, ...one }));
  return { statusCode: 200, body: JSON.stringify({ connectionId: requestContext.connectionId, statuses }) };
};
`;
interface Post {
  readonly to: string;
  readonly text: string;
  /** It is filled up to so many bytes. */
  readonly padding?: number;
  readonly signed?: false;
}

for (const overHttp of [false, true]) {
  describe(`A function's posts ${overHttp ? 'over HTTP' : 'by the short cut'}`, () => {
    afterEach(stopAll);

    async function setUp() {
      const running = await run(
        { functions: { poster: { code: POSTER } }, routes: { $default: 'poster' }, twoWay: ['$default'] },
        {},
        { overHttp },
      );
      const [sender, receiver] = [await running.connect(), await running.connect()];
      const ask = async (client: TestClient, posts: readonly Post[]) => {
        client.send({ posts });
        return JSON.parse(await client.next()) as { connectionId: string; statuses: number[] };
      };
      const { connectionId: to } = await ask(receiver, []);
      const post = async (...posts: Omit<Post, 'to'>[]) =>
        (
          await ask(
            sender,
            posts.map((one) => ({ ...one, to })),
          )
        ).statuses;
      return { ...running, receiver, to, post };
    }
    const hello = { text: 'hello' };

    it('[M6] end with 410 as soon as the client has left, however many it took', async () => {
      const { runner, receiver, post } = await setUp();
      expect(await post(hello, hello, hello)).toEqual([200, 200, 200]);
      receiver.socket.close();
      await receiver.closed;
      const open = async () => (await fetch(`http://127.0.0.1:${runner.port}/_local/connections`)).json();
      while (((await open()) as unknown[]).length > 1);
      expect(await post(hello)).toEqual([410]);
    });

    it('[X5] fail from the moment that a fault is switched on', async () => {
      const { runner, post } = await setUp();
      const change = (limitExceeded: number) =>
        fetch(`http://127.0.0.1:${runner.port}/_local/faults`, {
          method: 'POST',
          body: JSON.stringify({ limitExceeded }),
        });
      expect(await post(hello, hello)).toEqual([200, 200]);
      await change(1);
      expect(await post(hello)).toEqual([429]);
      await change(0);
      expect(await post(hello, hello)).toEqual([200, 200]);
    });

    it('[M8] are refused without a signature, whatever went before', async () => {
      const { post } = await setUp();
      expect(await post(hello, hello, { ...hello, signed: false })).toEqual([200, 200, 403]);
    });

    it('arrive in the order in which they were taken, long and short ones', async () => {
      const { post, receiver } = await setUp();
      const posts = Array.from({ length: 40 }, (_, index) => ({
        text: `${index} `,
        padding: (index % 4) * 8000,
      }));
      await post(...posts);
      for (const { text, padding } of posts) expect(await receiver.next()).toBe(text.padEnd(padding, 'x'));
    });

    it('[M9] end with 429 when the client does not read, and what was taken arrives once it does', async () => {
      const { post, receiver } = await setUp();
      receiver.socket.pause();
      let taken = 0;
      let refused: number | undefined;
      while (refused === undefined) {
        const first = taken;
        const posts = Array.from({ length: 20 }, (_, index) => ({
          text: `${first + index} `,
          padding: 10_000,
        }));
        const statuses = await post(...posts);
        taken += statuses.filter((status) => status === 200).length;
        refused = statuses.find((status) => status !== 200);
      }
      expect(refused).toBe(429);
      receiver.socket.resume();
      for (let index = 0; index < taken; index++) expect(parseInt(await receiver.next(), 10)).toBe(index);
    });
  });
}
