import { existsSync, readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { openPanel } from './panels';

const movieLens = new URL('../../shared/data/ml-latest-small/ratings.csv', import.meta.url);

const rmse = async (page: Page, name: string) => {
  const text = (await page.getByRole('region', { name: `${name} run` }).textContent()) ?? '';
  return { text, validation: Number(text.match(/validation ([\d.]+)/)?.[1] ?? Number.NaN) };
};

async function open(page: Page, file: { name: string; mimeType: string; buffer: Buffer }) {
  await page.getByLabel('Open a ratings file or a picture').setInputFiles(file);
}

async function trainToTheEnd(page: Page) {
  await openPanel(page, 'Flat out');
  await page.getByLabel('Flat out').check();
  for (const name of ['ALS', 'B-SGD']) {
    await expect(page.getByRole('region', { name: `${name} run` })).toContainText('finished');
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
    [plain('movies.csv', 'movieId,title,genres\n1,Toy Story,Animation\n'), 'says what items are called'],
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

const facts = (page: Page) => page.getByRole('region', { name: 'Data' });

test('a file whose columns nobody knows is asked about, and read as told', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByTestId('summary')).toContainText('Portrait');
  const lines = rows.map(([user, item, rating]) => `${rating};thing ${item};u${user}`);
  await open(page, plain('mine.csv', `how;what;who\n${lines.join('\n')}\n`));
  const dialog = page.getByRole('dialog', { name: 'Which column is which?' });
  await expect(dialog).toContainText('mine.csv');
  await expect(dialog.getByRole('row')).toHaveCount(21);
  // A guess that has the sides the wrong way round is put right.
  await dialog.getByLabel('Column 1').selectOption('Rating');
  await dialog.getByLabel('Column 2').selectOption('–');
  await dialog.getByLabel('Column 3').selectOption('–');
  await expect(dialog.getByText('Still open: User, Item.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Read the file' })).toBeDisabled();
  await dialog.getByLabel('Column 2').selectOption('Item');
  await dialog.getByLabel('Column 3').selectOption('User');
  await dialog.getByRole('button', { name: 'Read the file' }).click();
  await expect(page.getByTestId('summary')).toHaveText('mine.csv · 10 × 23 · 60 ratings');
  // And again, the other way round, from the panel.
  await page.getByRole('button', { name: 'Columns…' }).click();
  await dialog.getByLabel('Column 2').selectOption('User');
  await dialog.getByLabel('Column 3').selectOption('Item');
  await dialog.getByRole('button', { name: 'Read the file' }).click();
  await expect(page.getByTestId('summary')).toHaveText('mine.csv · 23 × 10 · 60 ratings');
});

