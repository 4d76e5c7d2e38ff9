import { existsSync, readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';

const movieLens = new URL('../../shared/data/ml-latest-small/ratings.csv', import.meta.url);

const rmse = async (page: Page, name: string) => {
  const text = (await page.getByRole('region', { name: `${name} run` }).textContent()) ?? '';
  return { text, validation: Number(text.match(/validation ([\d.]+)/)?.[1] ?? Number.NaN) };
};

async function open(page: Page, file: { name: string; mimeType: string; buffer: Buffer }) {
  await page.getByLabel('Open a ratings file or a picture').setInputFiles(file);
}

async function trainToTheEnd(page: Page) {
  await page.getByLabel('Flat out').check();
  for (const name of ['ALS', 'B-SGD']) {
    await expect(page.getByRole('region', { name: `${name} run` })).toContainText('finished', {
      timeout: 55_000,
    });
  }
  return { als: (await rmse(page, 'ALS')).validation, sgd: (await rmse(page, 'B-SGD')).validation };
}

test('the sample loads, trains, and both methods beat the mean', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Sample ratings' }).click();
  await expect(page.getByTestId('summary')).toContainText('Sample ratings · 600 × ');
  await expect(page.getByTestId('summary')).toContainText('60,000 ratings');
  await expect(page.getByText('made up by Factorscope')).toBeVisible();
  const { als, sgd } = await trainToTheEnd(page);
  console.info(`sample: ALS ${als}, B-SGD ${sgd}`);
  expect(als).toBeLessThan(0.9);
  expect(sgd).toBeLessThan(0.9);
});

test('real MovieLens loads and beats the damped-bias predictor', async ({ page }) => {
  if (!existsSync(movieLens)) {
    console.info('MovieLens is absent: ../shared/data/ml-latest-small/ratings.csv');
    test.skip();
  }
  await page.goto('/');
  await open(page, { name: 'ratings.csv', mimeType: 'text/csv', buffer: readFileSync(movieLens) });
  await expect(page.getByTestId('summary')).toContainText('671 × 9,066 · 100,004 ratings');
  const { als, sgd } = await trainToTheEnd(page);
  // The damped-bias predictor on this split, seed 1.
  const biases = 0.8901;
  expect(als).toBeLessThan(0.992 * biases);
  expect(sgd).toBeLessThan(0.997 * biases);
});

const plain = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
const rows = Array.from({ length: 60 }, (_, i) => [1 + (i % 10), 1 + ((i * 7) % 23), 1 + (i % 5), 900 + i]);

for (const [name, separator, header] of [
  ['ratings.csv', ',', 'userId,movieId,rating,timestamp\n'],
  ['u.data', '\t', ''],
  ['ratings.dat', '::', ''],
] as const) {
  test(`${name} is read`, async ({ page }) => {
    await page.goto('/');
    await open(page, plain(name, header + rows.map((row) => row.join(separator)).join('\n')));
    await expect(page.getByTestId('summary')).toContainText(`${name} · 10 × 23 · 60 ratings`);
  });
}

test('what is not ratings is refused in words, and what was there is kept', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByTestId('summary')).toContainText('Portrait');
  for (const [file, words] of [
    [plain('movies.csv', 'movieId,title,genres\n1,Toy Story,Animation\n'), 'column is missing'],
    [plain('empty.csv', ''), 'the file is empty'],
    [plain('login.csv', '<!doctype html><html></html>'), 'web page'],
    [plain('many.csv', 'userId,movieId,rating\n1,2,x\n1,3,y\n1,4,3\n'), 'most rows'],
  ] as const) {
    await open(page, file);
    await expect(page.getByRole('alert')).toContainText(`${file.name} was not loaded`);
    await expect(page.getByRole('alert')).toContainText(words);
    await expect(page.getByTestId('summary')).toContainText('Portrait · 300 × 300');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(page.getByRole('alert')).toBeHidden();
  }
});

test('a picture becomes a matrix', async ({ page }) => {
  await page.goto('/');
  const png = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(400, 320);
    const context = canvas.getContext('2d')!;
    const shade = context.createLinearGradient(0, 0, 400, 320);
    shade.addColorStop(0, '#000');
    shade.addColorStop(1, '#fff');
    context.fillStyle = shade;
    context.fillRect(0, 0, 400, 320);
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
  });
  await open(page, { name: 'slope.png', mimeType: 'image/png', buffer: Buffer.from(png) });
  await expect(page.getByTestId('summary')).toContainText('slope.png · 300 × 300 · 90,000 ratings');
  await open(page, { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from(png.slice(0, 60)) });
  await expect(page.getByRole('alert')).toContainText('broken.png was not loaded: it is damaged');
});

/** Files in archives and encodings, as they come from elsewhere: see src/workers/fixtures. */
const fixture = (name: string) => ({
  name,
  mimeType: '',
  buffer: readFileSync(new URL(`../src/workers/fixtures/${name}`, import.meta.url)),
});

test('ratings are read out of gzip and zip archives, and out of UTF-16', async ({ page }) => {
  await page.goto('/');
  for (const name of ['004_ok.csv.gz', '113_multi_member.csv.gz', '005_ok.zip', '024_utf16le_bom.csv']) {
    await open(page, fixture(name));
    await expect(page.getByTestId('summary')).toHaveText(`${name} · 3 × 3 · 5 ratings`);
  }
  await open(page, fixture('027_latin1.csv'));
  await expect(page.getByText('its letters were guessed')).toBeVisible();
});

test('damaged and locked archives are refused in words, and what was there is kept', async ({ page }) => {
  await page.goto('/');
  for (const [name, words] of [
    ['111_bad_crc.csv.gz', 'it is damaged'],
    ['110_truncated.csv.gz', 'it ends too early'],
    ['126_encrypted_flag.zip', 'locked with a password'],
    ['122_no_ratings.zip', 'holds no ratings file'],
    ['153_xlsx.csv', 'a spreadsheet'],
  ]) {
    await open(page, fixture(name));
    await expect(page.getByRole('alert')).toContainText(`${name} was not loaded`);
    await expect(page.getByRole('alert')).toContainText(words);
    await expect(page.getByTestId('summary')).toContainText('Portrait');
  }
});
