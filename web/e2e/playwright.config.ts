import { defineConfig } from '@playwright/test';
import { chrome, flags } from './chrome.ts';
import type { Options } from './fixtures.ts';
import { published } from './stack.ts';

export default defineConfig<Options>({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results',
  globalSetup: './npm-start.ts',
  // The tests share one stack, and each has rooms of its own in it; two cores are busy with less.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    // The processes that run tests read this file anew, after the global setup.
    stack: published(),
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    locale: 'en',
    // A trace tells what was on the page without pictures, too, which cost a quarter of the time.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath: await chrome(),
      // Playwright chooses headless itself.
      args: flags.filter((flag) => !flag.startsWith('--headless')),
    },
  },
});
