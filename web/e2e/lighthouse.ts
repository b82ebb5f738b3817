// `npm run lighthouse`: how Lighthouse judges the built page on a phone as it imagines one, under the headers of the deployment.
// Prints the four scores, and for each point that is missing what it is missing for.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import lighthouse, { type Result } from 'lighthouse';
import { chrome, flags } from './chrome.ts';
import npmStart from './npm-start.ts';
import { published } from './stack.ts';

/** The four that are about a page for people. */
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const REPORT = join(import.meta.dirname, '../../test-results/lighthouse.json');

/** Starts Chrome on any port for DevTools. */
async function startChrome(): Promise<{ port: number; stop: () => Promise<void> }> {
  const profile = await mkdtemp(join(tmpdir(), 'lighthouse-'));
  const args = [...flags, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'];
  const child = spawn(await chrome(), args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const exit = new Promise((resolve) => child.once('exit', resolve));
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exit;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  for await (const line of createInterface({ input: child.stderr })) {
    const port = /^DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(line)?.[1];
    if (port !== undefined) {
      child.stderr.resume(); // Nobody reads on; what it prints must not fill the pipe.
      return { port: Number(port), stop };
    }
  }
  await stop();
  throw new Error('Chrome ended before it listened');
}

/** The score of each category, and what takes points from it. */
function* lines({ categories, audits }: Result): Generator<string> {
  for (const { title, score, auditRefs } of Object.values(categories)) {
    yield `${String(Math.round((score ?? 0) * 100)).padStart(3)} ${title}`;
    for (const { id, weight } of auditRefs) {
      const audit = audits[id];
      if (weight === 0 || audit?.score === null || audit?.score === undefined || audit.score === 1) continue;
      const value = audit.displayValue === undefined ? '' : `: ${audit.displayValue}`;
      yield `      ${audit.title}${value} (${Math.round(audit.score * 100)} of 100, weight ${weight})`;
    }
  }
}

const stop = await npmStart();
try {
  const browser = await startChrome();
  try {
    const ran = await lighthouse(published().page, {
      port: browser.port,
      logLevel: 'error',
      onlyCategories: CATEGORIES,
    });
    if (ran === undefined) throw new Error('Lighthouse has no result');
    if (ran.lhr.runtimeError) throw new Error(ran.lhr.runtimeError.message);
    await mkdir(join(REPORT, '..'), { recursive: true });
    await writeFile(REPORT, JSON.stringify(ran.lhr));
    for (const line of lines(ran.lhr)) process.stdout.write(`${line}\n`);
    process.stdout.write(`\nLighthouse ${ran.lhr.lighthouseVersion}, mobile; all of it: ${REPORT}\n`);
  } finally {
    await browser.stop();
  }
} finally {
  await stop();
}
