import { defineConfig } from '@playwright/test';

/** Another one lets two checkouts be tested at once. */
const port = Number(process.env.E2E_PORT ?? 4179);
/** Keeps the browser from calling anywhere; as root, Chromium needs its sandbox off to start at all. */
const flags = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  testDir: '.',
  // Needs a Spark job: run by the tests of spark/.
  testIgnore: 'live/**',
  outputDir: '../.cache/e2e',
  // States are waited for, however slow the machine, and never for a time: what never comes fails all the same.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  // Most of a test waits for a state, and lets another one go on meanwhile.
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: '../.cache/e2e.json' }]],
  use: {
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1440, height: 900 },
    // What it keeps could not be missing, late or damaged, as many tests have it; e2e/offline.test.ts is about it.
    serviceWorkers: 'block',
    launchOptions: {
      args: flags,
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
    },
  },
  webServer: {
    command: `node src/serve/start.mjs --no-build --port ${port}`,
    cwd: '..',
    port,
    reuseExistingServer: false,
  },
});
