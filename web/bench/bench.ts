// `npm run bench:web`: the page as it is deployed, in Chrome, while a lot goes on. The figures are measured in the browser;
// the server shares its processors.
import { cpus } from 'node:os';
import { chromium } from '@playwright/test';
import { chrome, flags } from '../e2e/chrome.ts';
import { Crowd } from './crowd.ts';
import { type Figure, keeps, lineOf } from './figures.ts';
import { firstId, initialTransfer } from './first-load.ts';
import { flood } from './flood.ts';
import { Stage } from './stage.ts';

const TIMES = 5;

const print = (line = ''): void => void process.stdout.write(`${line}\n`);

const stage = await Stage.start();
const crowd = await Crowd.start();
const browser = await chromium.launch({
  executablePath: await chrome(),
  args: flags.filter((flag) => !flag.startsWith('--headless')),
});
try {
  print(`${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, Chrome ${browser.version()}\n`);
  await firstId(browser, stage.page); // The functions are loaded once.
  const ids: number[] = [];
  for (let time = 0; time < TIMES; time++) ids.push(await firstId(browser, stage.page));
  const median = ids.sort((a, b) => a - b)[Math.floor(TIMES / 2)] ?? Infinity;
  const transfer = await initialTransfer(stage.page);
  const figures: readonly Figure[] = [
    {
      name: 'first loaded scripts and styles, as well as Brotli can',
      value: transfer.code,
      unit: 'kB',
      limit: { atMost: 95 },
    },
    { name: 'first loaded in all, as it is served', value: transfer.served, unit: 'kB' },
    {
      name: `own id on screen since navigation, median of ${TIMES}`,
      value: median,
      unit: 'ms',
      limit: { atMost: 1000 },
    },
    ...(await flood(browser, stage.page, crowd)),
  ];
  for (const figure of figures) print(lineOf(figure));
  process.exitCode = figures.every(keeps) ? 0 : 1;
} finally {
  await browser.close();
  await crowd.stop();
  await stage.stop();
}
