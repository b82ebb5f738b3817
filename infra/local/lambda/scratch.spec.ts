import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Makes folders, of which two hold the same, and tells them. */
const MAKE = `
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderFor } from ${JSON.stringify(join(import.meta.dirname, 'scratch.ts'))};
const contents = [...Array.from({ length: 20 }, (_, index) => 'function ' + index), 'function 0'];
const folders = contents.map((content) => folderFor(content, (folder) => writeFileSync(join(folder, 'index.js'), content)));
console.log(JSON.stringify(folders.filter((folder) => existsSync(join(folder, 'index.js')))));
`;

describe('Temporary folders for code', () => {
  it('are one for each content, and go with the process, which is not warned of so many', () => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', MAKE], {
      encoding: 'utf8',
    });
    const folders = JSON.parse(stdout) as string[];
    expect(folders.length).toBe(21);
    expect(new Set(folders).size).toBe(20);
    expect(folders.filter((folder) => existsSync(folder))).toEqual([]);
    expect(stderr).toBe('');
  });
});
