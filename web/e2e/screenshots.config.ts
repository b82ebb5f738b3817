// `npm run screenshots`: pictures of each named state of the page, to look at. `-- -g reconnecting` takes those of one.
import { defineConfig } from '@playwright/test';
import config from './playwright.config.ts';

export default defineConfig({ ...config, testMatch: 'screenshots.ts', timeout: 120_000 });
