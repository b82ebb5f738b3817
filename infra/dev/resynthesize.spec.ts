import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesizeOnChange } from './resynthesize.ts';

/** Copies its source, as slowly as a bundler would; a source that says `broken` fails. */
const APP = `
  import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
  const source = readFileSync('functions/f.ts', 'utf8');
  if (source === 'broken') throw new Error('f.ts is broken');
  await new Promise((done) => setTimeout(done, 300));
  mkdirSync(process.env.CDK_OUTDIR, { recursive: true });
  writeFileSync(process.env.CDK_OUTDIR + '/copy', source);`;

describe('synthesizeOnChange', () => {
  let project: string;
  let stop: () => Promise<void>;
  let wake: () => void;
  const said: string[] = [];

  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), 'resynthesize-'));
    await mkdir(join(project, 'functions'));
    await mkdir(join(project, 'infra/local'), { recursive: true });
    await writeFile(join(project, 'cdk.json'), JSON.stringify({ app: 'node app.mjs' }));
    await writeFile(join(project, 'app.mjs'), APP);
    await writeFile(join(project, 'functions/f.ts'), 'one');
    said.length = 0;
    wake = () => undefined;
    stop = await synthesizeOnChange(project, join(project, '.out'), (line) => {
      said.push(line);
      wake();
    });
  });
  afterEach(async () => {
    await stop();
    await rm(project, { recursive: true, force: true });
  });
  /** Waits for a line, and takes all that was said until then. */
  async function says(pattern: RegExp): Promise<string[]> {
    while (!said.some((line) => pattern.test(line))) await new Promise<void>((resolve) => (wake = resolve));
    return said.splice(0);
  }
  const save = (path: string, text: string) => writeFile(join(project, path), text);
  const copy = () => readFile(join(project, '.out/copy'), 'utf8');

  it('synthesizes when a source changes, and says which and how long it took', async () => {
    await save('functions/f.ts', 'two');
    expect(await says(/^Synthesized/)).toEqual([
      'functions/f.ts has changed: synthesizing …',
      jasmine.stringMatching(/^Synthesized in \d+\.\d s\.$/),
    ]);
    expect(await copy()).toBe('two');
  });

  it('sees new files, and passes over those that the stack is not made of', async () => {
    await save('package.json', '{}');
    for (const path of ['functions/f.spec.ts', 'infra/local/start.ts', '.hidden']) await save(path, 'x');
    expect((await says(/^Synthesized/))[0]).toBe('package.json has changed: synthesizing …');
  });

  it('says why it failed, and the next save mends it', async () => {
    await save('functions/f.ts', 'broken');
    expect((await says(/could not be synthesized/)).join('\n')).toContain('f.ts is broken');
    await save('functions/f.ts', 'mended');
    await says(/^Synthesized/);
    expect(await copy()).toBe('mended');
  });

  it('ends with the source as it is last, whatever is saved while it synthesizes', async () => {
    await save('functions/f.ts', 'two');
    await says(/synthesizing/);
    await save('functions/f.ts', 'three');
    expect(await says(/synthesizing/)).toEqual([
      jasmine.stringMatching(/^Synthesized/),
      'functions/f.ts has changed: synthesizing …',
    ]);
    await says(/^Synthesized|already/);
    expect(await copy()).toBe('three');
  });
});
