import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { packTar } from 'modern-tar';
import { openPanel } from './panels';

/** Files as people have them: see their manifest, which is not ours. */
const folder = new URL('../../shared/wildfiles/', import.meta.url);
const isThere = existsSync(folder);
const pathOf = (name: string) => new URL(`files/${name}`, folder).pathname;

interface Wild {
  readonly id: string;
  readonly files: readonly string[];
  readonly expect: { readonly kind: string; readonly users?: number; readonly ratings?: number };
}
const manifest: Wild[] = isThere ? JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) : [];

const summary = (page: Page) => page.getByTestId('summary');
const picker = (page: Page) => page.getByLabel('Open a ratings file or a picture');
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Which column is which?' });
const refusal = (page: Page) => page.getByRole('alert').getByText('was not loaded');

/** What came of files: taken, asked about and then taken at one press, or refused. */
async function outcome(page: Page, before: string): Promise<'taken' | 'asked' | 'refused'> {
  const isTaken = async () => (await summary(page).textContent()) !== before;
  await expect(async () => {
    expect((await isTaken()) || (await dialog(page).isVisible()) || (await refusal(page).isVisible())).toBe(
      true,
    );
  }).toPass({ timeout: 30_000, intervals: [20, 50, 100] });
  if (await refusal(page).isVisible()) return 'refused';
  if (!(await dialog(page).isVisible())) return 'taken';
  await dialog(page).getByRole('button', { name: 'Read the file' }).click();
  await expect(summary(page)).not.toHaveText(before);
  return 'asked';
}

/** Where we go further than the manifest: words on an obvious scale are asked about, a tar is read, names that say enough are not asked about. */
const further: Readonly<Record<string, string>> = {
  words: 'asked',
  'tar-gz-one': 'taken',
  'parquet-index': 'taken',
};

/** What a kind of expectation allows. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  accept: ['taken', 'asked'],
  'accept-or-ask': ['taken', 'asked'],
  'ask-or-accept': ['taken', 'asked'],
  ask: ['asked'],
  refuse: ['refused'],
  'accept-or-refuse': ['taken', 'asked', 'refused'],
};

/** Tries files one after the other on one page. */
async function everyOne(page: Page, wild: readonly Wild[]) {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  // Nothing is going: it is files that are tried.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(summary(page)).toContainText('Portrait');
  for (const { id, files, expect: wanted } of wild) {
    const before = (await summary(page).textContent()) ?? '';
    await picker(page).setInputFiles(files.map(pathOf));
    const came = await outcome(page, before);
    expect(further[id] ? [further[id]] : allowed[wanted.kind], `${id} was ${came}`).toContain(came);
    if (came === 'refused') {
      await expect(refusal(page)).toContainText(/was not loaded: .{8,}\./);
      await page.getByRole('button', { name: 'Dismiss' }).click();
      continue;
    }
    const users = wanted.users?.toLocaleString('en');
    if (users) await expect(summary(page), id).toContainText(new RegExp(` · ${users} × `));
    expect(await page.locator('body').innerText(), id).not.toMatch(/\bNaN\b|Infinity|undefined/);
    await openPanel(page, 'Data');
    await page.getByRole('button', { name: 'Back to pictures' }).click();
    await page.getByRole('button', { name: 'Portrait' }).click();
    await expect(summary(page)).toContainText('Portrait');
  }
  expect(faults).toEqual([]);
}

test('files as people have them are at hand', () => {
  test.skip(!isThere, 'Wild files are absent: ../shared/wildfiles');
  expect(manifest.length).toBeGreaterThan(0);
});

for (const kind of new Set(manifest.map((wild) => wild.expect.kind)))
  test(`files as people have them become a picture, or a question whose guess one press loads, or are refused in words: ${kind}`, async ({
    page,
  }) => {
    await everyOne(
      page,
      manifest.filter((wild) => wild.expect.kind === kind),
    );
  });

const plain = (name: string, content: string | Uint8Array) => ({
  name,
  mimeType: '',
  buffer: Buffer.from(content),
});
/** Rows of ten users and so many items. */
const rows = (items: number, delimiter = ',') =>
  Array.from({ length: 10 * items }, (_, i) => [1 + (i % 10), 50 + Math.floor(i / 10), 1 + ((i * 7) % 5)])
    .map((row) => `${row.join(delimiter)}\n`)
    .join('');
