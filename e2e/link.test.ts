import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import { openPanel } from './panels';

const summary = (page: Page) => page.getByTestId('summary');
const field = (page: Page, name: string) => page.getByLabel(`${name} value`);

/** What the ALS pane shows, after exactly one iteration. */
async function pictureAfterOneStep(page: Page) {
  const pause = page.getByRole('button', { name: 'Pause' });
  if (await pause.isVisible()) await pause.click();
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 0');
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 1 ');
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const pixels = await page
    .getByLabel('Matrix predicted by batch ALS')
    .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  return createHash('sha256').update(pixels).digest('hex');
}

test('the address follows the settings, and reproduces the picture in another browser', async ({
  page,
  browser,
}) => {
  await page.goto('/');
  await expect(summary(page)).toContainText('Portrait');
  expect(new URL(page.url()).hash).toBe('');
  await openPanel(page, 'Data');
  await page.getByRole('button', { name: 'Plasma' }).click();
  await expect(summary(page)).toContainText('Plasma');
  await openPanel(page, 'Model');
  await field(page, 'Rank').fill('7');
  await field(page, 'Rank').press('Enter');
  await openPanel(page, 'Palette');
  await page.getByLabel('Palette').selectOption('magma');
  await expect.poll(() => new URL(page.url()).hash).toMatch(/picture=plasma.*rank=7.*palette=magma/);
  const mine = await pictureAfterOneStep(page);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(summary(other)).toContainText('Plasma');
  await expect(field(other, 'Rank')).toHaveValue('7');
  expect(await pictureAfterOneStep(other)).toBe(mine);
  await context.close();
});

