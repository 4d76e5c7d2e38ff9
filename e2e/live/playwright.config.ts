import { defineConfig } from '@playwright/test';
import base from '../playwright.config';

/** For what needs a job that is being learnt, and a server that watches it: the tests of spark/ start both, and say where. */
const { webServer: _, ...rest } = base;
export default defineConfig({
  ...{ ...rest, testIgnore: [], reporter: 'list' },
  testDir: '.',
  outputDir: '../../.cache/e2e-live',
  use: { ...base.use, baseURL: process.env.LIVE_URL },
});
