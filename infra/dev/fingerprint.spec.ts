import { build } from 'esbuild';
import { glob, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprint, isInput } from './fingerprint.ts';

describe('fingerprint', () => {
  let project: string;
  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), 'fingerprint-'));
    for (const folder of ['functions/protocol', 'node_modules/x', 'web/src', '.local']) {
      await mkdir(join(project, folder), { recursive: true });
    }
    await writeFile(join(project, 'functions/protocol/protocol.ts'), 'a');
  });
  afterEach(() => rm(project, { recursive: true, force: true }));

  it('stays while nothing changes', async () => {
    expect(await fingerprint(project)).toBe(await fingerprint(project));
  });

  const changes: readonly [says: string, change: () => Promise<void>][] = [
    ['a file is longer', () => writeFile(join(project, 'functions/protocol/protocol.ts'), 'ab')],
    ['a file is written anew', () => utimes(join(project, 'functions/protocol/protocol.ts'), 1, 1)],
    ['a file is new', () => writeFile(join(project, 'package-lock.json'), '{}')],
    ['a file is gone', () => rm(join(project, 'functions/protocol/protocol.ts'))],
  ];
  for (const [says, change] of changes) {
    it(`changes when ${says}`, async () => {
      const before = await fingerprint(project);
      await change();
      expect(await fingerprint(project)).not.toBe(before);
    });
  }

  it('does not change with what the stack is not made of', async () => {
    const before = await fingerprint(project);
    for (const file of [
      'node_modules/x/index.js',
      'web/src/main.ts',
      '.local/cdk.out',
      'functions/a.spec.ts',
      'functions/protocol/PROTOCOL.md',
      'hello-websocket-0.1.0.tgz',
    ]) {
      await writeFile(join(project, file), 'changed');
    }
    expect(await fingerprint(project)).toBe(before);
  });

  it('is of those files of infra that the app imports, and no others', async () => {
    const root = join(import.meta.dirname, '../..');
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: ['infra/app.ts'],
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      write: false,
      metafile: true,
    });
    const imported = Object.keys(metafile.inputs).filter((path) => path.startsWith('infra/'));
    const inputs: string[] = [];
    for await (const path of glob('infra/**/*.*', { cwd: root })) {
      const folders = path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
      if (folders.every(isInput)) inputs.push(path);
    }
    expect(inputs).toEqual(jasmine.arrayWithExactContents([...imported, 'infra/tsconfig.json']));
  });
});
