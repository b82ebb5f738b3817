import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadHandler } from './load-handler.ts';

const OK = `exports.handler = () => 'ok';`;
const NESTED = `exports.on = { message: { handler: () => 'nested' } };`;

describe('a handler', () => {
  let code: string;
  beforeEach(async () => {
    code = await mkdtemp(join(tmpdir(), 'handler-'));
  });
  afterEach(() => rm(code, { recursive: true }));

  async function load(path: string, text: string, handler: string): Promise<unknown> {
    const file = join(code, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(join(code, 'package.json'), '{}');
    await writeFile(file, text);
    const found = await loadHandler(code, handler, 24);
    return found({}, {});
  }

  const loaded: readonly [path: string, text: string, handler: string, result: string][] = [
    ['index.js', OK, 'index.handler', 'ok'],
    ['src/on/message.cjs', OK, 'src/on/message.handler', 'ok'],
    ['src/on/message.cjs', OK, './src/on/message.handler', 'ok'],
    ['v1.2/index.cjs', OK, 'v1.2/index.handler', 'ok'],
    ['index.cjs', NESTED, 'index.on.message.handler', 'nested'],
  ];
  for (const [path, text, handler, result] of loaded) {
    it(`[L35] called ${handler} is found in ${path}`, async () => {
      expect(await load(path, text, handler)).toBe(result);
    });
  }

  const refused: readonly [path: string, handler: string, message: string][] = [
    ['message.handler.js', 'message.handler.handler', `Cannot find module 'message'`],
    ['index.cjs', 'index.none.handler', 'index.none.handler is undefined or not exported'],
    ['index.cjs', 'index', `'index' is not a valid handler name`],
    ['index.cjs', 'x/../index.handler', `'x/../index.handler' is not a valid handler name`],
  ];
  for (const [path, handler, message] of refused) {
    it(`[L35] called ${handler} is not found in ${path}`, async () => {
      await expectAsync(load(path, OK, handler)).toBeRejectedWithError(message);
    });
  }
});
