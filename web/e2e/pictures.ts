// Takes the pictures of the README: `node web/e2e/pictures.ts <page url>`, while `npm start` runs.
import { join } from 'node:path';
import { chromium, expect } from '@playwright/test';
import { chrome, flags } from './chrome.ts';
import { Peer } from './peer.ts';
import { Terminal } from './terminal.ts';

const [pageUrl] = process.argv.slice(2);
if (pageUrl === undefined) throw new Error('Usage: node web/e2e/pictures.ts <page url>');
const folder = join(import.meta.dirname, 'pictures');
const room = 'lobby';

const { webSocketUrl } = (await (await fetch(new URL('config.json', pageUrl))).json()) as {
  webSocketUrl: string;
};
const tess = new Terminal(webSocketUrl, { room, name: 'Tess' });
const browser = await chromium.launch({
  executablePath: await chrome(),
  args: flags.filter((flag) => !flag.startsWith('--headless')),
});
try {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 2,
    locale: 'en',
  });
  const ada = await (await Peer.open(context, { page: pageUrl, room, name: 'Ada' })).connected();
  const grace = await (await Peer.open(context, { page: pageUrl, room, name: 'Grace' })).connected();

  await ada.select('Tess');
  await ada.send('Hello Tess, glad you found the way in.');
  await tess.shows('Hello Tess, glad you found the way in.');
  await ada.select('Grace');
  await grace.select('Ada');
  let said = 0;
  for (const [speaker, hearer, text] of [
    [grace, ada, 'Hi Ada! I opened the page in a second window, and there you were.'],
    [ada, grace, 'Hi Grace! It took one command: npm start.'],
    [grace, ada, 'No AWS account, no Docker? So who carries this message?'],
    [
      ada,
      grace,
      'The same four functions that we deploy.\nThe local runner reads them from the CDK template.',
    ],
    [grace, ada, 'Nice. And Tess is in a plain terminal with wscat.'],
    [ada, grace, 'Yes, she just wrote to me. Same API, same route.'],
  ] as const) {
    await speaker.send(text);
    said += 1;
    await expect(hearer.messages).toHaveCount(said);
  }
  tess.send('Hello from a terminal', await ada.ownId());
  await expect(ada.listed('Tess')).toContainText('1 unread');

  await ada.field.fill('Shall we deploy it?');
  await ada.page.mouse.move(0, 0);

  for (const colorScheme of ['light', 'dark'] as const) {
    await ada.page.emulateMedia({ colorScheme });
    await ada.page.screenshot({ path: join(folder, `page-${colorScheme}.png`), animations: 'disabled' });
  }
} finally {
  await browser.close();
  await tess.leave();
}
