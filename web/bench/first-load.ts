import { once } from 'node:events';
import { get } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync } from 'node:zlib';
import type { Browser } from '@playwright/test';

/** From navigation until one's own id is on the screen, with nothing in the browser's cache, in milliseconds. */
export async function firstId(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  try {
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (!document.querySelector('output.id')) return;
        observer.disconnect();
        requestAnimationFrame(() => performance.mark('first id'));
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(url);
    await page.waitForFunction(() => performance.getEntriesByName('first id').length > 0);
    return await page.evaluate(() => performance.getEntriesByName('first id')[0]?.startTime ?? Infinity);
  } finally {
    await context.close();
  }
}

/**
 * How much comes over the network before the page runs, as it is served to a browser that takes Brotli, in kB: what its
 * HTML names, and what its modules import at once, whether the HTML names it or not.
 */
export async function initialTransfer(url: string): Promise<number> {
  const sizes = new Map<string, number>();
  const add = async (name: string): Promise<void> => {
    if (sizes.has(name)) return;
    sizes.set(name, 0);
    const { body, isBrotli } = await served(new URL(name, url).href);
    sizes.set(name, body.length);
    const text = (isBrotli ? brotliDecompressSync(body) : body).toString();
    await Promise.all(namedIn(text, name === '').map(add));
  };
  await add('');
  return [...sizes.values()].reduce((sum, size) => sum + size, 0) / 1000;
}

/** The files of the page that its HTML, or the head of one of its modules, names. */
const namedIn = (text: string, isHtml: boolean): readonly string[] =>
  [
    ...text.matchAll(
      isHtml
        ? /(?:src|href)="([^":]+\.(?:js|css|woff2|svg))"/g
        : /(?:from|import)\s*["']\.\/([^"']+\.js)["']/g,
    ),
  ].map(([, name = '']) => name);

/** A body as it came, which `fetch` would decompress. */
async function served(url: string): Promise<{ readonly body: Buffer; readonly isBrotli: boolean }> {
  const request = get(url, { headers: { 'accept-encoding': 'br' } });
  const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
  if (response.statusCode !== 200) throw new Error(`${url} was answered with ${response.statusCode ?? 0}.`);
  return { body: await buffer(response), isBrotli: response.headers['content-encoding'] === 'br' };
}
