import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { readRunFile } from '../src/files/run-file/read';
import {
  digestOfFactors,
  digestOfPicture,
  digestOfTable,
  type Recorded,
  recorded,
  recordedColumns,
  savedRuns,
  savedRunsAt,
} from '../src/fixtures/bits/digests';

/** The browser comes to the bits that Node comes to, and run files of before open. See src/bits.test.ts. */
const links = recorded();

const chip = (page: Page, name: string) => page.getByRole('region', { name: `${name} run` });
const picker = (page: Page) => page.getByLabel('Open a ratings file or a picture');

test.beforeEach(async ({ page }) => {
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
});

/** Does what ends in a download: its bytes. */
async function downloaded(page: Page, act: () => Promise<void>): Promise<Buffer<ArrayBuffer>> {
  const waiting = page.waitForEvent('download');
  await act();
  return Buffer.from(await readFile(await (await waiting).path()));
}

async function choose(page: Page, item: string | RegExp) {
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

/** Digests of the newest frame of every run there is, by its method. */
async function newestFrames(page: Page): Promise<(readonly [method: string, digest: string])[]> {
  const opened = await readRunFile(new Blob([await downloaded(page, () => choose(page, /^Save runs/))]));
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.runs.map(({ config, snapshots }) => [
    config.method,
    digestOfFactors(snapshots[snapshots.length - 1]),
  ]);
}

/** Opens a link, and waits for the frames that it leads to. */
async function openRace(page: Page, { link }: Recorded) {
  await page.goto(`/#${link}`);
  const said = new URLSearchParams(link);
  const unit = (method: string) => Number(said.get(method)?.split(',')[0]);
  // A million ratings are made up, divided and learnt: on a busy machine that takes a while.
  await expect(chip(page, 'ALS')).toContainText(`iteration ${unit('als') / 2} `);
  await expect(chip(page, 'B-SGD')).toContainText(`${unit('sgd').toLocaleString('en')} seen`);
}

async function savePredictions(page: Page, which: RegExp) {
  await choose(page, 'Predictions CSV…');
  await page.getByRole('radio', { name: which }).check();
  const csv = await downloaded(page, () => page.getByRole('button', { name: 'Save CSV' }).click());
  return digestOfTable(csv.toString());
}

/** The words of a matrix that is saved as it is, a pixel to a cell. */
async function savePicture(page: Page, item: string) {
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitemradio', { name: '1×' }).click();
  const png = await downloaded(page, () => page.getByRole('menuitem', { name: item, exact: true }).click());
  const words = await page.evaluate(async (base64) => {
    const binary = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([binary], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    return [...new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)];
  }, png.toString('base64'));
  return digestOfPicture(Uint32Array.from(words));
}

const races = links.filter(({ name }) =>
  /^(portrait, complete|plasma|noise, forked|small sample, as|sample of a million)/.test(name),
);
for (const race of races)
  test(`the browser has the bits of Node: ${race.name}`, async ({ page }) => {
    const { bits } = race;
    await openRace(page, race);
    const { 'factors als': als, 'factors sgd': sgd } = bits;
    expect(Object.fromEntries(await newestFrames(page))).toEqual({ als, sgd });
    if (bits['table held-out'])
      expect(await savePredictions(page, /held-out ratings$/)).toBe(bits['table held-out']);
    if (bits['table top']) expect(await savePredictions(page, /have not rated$/)).toBe(bits['table top']);
    for (const [item, picture] of [
      ['Ratings PNG', 'ratings'],
      ['ALS PNG', 'als'],
      ['B-SGD PNG', 'sgd'],
    ])
      expect(await savePicture(page, item)).toBe(bits[`picture ${picture} prediction`]);
  });

for (const { name, link, bits } of links.filter(({ name }) => name.startsWith('stream')))
  test(`the browser has the errors of Node: ${name}`, async ({ page }) => {
    await page.goto(`/#${link}`);
    const batch = new URLSearchParams(link).get('stream.batch');
    await expect(page.getByText(/^Batch \d+ of \d+/)).toContainText(`Batch ${batch} of `);
    const csv = await downloaded(page, () => choose(page, 'Errors and costs, CSV'));
    expect(digestOfTable(recordedColumns(csv.toString()))).toBe(bits['table errors, cold pairs bias']);
  });

const fileAt = (name: string) => fileURLToPath(new URL(name, savedRunsAt));
const shows = {
  'forked.zip': 'Portrait · 32 × 32',
  'held-out.zip': 'Plasma · 32 × 32',
  'of-a-file.zip': '10 × 23',
};

for (const [file, runs] of Object.entries(savedRuns()))
  test(`the run file ${file} is opened onto the stage, with all its runs`, async ({ page }) => {
    await page.goto('/');
    await expect(chip(page, 'B-SGD')).toContainText('epoch 0.00');
    await picker(page).setInputFiles(fileAt(file));
    await expect(page.getByTestId('summary')).toContainText(
      `${shows[file as keyof typeof shows]} · an opened run`,
    );
    const last = runs[0].steps[runs[0].steps.length - 1];
    await expect(chip(page, 'ALS')).toContainText(`iteration ${last} `);
    await expect(chip(page, 'B-SGD')).toContainText(`epoch ${last}.00`);
    for (const name of ['batch ALS', 'bias-SGD']) {
      const colours = () =>
        page.getByLabel(`Matrix predicted by ${name}`).evaluate((canvas: HTMLCanvasElement) => {
          const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
          return new Set(new Uint32Array(data.buffer)).size;
        });
      await expect.poll(colours).toBeGreaterThan(20);
    }
    await expect(page.getByRole('alert')).toHaveCount(0);
    const saved = runs.map(({ method, newest }) => [method, newest]);
    expect((await newestFrames(page)).sort()).toEqual(saved.sort());
  });

test('a run file goes on where its ratings are on the stage', async ({ page }) => {
  await page.goto('/');
  await picker(page).setInputFiles(fileAt('ratings.csv'));
  await expect(page.getByTestId('summary')).toContainText('ratings.csv · 10 × 23 · 90 ratings');
  await expect(chip(page, 'B-SGD')).toContainText('epoch 0.00');
  await picker(page).setInputFiles(fileAt('of-a-file.zip'));
  await expect(chip(page, 'ALS')).toContainText('iteration 2 ');
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(chip(page, 'ALS')).toContainText('iteration 3 ');
  await expect(chip(page, 'B-SGD')).toContainText('epoch 3.00');
  await expect(page.getByTestId('summary')).toContainText('ratings.csv · 10 × 23 · 90 ratings');
});