/** What is downloaded of the rows that were not taken, line by line. */
async function rejectedFile(page: Page) {
  await page.getByRole('button', { name: 'Look at them' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download as CSV' }).click();
  const name = (await download).suggestedFilename();
  const lines = readFileSync(await (await download).path(), 'utf8')
    .trimEnd()
    .split(/\r?\n/);
  return { name, lines };
}

test('rows that were not taken are counted, and can be downloaded with their places and reasons', async ({
  page,
}) => {
  await page.goto('/');
  const text = `userId,movieId,rating\n1,=2,x\n${rows.map((row) => row.slice(0, 3).join(',')).join('\n')}\n7,,3\n`;
  await open(page, plain('some.csv', text));
  await expect(facts(page)).toContainText('2 rows skipped (lines 2, 63).');
  const { name, lines } = await rejectedFile(page);
  expect(name).toBe('factorscope_some.csv_rejected.csv');
  expect(lines).toEqual([
    'line,byte,column,name,reason,text',
    '2,22,3,rating,a rating that is no number,"1,=2,x"',
    `63,${text.indexOf('7,,3')},2,movieId,no item,"7,,3"`,
  ]);
});

test('a refused file has its table of reasons, as long as it is, and as CSV that no spreadsheet runs', async ({
  page,
}) => {
  await page.goto('/');
  await expect(page.getByTestId('summary')).toContainText('Portrait');
  const bad = Array.from({ length: 5000 }, (_, i) => `=${i},film ${i},${i % 2 ? 'seen' : ''}\n`).join('');
  await open(page, plain('bad.csv', `userId,movieId,rating\n${bad}1,1,5\n`));
  await expect(page.getByRole('alert')).toContainText('bad.csv was not loaded: most rows');
  await page.getByRole('button', { name: 'Look at them' }).click();
  const table = page.getByRole('region', { name: 'Rejected rows' });
  await expect(table.getByRole('row').nth(1)).toHaveText('2223 ratingno rating=0,film 0,');
  await table.evaluate((section) => section.scrollTo({ top: section.scrollHeight }));
  await expect(table.getByRole('row').last()).toContainText('5,001');
  await expect(table.getByRole('row').last()).toContainText('a rating that is no number=4999,film 4999,seen');
  expect(await table.getByRole('row').count()).toBeLessThan(40);
  await page.getByRole('button', { name: 'Close' }).click();
  const { name, lines } = await rejectedFile(page);
  expect(name).toBe('factorscope_bad.csv_rejected.csv');
  expect(lines).toHaveLength(5001);
  expect(lines[1]).toBe(`2,22,3,rating,no rating,"'=0,film 0,"`);
});

test('JSON lines are a table like any other: asked about, audited, their rows that were not taken downloaded', async ({
  page,
}) => {
  await page.goto('/');
  await expect(page.getByTestId('summary')).toContainText('Portrait');
  const lines = rows.map(([user, item, rating, time]) =>
    JSON.stringify({ how: rating, what: `thing ${item}`, who: user, when: time, tags: [1] }),
  );
  await open(page, plain('mine.json', `${lines.join('\n')}\n{"who": 3, "wha\n`));
  const dialog = page.getByRole('dialog', { name: 'Which column is which?' });
  await expect(dialog).toContainText(
    'mine.json: no column is named as the user, the item or the rating; what is chosen is a guess.',
  );
  await expect(dialog.getByRole('row').nth(1)).toHaveText('howwhatwhowhentags');
  await dialog.getByLabel('Column 1').selectOption('Rating');
  await dialog.getByLabel('Column 2').selectOption('Item');
  await dialog.getByLabel('Column 3').selectOption('User');
  await dialog.getByLabel('Column 4').selectOption('Time');
  await dialog.getByRole('button', { name: 'Read the file' }).click();
  await expect(page.getByTestId('summary')).toHaveText('mine.json · 10 × 23 · 60 ratings');
  await expect(facts(page)).toContainText('1 row skipped (line 61).');
  await expect(facts(page)).toContainText('1 to 5 in steps of 1');
  expect((await rejectedFile(page)).lines[1]).toMatch(/^61,\d+,,,cannot be read,"{""who"": 3, ""wha"$/);
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Columns…' }).click();
  await dialog.getByLabel('Column 2').selectOption('User');
  await dialog.getByLabel('Column 3').selectOption('Item');
  await dialog.getByRole('button', { name: 'Read the file' }).click();
  await expect(page.getByTestId('summary')).toHaveText('mine.json · 23 × 10 · 60 ratings');
});

test('ratings far off the scale can be left out', async ({ page }) => {
  await page.goto('/');
  const many = [...rows, ...rows.map(([user, item, rating, time]) => [user + 10, item, rating, time])];
  const text = [...many, [3, 99, 55, 960]].map((row) => row.join(',')).join('\n');
  await open(page, plain('slip.csv', text));
  await expect(facts(page)).toContainText('1 rating far off the scale of the others (line 121).');
  await page.getByRole('button', { name: 'Keep only 1 to 5' }).click();
  await expect(page.getByTestId('summary')).toContainText('120 ratings');
  await expect(facts(page)).toContainText('1 row skipped (line 121).');
});

test('ratings come with their titles and their test set, together or one after the other', async ({
  page,
}) => {
  await page.goto('/');
  const text = rows.map((row) => row.join('\t')).join('\n');
  const picker = page.getByLabel('Open a ratings file or a picture');
  await picker.setInputFiles([
    plain('u.item', '1|Heat (1995)|x\n8|Fargo (1996)|x\n'),
    plain('u1.base', text),
    plain('u1.test', '1\t20\t5\t990\n2\t3\t1\t991\n'),
  ]);
  await expect(page.getByTestId('summary')).toHaveText('u1.base · 10 × 23 · 62 ratings');
  await expect(facts(page)).toContainText('23, 2 with titles');
  const heldOut = page.getByLabel('Held out', { exact: true });
  await expect(heldOut).toHaveValue('test');
  // Elsewhere and back: what the test set was is read again.
  await heldOut.selectOption('last of each user');
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('validation');
  await heldOut.selectOption('the test file');
  await expect(page.getByTestId('summary')).toHaveText('u1.base · 10 × 23 · 62 ratings');
  await expect(heldOut).toHaveValue('test');
  await open(page, plain('movies.csv', 'movieId,title,genres\n15,Alien (1979),Horror\n'));
  await expect(facts(page)).toContainText('23, 1 with titles');
  await open(page, plain('movies.csv', 'movieId,title,genres\n999,Nothing,None\n'));
  await expect(page.getByRole('alert')).toContainText('none of them is among the ratings');
});

test('the menu beside the button to open files says what can be read', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'More to open' }).click();
  await expect(page.getByText(/JSON lines; .*CSV, .*; Parquet\. Pictures\./)).toBeVisible();
});
