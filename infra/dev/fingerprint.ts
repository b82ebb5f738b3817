import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** What the stack is not made of: what others install and build, what is edited most, and what only runs, measures or tests it. */
const LEFT_OUT = [
  ...['node_modules', 'web', 'cdk.out', 'dist/local', 'test-results', 'coverage'],
  ...['LICENSE', 'angular.json', 'eslint.config.js', 'jasmine.json'],
  // All of it but what `infra/app.ts` imports.
  ...[
    'bench',
    'conformance',
    'deployer',
    'dev',
    'dev.ts',
    'local',
    'model',
    'node',
    'scale',
    'snapshot',
    'soak',
    'translations',
    'whole-path',
  ].map((name) => `infra/${name}`),
  'infra/constructs/claims.ts',
];

/** Whether the stack could be made of this file, or of files in this folder: a path in the project, with `/`. */
export function isInput(path: string): boolean {
  const name = basename(path);
  return !name.startsWith('.') && !LEFT_OUT.includes(path) && !/(?:\.spec\.ts|\.md|\.tgz)$/.test(name);
}

/** A text that changes when a file changes that the stack could be made of: by name, size and time of the last change. */
export async function fingerprint(project: string): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for await (const { path, size, mtimeMs } of files(project, '')) hash.update(`\n${path} ${size} ${mtimeMs}`);
  return hash.digest('hex');
}

interface FileState {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

async function* files(project: string, folder: string): AsyncGenerator<FileState> {
  const entries = await readdir(join(project, folder), { withFileTypes: true });
  for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (!isInput(path)) continue;
    if (entry.isDirectory()) yield* files(project, path);
    else if (entry.isFile()) {
      const { size, mtimeMs } = await stat(join(project, path));
      yield { path, size, mtimeMs };
    }
  }
}
