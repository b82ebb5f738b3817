import { createHash } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folders by what they hold, and all that were made, also those that could not be filled. */
const folders = new Map<string, string>();
const made: string[] = [];

function removeAll(): void {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
}

/**
 * A temporary folder that `fill` has filled with what `content` holds: the same one for the same content, and gone when
 * this process ends.
 */
export function folderFor(content: string | Uint8Array, fill: (folder: string) => void): string {
  const digest = createHash('sha256').update(content).digest('hex');
  const known = folders.get(digest);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'hello-websocket-local-'));
  // One listener for all: Node.js warns of more than ten.
  if (made.length === 0) process.once('exit', removeAll);
  made.push(folder);
  fill(folder);
  folders.set(digest, folder);
  return folder;
}
