import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs `use` with the folder of a built page, whether or not this checkout's own is built: the template depends on it. */
export function withBuiltSite<T>(use: (built: string) => T): T {
  const built = mkdtempSync(join(tmpdir(), 'hello-websocket-site-'));
  try {
    writeFileSync(join(built, 'index.html'), '');
    return use(built);
  } finally {
    rmSync(built, { recursive: true });
  }
}
