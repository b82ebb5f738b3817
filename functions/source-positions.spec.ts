import { build } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeError } from './log.ts';

const SOURCE = `import { describeError } from './log.ts';
function parse(text: string): unknown {
  return JSON.parse(text);
}
export function told(): object {
  try {
    return { parsed: parse('{') };
  } catch (error) {
    return describeError(error);
  }
}
`;

describe('the stack of an error', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bundled-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** What a bundle tells of an error in it. */
  async function toldBy(sourcemap: boolean): Promise<object> {
    const outfile = join(folder, 'index.mjs');
    await build({
      stdin: { contents: SOURCE, resolveDir: import.meta.dirname, sourcefile: 'thrower.ts', loader: 'ts' },
      ...{ outfile, bundle: true, minify: true, sourcemap, sourcesContent: false },
      ...{ platform: 'node', format: 'esm', target: 'node24', logLevel: 'error' },
    });
    const { told } = (await import(pathToFileURL(outfile).href)) as { told: () => object };
    return told();
  }

  it('names places in the sources, where the map of a bundle is beside it', async () => {
    const { stack } = (await toldBy(true)) as { stack: string };
    expect(stack).toMatch(/^SyntaxError: .*\n {4}at JSON\.parse/);
    expect(stack).toMatch(/thrower\.ts:3:\d+/);
    expect(stack).toMatch(/thrower\.ts:7:\d+/);
    expect(stack).not.toContain('index.mjs:');
    expect(stack).not.toContain('../');
  });

  it('is left as it is where there is none', async () => {
    expect(await toldBy(false)).toEqual(
      jasmine.objectContaining({ stack: jasmine.stringContaining('index.mjs:') }),
    );
    expect(describeError(new TypeError('here'))).toEqual(
      jasmine.objectContaining({ stack: jasmine.stringContaining('source-positions.spec.ts:') }),
    );
  });
});
