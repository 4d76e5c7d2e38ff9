import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { expect, test } from '@playwright/test';
import { launch } from 'puppeteer-core';
import { Builder, Capabilities } from 'selenium-webdriver';
import { readRunFile } from '../src/files/run-file/read';
import { digestOfFactors, digestOfTable, recorded, recordedColumns } from '../src/fixtures/bits/digests';
import { type Asked, type Walked, walk } from './engine-walk';

/**
 * Other engines than Playwright's: Debian's own Firefox, over WebDriver BiDi, and its WebKitGTK, over WebDriver. They
 * come to the same bits. Which of them are here, .ci/test.mjs finds out.
 */

const [race, stream] = ['portrait, complete, as by default', 'stream by time'].map((name) => {
  const found = recorded().find((one) => one.name.startsWith(name));
  if (!found) throw new Error(`no bits of ${name}`);
  return found;
});
const csv = [
  'user,item,rating',
  ...Array.from({ length: 400 }, (_, i) => `${i % 40},${i % 29},${1 + (i % 5)}`),
];

function asked(): Asked {
  const said = new URLSearchParams(race.link);
  const unit = (method: string) => Number(said.get(method)?.split(',')[0]);
  return {
    ...{ race: `#${race.link}`, stream: `#${stream.link}`, csv: csv.join('\n') },
    raceSays: [`iteration ${unit('als') / 2} `, `${unit('sgd').toLocaleString('en')} seen`],
    streamSays: `Batch ${new URLSearchParams(stream.link).get('stream.batch')} of `,
  };
}

async function isSameAs(walked: Walked) {
  const bytes = (base64: string) => Buffer.from(base64, 'base64');
  const opened = await readRunFile(new Blob([bytes(walked.runs)]));
  if (!opened.ok) throw new Error(opened.problem.code);
  const frames = opened.runs.map(({ config, snapshots }) => [
    config.method,
    digestOfFactors(snapshots[snapshots.length - 1]),
  ]);
  const { 'factors als': als, 'factors sgd': sgd } = race.bits;
  expect(Object.fromEntries(frames)).toEqual({ als, sgd });
  const errors = digestOfTable(recordedColumns(bytes(walked.stream).toString()));
  expect(errors).toBe(stream.bits['table errors, cold pairs bias']);
  expect(walked.file).toContain('mine.csv · 40 × 29 · 400 ratings');
  expect(bytes(walked.factors).toString().split('\n').length).toBeGreaterThan(40);
}

const started: ChildProcess[] = [];
test.afterEach(() => {
  for (const child of started.splice(0)) child.kill();
});

const port = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

async function untilItAnswers(url: string) {
  await expect
    .poll(() =>
      fetch(url).then(
        ({ ok }) => ok,
        () => false,
      ),
    )
    .toBe(true);
}

const { FIREFOX_PATH, WEBKIT_DRIVER_PATH, WEBKIT_PATH, XVFB_PATH } = process.env;

if (FIREFOX_PATH)
  test('Firefox: first picture, race, stream, file and exports, to the same bits', async ({ baseURL }) => {
    const firefox = await launch({
      ...{
        browser: 'firefox',
        executablePath: FIREFOX_PATH,
        headless: true,
        timeout: 120_000,
      },
      protocolTimeout: 280_000,
      extraPrefsFirefox: { 'ui.prefersReducedMotion': 1 },
    });
    try {
      const page = await firefox.newPage();
      await page.goto(`${baseURL}/`);
      const walked = await page.evaluate(walk, asked());
      expect(walked.isIsolated).toBe(true);
      await isSameAs(walked);
    } finally {
      await firefox.close();
    }
  });

if (WEBKIT_PATH)
  test('WebKit: first picture, race, stream, file and exports, to the same bits', async ({ baseURL }) => {
    const [screen, at] = [await port(), await port()];
    const display = `:${100 + (screen % 900)}`;
    started.push(spawn(XVFB_PATH ?? 'no Xvfb', [display, '-screen', '0', '1440x900x24', '-nolisten', 'tcp']));
    const env = {
      ...process.env,
      DISPLAY: display,
      GDK_BACKEND: 'x11',
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    };
    started.push(spawn(WEBKIT_DRIVER_PATH ?? 'no WebKit', [`--port=${at}`], { env }));
    const server = `http://127.0.0.1:${at}`;
    await untilItAnswers(`${server}/status`);
    const wanted = new Capabilities({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: WEBKIT_PATH, args: ['--automation'] },
    });
    const webkit = await new Builder().usingServer(server).withCapabilities(wanted).build();
    try {
      await webkit.manage().setTimeouts({ script: 280_000 });
      await webkit.get(`${baseURL}/`);
      const walked = await webkit.executeAsyncScript<Walked | { error: string }>(
        `const [asked, done] = arguments;
        (${walk})(asked).then(done, (error) => done({ error: String(error) }));`,
        asked(),
      );
      if ('error' in walked) throw new Error(walked.error);
      await isSameAs(walked);
    } finally {
      await webkit.quit();
    }
  });