const header = 'userId,movieId,rating\n';

test('a tar.gz is read, and of two tables it is asked which, with the first rows of each', async ({
  page,
}) => {
  await page.goto('/');
  await expect(summary(page)).toContainText('Portrait');
  const tar = await packTar(
    Object.entries({
      'a/one.csv': header + rows(6),
      'a/two.csv': `userId,movieId,rating,text\n${rows(9)}`,
    }).map(([name, body]) => ({ header: { name, size: body.length }, body })),
  );
  await picker(page).setInputFiles(plain('both.tar.gz', gzipSync(tar)));
  await expect(dialog(page)).toContainText('both.tar.gz: more than one file could be the ratings');
  await expect(dialog(page).getByLabel('Column 4')).toBeHidden();
  await dialog(page).getByLabel('File').selectOption('a/two.csv');
  await expect(dialog(page).getByLabel('Column 4')).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Read the file' }).click();
  await expect(summary(page)).toHaveText('both.tar.gz · 10 × 9 · 90 ratings');
});

test('delimiter, lines above and shape are said in the dialog, and the preview follows', async ({ page }) => {
  await page.goto('/');
  await expect(summary(page)).toContainText('Portrait');
  await picker(page).setInputFiles(plain('odd.txt', `who;what;how\n${rows(8, ';')}`));
  await expect(dialog(page)).toContainText('odd.txt');
  const first = dialog(page).getByRole('row').nth(1);
  await expect(first).toHaveText('whowhathow');
  await dialog(page).getByLabel('Fields between').selectOption('comma');
  await expect(first).toHaveText('who;what;how');
  await dialog(page).getByLabel('Fields between').selectOption('semicolon');
  await dialog(page).getByLabel('Lines above the table').fill('1');
  await expect(first).toHaveText('1501');
  await dialog(page).getByLabel('Lines above the table').fill('0');
  await expect(first).toHaveText('whowhathow');
  await dialog(page).getByLabel('Ratings stand as').selectOption('A matrix: users down, items across');
  await dialog(page).getByLabel('Column 1').selectOption('User');
  await dialog(page).getByLabel('Column 2').selectOption('First item');
  await dialog(page).getByRole('button', { name: 'Read the file' }).click();
  await expect(summary(page)).toHaveText('odd.txt · 10 × 2 · 20 ratings');
});

test('of a matrix of 9,000 columns only those in sight are in the dialog', async ({ page }) => {
  await page.goto('/');
  await expect(summary(page)).toContainText('Portrait');
  const items = Array.from({ length: 9000 }, (_, at) => `film ${at}`);
  const lines = Array.from({ length: 12 }, (_, user) =>
    [`u${user}`, ...items.map((_, at) => ((at + 3 * user) % 5 === 0 ? 1 + (at % 5) : ''))].join(','),
  );
  await picker(page).setInputFiles(plain('wide.csv', `who,${items.join(',')}\n${lines.join('\n')}\n`));
  await expect(summary(page)).toContainText('wide.csv · 12 × ');
  await page.getByRole('button', { name: 'Columns…' }).click();
  await expect(dialog(page).getByLabel('Column 2', { exact: true })).toHaveValue('rating');
  const table = dialog(page).getByRole('region', { name: 'First rows' });
  await table.evaluate((section) => section.scrollTo({ left: section.scrollWidth }));
  await expect(dialog(page).getByLabel('Column 9001')).toBeVisible();
  expect(await dialog(page).getByRole('columnheader').count()).toBeLessThan(20);
});

test('a file that is gone when it is read is said to be, not called damaged', async ({ page }) => {
  await page.goto('/');
  await expect(summary(page)).toContainText('Portrait');
  const files = mkdtempSync(join(tmpdir(), 'gone-'));
  const path = join(files, 'ratings.csv');
  writeFileSync(path, header + rows(6));
  const own = await page.evaluateHandle(() => {
    const input = document.createElement('input');
    input.type = 'file';
    return input;
  });
  await own.setInputFiles(path);
  rmSync(files, { recursive: true });
  await own.evaluate((input) => {
    const dataTransfer = new DataTransfer();
    for (const file of input.files ?? []) dataTransfer.items.add(file);
    document
      .querySelector('.workbench')
      ?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
  });
  await expect(refusal(page)).toContainText('ratings.csv was not loaded: the file changed or is gone');
});
