import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { memoryFolder } from '../src/files/run-folder/fixtures/memory-folder';
import { serverOf } from '../src/serve/server.mjs';

let root: string;
let server: Server;
let port = 0;

async function serve() {
  server = serverOf({ dist: 'dist', watch: join(root, 'run'), inbox: join(root, 'inbox') });
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  port = (server.address() as AddressInfo).port;
}
const stop = () =>
  new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });

test.beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'watched-'));
  port = 0;
  await serve();
});
test.afterEach(async () => {
  await stop();
  await rm(root, { recursive: true, force: true });
});

/** Writes what is new of a folder in memory, the manifest first, tables last: as a job does. */
async function write({ files }: ReturnType<typeof memoryFolder>) {
  const order = (name: string) => (name === 'manifest.json' ? 0 : name.endsWith('.npy') ? 1 : 2);
  for (const [name, bytes] of [...files].sort(([a], [b]) => order(a) - order(b))) {
    await mkdir(dirname(join(root, 'run', name)), { recursive: true });
    await writeFile(join(root, 'run', name), bytes);
  }
}

const panel = (page: Page) => page.getByRole('region', { name: 'Watching' });

test('a job that writes its folder is watched: runs, rows and frames as they come, faults in words', async ({
  page,
}) => {
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto(`http://localhost:${port}/`);
  await expect(panel(page)).toContainText('No run is there');
  const job = memoryFolder();
  job.manifest({ references: [{ name: 'batch value', part: 'validation', metric: 'rmse', value: 0.9 }] });
  job.append('users.ndjson', '{"id":"7"}\n{"id":"8"}\n');
  job.append('items.ndjson', '{"id":"x","title":"Film X"}\n');
  job.frame(0, 0.5);
  job.line({ step: 0, frame: 0, mean: 3, observations: 0, validationRmse: 1.5 });
  await write(job);
  await expect(panel(page)).toContainText('Being written');
  await expect(panel(page)).toContainText(/Job\s*batch 0/);
  await expect(page.getByTestId('summary')).toContainText('mine · 2 × 1');
  await expect(page.getByRole('heading', { name: 'Job' })).toBeVisible();

  // Two more users, and a frame of theirs.
  job.manifest({}, { userCount: 4 });
  job.append('users.ndjson', '{"id":"9"}\n{"id":"10"}\n');
  job.frame(1, 1, 4);
  job.line({ step: 3, frame: 1, mean: 3, observations: 12, validationRmse: 1.25 });
  await write(job);
  await expect(panel(page)).toContainText(/Job\s*batch 3/);
  await expect(page.getByTestId('summary')).toContainText('mine · 4 × 1');

  // Who comes late sees all of it, and what was seen can be looked at again.
  await page.reload();
  await expect(panel(page)).toContainText(/Job\s*batch 3/);
  await page.getByRole('button', { name: /^Runs/ }).click();
  await expect(page.getByRole('dialog', { name: 'Runs' })).toContainText('validation 1.25');
  await page.keyboard.press('Escape');

  // The server goes and comes back; the folder goes and another one comes.
  await stop();
  await expect(panel(page)).toContainText('Out of reach');
  await serve();
  job.line({ step: 4 });
  await write(job);
  await expect(panel(page)).toContainText(/Job\s*batch 4/);
  await rm(join(root, 'run'), { recursive: true });
  await expect(panel(page)).toContainText('No run is there');
  const other = memoryFolder();
  other.manifest({ state: 'failed', why: 'no space left' });
  other.frame(0, 2);
  other.line({ step: 0, frame: 0 });
  await write(other);
  await expect(panel(page)).toContainText('Its job failed: no space left');
  await expect(panel(page)).toContainText(/Job\s*batch 0/);

  // What is damaged is said, and what was seen stays.
  other.frame(1, Number.NaN);
  other.line({ step: 1, frame: 1 });
  await write(other);
  await expect(panel(page)).toContainText('Given up: a value in it is out of bounds');
  await expect(page.getByTestId('summary')).toContainText('mine · 2 × 1');
  await panel(page).getByRole('button', { name: 'Stop watching' }).click();
  await expect(panel(page)).toHaveCount(0);
  expect(errors).toEqual([]);
});

test('runs of the ratings on the stage stand beside those of the tab, row by row', async ({ page }) => {
  await page.goto(`http://localhost:${port}/?watch`);
  const rows = Array.from({ length: 40 }, (_, i) => `u${i % 8},f${(i * 3) % 10},${1 + (i % 5)}`);
  await page.getByLabel('Open a ratings file or a picture').setInputFiles({
    ...{ name: 'mine.csv', mimeType: 'text/csv' },
    buffer: Buffer.from(['user,item,rating', ...rows].join('\n')),
  });
  await expect(page.getByTestId('summary')).toContainText('mine.csv · 8 × 10');
  const job = memoryFolder();
  job.manifest();
  job.append('users.ndjson', '{"id":"u5"}\n{"id":"u2"}\n');
  job.append('items.ndjson', '{"id":"f9"}\n');
  job.frame(0, 0.5);
  job.line({ step: 0, frame: 0, mean: 3, validationRmse: 1.5 });
  await write(job);
  await expect(panel(page)).toContainText('stand beside those of this tab');
  await expect(page.getByTestId('summary')).toContainText('mine.csv · 8 × 10');
  await expect(page.getByRole('heading', { name: 'Job' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'ALS', exact: true })).toBeVisible();
  // Other ratings, without these names: the folder has nothing to stand beside, and is told from its beginning.
  await page.getByLabel('Open a ratings file or a picture').setInputFiles({
    ...{ name: 'other.csv', mimeType: 'text/csv' },
    buffer: Buffer.from(['user,item,rating', ...rows.map((row) => `v${row}`)].join('\n')),
  });
  await expect(panel(page)).toContainText('Its ratings are not here');
  await expect(page.getByTestId('summary')).toContainText('mine · 2 × 1');
});
