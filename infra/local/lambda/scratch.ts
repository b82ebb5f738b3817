import { createHash } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Map<string, string>();

/**
 * A temporary folder that `fill` has filled with what `content` holds: the same one for the same content, and gone when
 * this process ends.
 */
export function folderFor(content: string | Uint8Array, fill: (folder: string) => void): string {
  const digest = createHash('sha256').update(content).digest('hex');
  const known = folders.get(digest);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'hello-websocket-local-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  fill(folder);
  folders.set(digest, folder);
  return folder;
}
