import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NOT_BUILT, refuseUnbuilt } from './built-page.ts';

describe('The built page', () => {
  let project: string;
  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), 'built-page-'));
  });
  afterEach(() => rm(project, { recursive: true, force: true }));

  it('is asked for where it is not', async () => {
    await mkdir(join(project, 'dist/local'), { recursive: true });
    expect(() => {
      refuseUnbuilt(project);
    }).toThrowError(NOT_BUILT);
  });

  it('is taken where ng build leaves it', async () => {
    await mkdir(join(project, 'dist/web/browser'), { recursive: true });
    expect(() => {
      refuseUnbuilt(project);
    }).not.toThrow();
  });
});
