import { once } from 'node:events';
import { get } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import type { Browser } from '@playwright/test';

/** What has fewer bytes is served as it is. */
const SMALLEST = 1000;

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

/** What a browser that takes Brotli fetches before the page runs, in kB. */
export interface Transfer {
  /** All of it, as it is served: how hard a server compresses is its own affair. */
  readonly served: number;
  /** The scripts and the styles, compressed as well as Brotli can: what `ng build` tells, and its budget limits. */
  readonly code: number;
}

/** How much comes over the network before the page runs: what its HTML names, and what its modules import at once, named or not. */
export async function initialTransfer(url: string): Promise<Transfer> {
  const sizes = new Map<string, Transfer>();
  const add = async (name: string): Promise<void> => {
    if (sizes.has(name)) return;
    sizes.set(name, { served: 0, code: 0 });
    const { body, isBrotli } = await served(new URL(name, url).href);
    const plain = isBrotli ? brotliDecompressSync(body) : body;
    sizes.set(name, {
      served: body.length / 1000,
      code: codeIn(name, plain).length / 1000,
    });
    await Promise.all(namedIn(plain.toString(), name === '').map(add));
  };
  await add('');
  const sum = (of: keyof Transfer): number =>
    [...sizes.values()].reduce((total, size) => total + size[of], 0);
  return { served: sum('served'), code: sum('code') };
}

/** A script as well as Brotli can, and of HTML the styles in it; what is small is not compressed. */
function codeIn(name: string, plain: Buffer): Buffer {
  const styles = /<style>(.*?)<\/style>/s.exec(plain.toString())?.[1] ?? '';
  const code = name === '' ? Buffer.from(styles) : /\.(?:js|css)$/.test(name) ? plain : Buffer.alloc(0);
  return code.length < SMALLEST ? code : brotliCompressSync(code);
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
