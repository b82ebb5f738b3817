import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const STYLESHEET = /<link rel="stylesheet" href="([^"/:]+\.css)"\s*\/?>/g;

const SCRIPT = /<(?:link rel="modulepreload" href|script src)="[^"]+"/g;

/**
 * The page's HTML with its stylesheets in it, so that what it shows at once waits for no second answer; and not for the
 * scripts either, which are fetched after whatever else it may name.
 */
export function pageHtml(built: string): string {
  const html = readFileSync(join(built, 'index.html'), 'utf8');
  return html
    .replaceAll(STYLESHEET, (_, name: string) => {
      return `<style>${readFileSync(join(built, name), 'utf8').trim()}</style>`;
    })
    .replaceAll(SCRIPT, '$& fetchpriority="low"');
}

const INLINE_SCRIPT = /<script>(.*?)<\/script>/gs;

/** What lets the scripts that stand in this HTML run, and no others: sources of a Content-Security-Policy's `script-src`. */
export function scriptSources(html: string): string[] {
  return [...html.matchAll(INLINE_SCRIPT)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
}
