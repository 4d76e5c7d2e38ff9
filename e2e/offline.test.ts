import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { serverOf } from '../src/serve/server.mjs';

test.use({ serviceWorkers: 'allow' });

let dist: string;
let server: Server;
let port = 0;

async function serve() {
  server = serverOf({ dist });
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  port = (server.address() as AddressInfo).port;
}
const goDown = () =>
  new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });

test.beforeEach(async () => {
  dist = await mkdtemp(join(tmpdir(), 'built-'));
  await cp('dist', dist, { recursive: true });
  port = 0;
  await serve();
});
test.afterEach(async () => {
  await goDown();
  await rm(dist, { recursive: true, force: true });
});

const als = (page: Page) => page.getByRole('region', { name: 'ALS run' });

/** Opens the page, and waits until all of the app is kept. */
async function visit(page: Page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`http://localhost:${port}/`);
  await expect(als(page)).toContainText('iteration 0');
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
}

async function save(page: Page, name: string | RegExp) {
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name }).click();
  return (await (await download).path()).length > 0;
}

test('after one visit all of it works without a network: files, exports, the stream lab, a reload', async ({
  page,
}) => {
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await visit(page);
  await goDown();
  await page.getByRole('button', { name: 'Step' }).click();
  await expect(als(page)).toContainText('iteration 1');
  expect(await save(page, 'Factors CSV')).toBe(true);
  const rows = Array.from({ length: 60 }, (_, i) => `${i % 12},${i % 7},${1 + (i % 5)}`);
  const csv = ['user,item,rating', ...rows].join('\n');
  await page
    .getByLabel('Open a ratings file or a picture')
    .setInputFiles({ name: 'mine.csv.gz', mimeType: 'application/gzip', buffer: gzipSync(csv) });
  await expect(page.getByTestId('summary')).toContainText('12 × 7 · 60 ratings');
  await page.reload();
  await expect(als(page)).toContainText('iteration 0');
  await page.getByText('Stream lab').click();
  await expect(page.getByRole('region', { name: 'Stream transport' })).toContainText('Batch 0 of');
  expect(errors).toEqual([]);
  await serve();
});

/** Publishes another version: another title, the parts of the one before gone or under other names. */
async function publish(title: string) {
  const renamed: [string, string][] = [];
  for (const file of await readdir(join(dist, 'assets')))
    if (/^export-menu-.*\.js$/.test(file)) renamed.push([file, `export-menu-${title}.js`]);
  for (const [from, to] of renamed) await rename(join(dist, 'assets', from), join(dist, 'assets', to));
  const named = (text: string) => renamed.reduce((all, [from, to]) => all.replaceAll(from, to), text);
  for (const file of await readdir(join(dist, 'assets')))
    if (file.endsWith('.js')) {
      const path = join(dist, 'assets', file);
      await writeFile(path, named(await readFile(path, 'utf8')));
    }
  const page = await readFile(join(dist, 'index.html'), 'utf8');
  await writeFile(join(dist, 'index.html'), page.replace(/<title>.*<\/title>/, `<title>${title}</title>`));
  const worker = named(await readFile(join(dist, 'sw.js'), 'utf8'));
  const told = worker.replace(/("url":"\/","revision":")\w+"/, `$1${title}"`);
  expect(told).not.toBe(worker);
  await writeFile(join(dist, 'sw.js'), told);
}

/** As when the page is looked at again. */
const lookAgain = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

test('a new version waits until it is wanted: parts of the old one still come, and runs go on', async ({
  page,
}) => {
  await visit(page);
  await goDown();
  await publish('Next');
  await serve();
  await lookAgain(page);
  const notice = page.getByText('There is a new version of Factorscope');
  await expect(notice).toBeVisible();
  await page.getByRole('button', { name: 'Step' }).click();
  await expect(als(page)).toContainText('iteration 1');
  expect(await save(page, 'Factors CSV')).toBe(true);
  await expect(page).toHaveTitle('Factorscope');
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page).toHaveTitle('Next');
  await expect(als(page)).toContainText('iteration 0');
  expect(await save(page, 'Factors CSV')).toBe(true);
});

test('with two tabs open the new version waits for the other to close', async ({ page, context }) => {
  await visit(page);
  const other = await context.newPage();
  await visit(other);
  await goDown();
  await publish('Next');
  await serve();
  await lookAgain(page);
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByText('waits until 1 other tab with Factorscope is closed')).toBeVisible();
  expect(await save(other, 'Factors CSV')).toBe(true);
  await other.close();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page).toHaveTitle('Next');
});

test('a file that another app shares is opened, and one that is opened with the app in the file manager', async ({
  page,
}) => {
  await visit(page);
  // Another app: what it shares comes as a form, which a page elsewhere can send too.
  await page.route('http://other.test/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form action="http://localhost:${port}/share" method="post" enctype="multipart/form-data"><input type="file" name="files"><button>Share</button></form>`,
    }),
  );
  await page.goto('http://other.test/');
  const rows = Array.from({ length: 60 }, (_, i) => `${i % 12},${i % 7},${1 + (i % 5)}`).join('\n');
  const csv = {
    name: 'my ratings.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`user,item,rating\n${rows}`),
  };
  await page.locator('input').setInputFiles(csv);
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByTestId('summary')).toContainText('my ratings.csv · 12 × 7 · 60 ratings');
  expect(await page.evaluate(() => caches.has('shared-files'))).toBe(false);
  await page.addInitScript(() => {
    const consume = (consumer: (launch: unknown) => void) =>
      consumer({ files: [{ getFile: async () => new File(['u,i,r\n1,1,5\n1,2,3\n2,1,4'], 'tiny.csv') }] });
    Object.defineProperty(window, 'launchQueue', { value: { setConsumer: consume } });
  });
  await page.goto(`http://localhost:${port}/`);
  await expect(page.getByText('tiny.csv').first()).toBeVisible();
});

test('everything that is in the bundles is named with its licence beside the page', async ({ request }) => {
  const notices = await (await request.get(`http://localhost:${port}/third-party-notices.txt`)).text();
  const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'));
  const missing = Object.keys(dependencies).filter(
    (name) => !notices.includes(`\n${name} `) && !notices.startsWith(`${name} `),
  );
  expect(missing).toEqual([]);
});
