import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.ts';

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
    ]) {
      await writeFile(join(project, file), 'changed');
    }
    expect(await fingerprint(project)).toBe(before);
  });
});