test('a link shows the very frame it was made at, bit for bit, after what was changed on the way', async ({
  page,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  const chip = (of: Page, name: string) => of.getByRole('region', { name: `${name} run` });
  const step = (of: Page) => of.getByRole('button', { name: 'Step', exact: true }).click();
  const pixels = (of: Page, name: string) =>
    of.getByLabel(name).evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  await expect(chip(page, 'B-SGD')).toContainText('epoch 0.00');
  await step(page);
  await expect(chip(page, 'B-SGD')).toContainText('epoch 1.00');
  await expect(chip(page, 'ALS')).toContainText('iteration 1 ');
  await field(page, 'Lambda').fill('40');
  await field(page, 'Lambda').press('Enter');
  await field(page, 'Learning rate').fill('0.05');
  await field(page, 'Learning rate').press('Enter');
  await step(page);
  await expect(chip(page, 'B-SGD')).toContainText('epoch 2.00');
  await page.getByRole('button', { name: 'Single' }).click();
  await expect(chip(page, 'ALS')).toContainText('iteration 2.5');
  await expect(chip(page, 'B-SGD')).toContainText('180,001 seen');
  // The inspector takes room from the matrices, and what it shows is in no link.
  await page.getByRole('button', { name: 'Close the inspector' }).click();
  await openPanel(page, 'View');
  await page.getByLabel('Order of users and items').selectOption('By count');
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('The link is on the clipboard.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await other.goto(link);
  await expect(chip(other, 'ALS')).toContainText('iteration 2.5');
  await expect(chip(other, 'B-SGD')).toContainText('180,001 seen');
  for (const name of ['Matrix predicted by batch ALS', 'Matrix predicted by bias-SGD', 'User factors of ALS'])
    await expect
      .poll(() => pixels(other, name).then(async (shown) => shown === (await pixels(page, name))))
      .toBe(true);
  // And it goes on from there as it would have here.
  for (const of of [page, other]) {
    await step(of);
    await expect(chip(of, 'ALS')).toContainText('iteration 3 ');
    await expect(chip(of, 'B-SGD')).toContainText('epoch 3.00');
  }
  const last = 'Matrix predicted by bias-SGD';
  await expect
    .poll(() => pixels(other, last).then(async (shown) => shown === (await pixels(page, last))))
    .toBe(true);
  await other.context().close();
});

test('a link that says nonsense is put right, in words and in the address; another one may follow', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(
    '/#picture=landscape&rank=1e9&lambda=-1&data=https://evil.example/ratings.csv&title=<img src=x>',
  );
  await expect(summary(page)).toContainText('Landscape');
  await expect(page.getByText('rank is out of bounds, so 128 stands')).toBeVisible();
  await expect(page.getByText('lambda is not valid, so its default stands')).toBeVisible();
  await expect(field(page, 'Rank')).toHaveValue('128');
  await expect.poll(() => new URL(page.url()).hash).toMatch(/data=picture.*rank=128/);
  expect(asked.filter((url) => !url.startsWith(new URL(page.url()).origin))).toEqual([]);
  await page.evaluate(() => {
    location.hash = 'data=sample-small&rank=3';
  });
  await expect(summary(page)).toContainText('Sample ratings');
  await openPanel(page, 'Rank');
  await expect(field(page, 'Rank')).toHaveValue('3');
  await page.evaluate(() => {
    location.hash = 'v=999&rank=8';
  });
  await expect(page.getByText('made by a newer version')).toBeVisible();
  await expect(field(page, 'Rank')).toHaveValue('3');
  await page.evaluate(() => {
    location.hash = 'data=sample-full';
  });
  await expect(page.getByRole('button', { name: 'Make them up' })).toBeVisible();
  await expect(summary(page)).toContainText('60,000 ratings');
});

test('a link to a file of one’s own says which, and takes its settings once that file is there', async ({
  page,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const text = Array.from({ length: 60 }, (_, i) =>
    [1 + (i % 10), 1 + ((i * 7) % 23), 1 + (i % 5)].join(','),
  ).join('\n');
  const file = (name: string, more = '') => ({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(`${text}\n${more}`),
  });
  const picker = page.getByLabel('Open a ratings file or a picture');
  await page.goto('/');
  await picker.setInputFiles(file('mine.csv'));
  await expect(summary(page)).toContainText('mine.csv · 10 × 23');
  await openPanel(page, 'Rank');
  await field(page, 'Rank').fill('5');
  await field(page, 'Rank').press('Enter');
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(
    page.getByText('The link is on the clipboard. The name of your file is in it, and in the address bar'),
  ).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain('file=mine.csv');
  expect(page.url()).toBe(link);
  expect(link).not.toContain(text.slice(0, 20));
  // Somebody else, on whose machine no such file is kept.
  const other = await (await browser.newContext()).newPage();
  const theirs = other.getByLabel('Open a ratings file or a picture');
  await other.goto(link);
  await expect(other.getByText('This link is of mine.csv (10 × 23, 60 ratings, checksum')).toBeVisible();
  await theirs.setInputFiles(file('other.csv', '3,4,5\n'));
  await expect(other.getByText('This is not the file of the link')).toBeVisible();
  await openPanel(other, 'Rank');
  await expect(field(other, 'Rank')).toHaveValue('20');
  await theirs.setInputFiles(file('renamed.csv'));
  await expect(summary(other)).toContainText('renamed.csv · 10 × 23');
  await openPanel(other, 'Rank');
  await expect(field(other, 'Rank')).toHaveValue('5');
  await other.context().close();
});

test('a link to a stream shows the same errors after the same batches', async ({
  page,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/#data=sample-small&mode=stream&stream.batchSize=2000&stream.methods=sgd mean');
  const batch = (of: Page) => of.getByText(/^Batch \d+ of \d+/);
  const verdict = (of: Page) => of.getByRole('table').first().innerText();
  await expect(batch(page)).toContainText('Batch 0 of 24');
  for (const now of [1, 2, 3]) {
    await page.getByRole('button', { name: 'One batch' }).click();
    await expect(batch(page)).toContainText(`Batch ${now} of 24`);
  }
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('The link is on the clipboard.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await other.goto(link);
  await expect(batch(other)).toContainText('Batch 3 of 24');
  // All but the time that it took.
  const errors = async (of: Page) => (await verdict(of)).replaceAll(/[\d.,]+ (ms|µs|s)\b/g, '');
  await expect.poll(() => errors(other)).toBe(await errors(page));
  await other.context().close();
});

test('a link to the end of a run says that it has ended, and offers what follows the end', async ({
  page,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/#size=48&rank=4&iterations=3&epochs=2');
  const chip = (of: Page, name: string) => of.getByRole('region', { name: `${name} run`, exact: true });
  // Where its lines break is not what is said.
  const said = async (of: Page, name: string) => (await chip(of, name).innerText()).replaceAll(/\s+/g, ' ');
  await openPanel(page, 'Flat out');
  await page.getByRole('checkbox', { name: 'Flat out' }).check();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  for (const name of ['ALS', 'B-SGD']) await expect(chip(page, name)).toContainText('finished');
  await openPanel(page, 'Model');
  await field(page, 'Lambda').fill('9');
  await field(page, 'Lambda').press('Enter');
  const offer = (of: Page) => of.getByText(/ended with/);
  await expect(offer(page)).toContainText('ALS ended with λ 15');
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('The link is on the clipboard.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await other.goto(link);
  for (const name of ['ALS', 'B-SGD']) {
    await expect(chip(other, name)).toContainText('finished');
    await expect.poll(() => said(other, name)).toBe(await said(page, name));
  }
  expect(await offer(other).innerText()).toBe(await offer(page).innerText());
  await other.getByRole('button', { name: 'Go on with what is set now' }).click();
  await expect(chip(other, 'ALS')).toContainText('iteration 6 finished');
  await expect(chip(other, 'ALS')).toContainText('λ 15 → 9 at 3');
  await other.context().close();
});

test('marks travel in links, and become slides in one click: a picture of each, of that very frame', async ({
  page,
  browser,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(page.getByRole('region', { name: 'B-SGD run' })).toContainText('epoch 0.00');
  // Keys come with the transport, which may come after the first picture.
  await expect(page.getByRole('button', { name: 'Step', exact: true })).toBeEnabled();
  await page.keyboard.press('m');
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(page.getByRole('region', { name: 'B-SGD run' })).toContainText('epoch 1.00');
  await page.keyboard.press('m');
  await page.getByRole('button', { name: 'Marks 2' }).click();
  await page.getByLabel('Name of Mark 2').fill('One step on');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page).toHaveURL(/marks=/);

  const other = await browser.newPage({ reducedMotion: 'reduce', baseURL: new URL(page.url()).origin });
  await other.goto(page.url());
  await expect(other.getByRole('region', { name: 'B-SGD run' })).toContainText('epoch 1.00');
  await other.getByRole('button', { name: 'Marks 2' }).click();
  const marks = other.getByRole('dialog', { name: 'Marks' });
  await expect(marks.getByLabel('Name of One step on')).toHaveValue('One step on');
  const waiting = other.waitForEvent('download');
  await marks.getByRole('button', { name: 'Save slides' }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe('factorscope_portrait_slides.zip');
  const zip = new ZipReader(new Uint8ArrayReader(await readFile(await download.path())));
  const names = (await zip.getEntries()).map(({ filename }) => filename);
  expect(names).toEqual(['factorscope_01_Mark_1.png', 'factorscope_02_One_step_on.png']);
  await zip.close();
  await other.close();
});

test('a link leads to whom something is recommended, and to the map of items', async ({ page }) => {
  await page.goto('/#data=sample-small&mode=recommend&who=7&by=sgd&atLeast=20');
  await expect(page.getByRole('radio', { name: 'Recommend' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'B-SGD', exact: true })).toBeChecked();
  await expect(page.getByLabel('Rated by at least')).toHaveValue('20');
  const user = await page.getByLabel('Find a user').inputValue();
  await page.getByText('Factors', { exact: true }).click();
  await expect(page).toHaveURL(/mode=factors&by=sgd&atLeast=20/);
  await page.getByLabel('Across', { exact: true }).selectOption('2');
  await expect(page).toHaveURL(/&across=2/);
  await page.evaluate(() => {
    location.hash = '#data=sample-small&mode=factors&up=99&colour=count';
  });
  await expect(page.getByText('up is not valid, so its default stands')).toBeVisible();
  await expect(page.getByLabel('Colour', { exact: true })).toHaveValue('count');
  await expect(page.getByLabel('Up', { exact: true })).toHaveValue('1');
  await page.evaluate(() => {
    location.hash = '#data=sample-small&mode=recommend&who=7';
  });
  await expect(page.getByLabel('Find a user')).toHaveValue(user);
});
