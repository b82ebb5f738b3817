// `npm run check:i18n`: extracts every text of the page, and fails unless each is translated and every translation is of one.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compare, type Texts } from './compare.ts';

const project = join(import.meta.dirname, '../..');
const LANGUAGE = 'web/src/locale/ja.json';

/** How each kind of finding is mended. */
const HEADINGS = {
  missing: `Translate these, and put them into ${LANGUAGE}:`,
  placeholders: `The translations of these must have the same {$…} in them, in any order:`,
  stale: `The page says these no more: take them out of ${LANGUAGE}.`,
} as const;

const folder = await mkdtemp(join(tmpdir(), 'hello-websocket-texts-'));
try {
  const findings = compare(await extracted(), await textsIn(join(project, LANGUAGE)));
  for (const what of ['missing', 'placeholders', 'stale'] as const) {
    const found = findings.filter((finding) => finding.what === what);
    if (found.length === 0) continue;
    console.error(`${HEADINGS[what]}\n`);
    for (const { id, text } of found) console.error(`    ${JSON.stringify(id)}: ${JSON.stringify(text)},`);
    console.error('');
  }
  if (findings.length > 0) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}

/** The texts of the page in English. */
async function extracted(): Promise<Texts> {
  const ng = join(project, 'node_modules/@angular/cli/bin/ng.js');
  await promisify(execFile)(process.execPath, [ng, 'extract-i18n', '--output-path', folder], {
    cwd: project,
  });
  return textsIn(join(folder, 'messages.json'));
}

async function textsIn(path: string): Promise<Texts> {
  const content: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!isTranslated(content)) throw new Error(`${path} has no "translations" that are all texts.`);
  return content.translations;
}

function isTranslated(content: unknown): content is { readonly translations: Texts } {
  if (typeof content !== 'object' || content === null || !('translations' in content)) return false;
  const { translations } = content;
  if (typeof translations !== 'object' || translations === null) return false;
  return Object.values(translations).every((text) => typeof text === 'string');
}
