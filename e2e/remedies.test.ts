import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';

/** What can be done about files whose values are not what they seem, and what can be brought beside others. */

const plain = (name: string, text: string) => ({ name, mimeType: '', buffer: Buffer.from(text) });
const summary = (page: Page) => page.getByTestId('summary');
const facts = (page: Page) => page.getByRole('region', { name: 'Data' });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Which column is which?' });
const open = (page: Page, ...files: ReturnType<typeof plain>[]) =>
  page.getByLabel('Open a ratings file or a picture').setInputFiles(files);

/** Rows of ten users and twelve items, whose ratings are made from 0, 1, 2 … */
const rows = (rating: (i: number) => number | string, more: (i: number) => string = () => '') =>
  Array.from(
    { length: 120 },
    (_, i) => `${1 + (i % 10)},${50 + Math.floor(i / 10)},${rating(i)}${more(i)}\n`,
  ).join('');

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await expect(summary(page)).toContainText('Portrait');
});

test('counts are said to be no ratings; log(1 + count) is taken instead, and given back', async ({
  page,
}) => {
  await open(page, plain('plays.csv', `user,artist,plays\n${rows((i) => 7 ** (i % 5))}`));
  await expect(summary(page)).toContainText('plays.csv · 10 × 12 · 120 ratings');
  await expect(facts(page)).toContainText('look like counts (plays, hours, visits) and not like ratings');
  await expect(facts(page)).toContainText(/Scale\s*1 to 2,401/);
  await page.getByRole('button', { name: 'Take log(1 + count)' }).click();
  await expect(facts(page)).toContainText('log(1 + count) is taken for the rating');
  // log 2 and log 2,402.
  await expect(facts(page)).toContainText(/Scale\s*0\.6931 to 7\.784/);
  await page.getByRole('button', { name: 'Take the counts themselves' }).click();
  await expect(facts(page)).toContainText(/Scale\s*1 to 2,401/);
  await expect(page.getByRole('button', { name: 'Take log(1 + count)' })).toBeVisible();
});

test('what is no rating is shown, left out at one press, and taken again', async ({ page }) => {
  await open(page, plain('books.csv', `user,book,rating\n${rows((i) => (i % 3 === 0 ? 0 : 1 + (i % 10)))}`));
  await expect(facts(page)).toContainText(
    '40 of 120 ratings are 0: in many data sets that means "not rated"',
  );
  await expect(facts(page)).toContainText('121 = 1 header + 120 ratings');
  await page.getByRole('button', { name: 'Leave them out' }).click();
  await expect(summary(page)).toContainText('80 ratings');
  await expect(facts(page)).toContainText('40 ratings left out: there a number means "not rated"');
  await expect(facts(page)).toContainText('121 = 1 header + 80 ratings + 40 not rated');
  await page.getByRole('button', { name: 'Take them as ratings' }).click();
  await expect(summary(page)).toContainText('120 ratings');
  await expect(facts(page)).toContainText('40 of 120 ratings are 0');
});

const movies = `movieId,title,genres\n${['Matrix, The (1999)', 'Heat (1995)', 'Fargo (1996)']
  .map((title, i) => `${50 + i},"${title}",Drama\n`)
  .join('')}`;
const letterboxd = `Date,Name,Year,Letterboxd URI,Rating\n${[
  ['2024-01-02,The Matrix,1999', 4.5],
  ['2024-01-03,Heat,1995', 3],
  ['2024-01-04,Unheard Of,2020', 5],
]
  .map(([film, rating], i) => `${film},https://boxd.it/${i},${rating}\n`)
  .join('')}`;

test('one person’s export is asked about, and added to the ratings of others as one more user', async ({
  page,
}) => {
  await open(page, plain('letterboxd.csv', letterboxd));
  await expect(dialog(page)).toContainText('it has no user column; perhaps these are one person’s ratings');
  await expect(dialog(page)).toContainText('open other people’s ratings first');
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  const others = `userId,movieId,rating,timestamp\n${rows(
    (i) => (1 + (i % 10)) / 2,
    (i) => `,${1_400_000_000 + i}`,
  )}`;
  await open(page, plain('ratings.csv', others), plain('movies.csv', movies));
  await expect(summary(page)).toHaveText('ratings.csv · 10 × 12 · 120 ratings');
  await open(page, plain('letterboxd.csv', letterboxd));
  await dialog(page).getByRole('button', { name: 'Add to ratings.csv' }).click();
  await expect(summary(page)).toHaveText('ratings.csv · 11 × 12 · 122 ratings');
  await expect(facts(page)).toContainText('2 of 3 ratings of one person added as user “me”');
  await expect(facts(page)).toContainText(
    '1 rating of titles that none of the items has, left out (Unheard Of (2020))',
  );
  // What is said of the others later on keeps them.
  await page.getByRole('button', { name: 'Columns…' }).click();
  await dialog(page).getByRole('button', { name: 'Read the file' }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(summary(page)).toHaveText('ratings.csv · 11 × 12 · 122 ratings');
});

test('a folder that is dropped is what is in it: parts of one table, in their order', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'dropped-'));
  mkdirSync(join(folder, 'out'));
  const lines = rows((i) => 1 + (i % 5))
    .trimEnd()
    .split('\n');
  for (const [at, name] of ['part-00000-a1.csv', 'part-00001-a1.csv', 'part-00002-a1.csv'].entries())
    writeFileSync(
      join(folder, 'out', name),
      `user,item,rating\n${lines.slice(40 * at, 40 * (at + 1)).join('\n')}\n`,
    );
  writeFileSync(join(folder, 'out', '_SUCCESS'), '');
  writeFileSync(join(folder, 'out', '.part-00000-a1.csv.crc'), 'x');
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files: [join(folder, 'out')], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await client.send('Input.dispatchDragEvent', { type, x: 700, y: 400, data });
  await expect(summary(page)).toContainText('part-00000-a1.csv and 2 more · 10 × 12 · 120 ratings');
  await expect(facts(page)).toContainText('123 = 3 header + 120 ratings');
  rmSync(folder, { recursive: true });
});
