import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const ROWS = readFileSync(join(import.meta.dirname, 'PARITY.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| [A-Z]\d+ \|/.test(line))
  .map((line) => {
    const [id = '', , source = '', here = ''] = line.slice(2, -2).split(' | ');
    return { id, letter: id.slice(0, 1), number: Number(id.slice(1)), source, here };
  });

/** Everything that `pattern` finds in the sources of one kind. */
async function found(files: string, pattern: RegExp): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const file of glob(files, { cwd: ROOT })) {
    for (const [, id = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(pattern)) ids.add(id);
  }
  return ids;
}

describe('PARITY.md', () => {
  it('has each number once, and its sections in order', () => {
    expect(ROWS.length).toBeGreaterThan(100);
    for (const [index, { id, letter, number }] of ROWS.entries()) {
      const before = ROWS[index - 1];
      if (before?.letter === letter) expect(number).withContext(id).toBeGreaterThan(before.number);
      else
        expect(ROWS.slice(0, index).map((row) => row.letter))
          .withContext(id)
          .not.toContain(letter);
    }
  });

  it('says on its first screen, as the README does, that we have measured nothing on AWS', () => {
    for (const file of [join(import.meta.dirname, 'PARITY.md'), join(ROOT, '../README.md')]) {
      const [, beginning = ''] = /^((?:.*\n){1,8})/.exec(readFileSync(file, 'utf8')) ?? [];
      expect(beginning)
        .withContext(file)
        .toMatch(/None of it has been measured on AWS by us\./);
    }
  });

  it('has a source for each row, and yes, default or no', () => {
    for (const { id, source, here } of ROWS) {
      expect(source).withContext(id).not.toBe('');
      expect(here)
        .withContext(id)
        .toMatch(/^(yes|default|no)\b/);
    }
  });

  it('has a row for each number that the code cites', async () => {
    const cited = await found('{local,conformance}/**/*.ts', /PARITY ([A-Z]\d+)/g);
    const known = new Set(ROWS.map(({ id }) => id));
    expect([...cited].filter((id) => !known.has(id))).toEqual([]);
  });

  it('has a spec that cites each row which is not marked no', async () => {
    const specs = await found('{local,conformance}/**/*.spec.ts', /(?:\[|')([A-Z]\d+)(?:\]|')/g);
    const checks = await found('conformance/checks/*.ts', /'([A-Z]\d+)'/g);
    const uncited = ROWS.filter(
      ({ id, here }) => !here.startsWith('no') && !specs.has(id) && !checks.has(id),
    ).map(({ id }) => id);
    expect(uncited).toEqual([]);
  });
});
