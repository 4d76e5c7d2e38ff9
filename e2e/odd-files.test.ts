import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { openPanel } from './panels';

/** The odd files and what each must do: see src/workers/fixtures/manifest.json. What holds for all is tested on all. */
interface Odd {
  readonly name: string;
  readonly category: string;
  readonly expect: 'accept' | 'warn' | 'reject';
  readonly n_ratings?: number;
  readonly rows_skipped?: number;
}
const fixtures = new URL('../src/workers/fixtures/', import.meta.url);
const bytesOf = (name: string) => readFileSync(new URL(name, fixtures));
const manifest: Odd[] = JSON.parse(bytesOf('manifest.json').toString());

/** Where we decide otherwise than the manifest, which leaves it to us: see src/ratings/formats/read-files.test.ts. */
const ours: Record<string, Partial<Odd>> = {
  '045_unclosed_quote.csv': { n_ratings: 3 },
  '054_unknown_headers.csv': { expect: 'reject' },
  '079_huge_range.csv': { n_ratings: 2 },
  '152_json.csv': { expect: 'warn', n_ratings: 1 },
  '215_pretty_printed.json': { expect: 'accept', n_ratings: 5 },
  '140_bomb_512MiB.csv.gz': { expect: 'reject' },
};

const summary = (page: Page) => page.getByTestId('summary');
const picker = (page: Page) => page.getByLabel('Open a ratings file or a picture');

const pick = (page: Page, name: string) =>
  picker(page).setInputFiles({
    name,
    mimeType: name.endsWith('.svg') ? 'image/svg+xml' : '',
    buffer: bytesOf(name),
  });

const drop = (page: Page, name: string) =>
  page.evaluate(
    ([fileName, content]) => {
      const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], fileName));
      document
        .querySelector('.workbench')
        ?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
    },
    [name, bytesOf(name).toString('base64')],
  );

const paste = (page: Page, name: string) =>
  page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, bytesOf(name).toString());

/** What came of a file, in words: the summary where it was taken, else the alert. Leaves nothing open. */
async function answer(page: Page, shownAs: string, before: string): Promise<string> {
  const alert = page.getByRole('alert').getByText('was not loaded');
  const dialog = page.getByRole('dialog');
  await expect(async () => {
    const taken = (await summary(page).textContent()) !== before;
    expect(taken || (await alert.isVisible()) || (await dialog.isVisible())).toBe(true);
  }).toPass({ intervals: [20, 50, 100] });
  if (await dialog.isVisible()) {
    await expect(dialog).toContainText(shownAs);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
  }
  if (!(await alert.isVisible())) return (await summary(page).textContent()) ?? '';
  const words = (await alert.textContent()) ?? '';
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(alert).toBeHidden();
  return words;
}

/** Something else is on the stage, so that a file that is taken changes it. */
async function another(page: Page, name: 'Portrait' | 'Plasma') {
  await openPanel(page, 'Data');
  await page.getByRole('button', { name: 'Back to pictures' }).click();
  await page.getByRole('button', { name }).click();
  await expect(summary(page)).toContainText(name);
}

/** Opens the page with nothing going: it is files that are tried. */
async function atRest(page: Page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
}

async function everythingHolds(page: Page, chosen: readonly Odd[]) {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.addInitScript(() =>
    addEventListener('unhandledrejection', ({ reason }) => console.error(`unhandled: ${reason}`)),
  );
  page.on('console', (message) => message.text().startsWith('unhandled') && faults.push(message.text()));
  await atRest(page);
  await expect(summary(page)).toContainText('Portrait');
  // What unpacks archives, and what reads Parquet, is loaded when it is first wanted.
  await pick(page, '004_ok.csv.gz');
  await expect(summary(page)).toContainText('5 ratings');
  const asked: string[] = [];
  page.on('request', (request) => {
    if (
      !request.url().startsWith('blob:') &&
      !/\/(assets\/[\w.-]+\.(js|wasm|woff2)|icon\.svg)$/.test(request.url())
    )
      asked.push(request.url());
  });
  for (const odd of chosen) {
    const { name, expect: verdict, n_ratings = 90_000, rows_skipped } = { ...odd, ...ours[odd.name] };
    const before = (await summary(page).textContent()) ?? '';
    await pick(page, name);
    const words = await answer(page, name, before);
    expect(words, 'names the file').toContain(name);
    if (verdict === 'reject') {
      expect(words, `${name} is refused`).toMatch(/was not loaded: .{8,}\./);
      expect(words).not.toContain('cannot be used (');
      expect(await summary(page).textContent(), 'what was there is kept').toBe(before);
    } else {
      const counted = `${n_ratings.toLocaleString('en')} ${n_ratings === 1 ? 'rating' : 'ratings'}`;
      expect(words, `${name} is taken`).toMatch(new RegExp(`· ${counted}$`));
      const warned = await page.locator('.field-note.warning').allTextContents();
      expect(warned.length > 0, `${name} ${verdict}: ${warned}`).toBe(verdict === 'warn');
      expect(warned.join(' ')).not.toContain('something unusual');
      if (rows_skipped) expect(warned.join(' ')).toMatch(/\d rows? skipped \(lines? \d+/);
    }
    expect(await page.locator('body').innerText(), `${name} shows no number that is none`).not.toMatch(
      /\bNaN\b|Infinity|undefined/,
    );
  }
  expect(faults).toEqual([]);
  expect(asked).toEqual([]);
}

for (const category of new Set(manifest.map((odd) => odd.category)))
  test(`odd files do in the browser what they must, in words, without an error, a request or a NaN: ${category}`, async ({
    page,
  }) => {
    await everythingHolds(
      page,
      manifest.filter((odd) => odd.category === category),
    );
  });

test('a file is the same picked, dropped and pasted', async ({ page }) => {
  await atRest(page);
  await expect(summary(page)).toContainText('Portrait');
  for (const name of [
    '000_ok_movielens.csv',
    '001_ok_u.data',
    '062_semicolon.csv',
    '090_duplicates_ts.csv',
    '200_ok.jsonl',
  ]) {
    const shown: string[] = [];
    for (const [bring, as] of [
      [pick, name],
      [drop, name],
      [paste, 'pasted ratings'],
    ] as const) {
      await bring(page, name);
      await expect(summary(page)).toContainText(as);
      const warned = await page.locator('.field-note.warning').allTextContents();
      const facts = await page.getByRole('region', { name: 'Data' }).locator('.facts').innerText();
      shown.push(`${await summary(page).textContent()} ${facts} ${warned}`.replaceAll(as, ''));
      await another(page, 'Plasma');
    }
    expect(new Set(shown).size, shown.join('\n')).toBe(1);
  }
});

test('what is refused leaves the run going', async ({ page }) => {
  await page.goto('/');
  // Slow enough that it does not end meanwhile.
  await openPanel(page, 'Speed');
  const speed = page.getByRole('textbox', { name: 'Speed value' });
  await speed.fill('500');
  await speed.press('Enter');
  const seen = async () =>
    Number(
      (await page.getByRole('region', { name: 'B-SGD run' }).textContent())?.match(/epoch ([\d.]+)/)?.[1],
    );
  await expect.poll(seen).toBeGreaterThan(0);
  await pick(page, '010_empty.csv');
  await expect(page.getByRole('alert')).toContainText('the file is empty');
  const at = await seen();
  await expect.poll(seen).toBeGreaterThan(at);
});

/** A ratings file of so many rows, dropped; made in the page, where it costs no transfer. */
const dropRows = (page: Page, count: number) =>
  page.evaluate((rows) => {
    const block = Array.from(
      { length: 20_000 },
      (_, i) => `${1 + (i % 5000)},${1 + ((i * 7919) % 3000)},${1 + (i % 5)}`,
    );
    const text = `${block.join('\n')}\n`;
    const file = new File(['userId,movieId,rating\n', ...Array(rows / 20_000).fill(text)], 'large.csv');
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(file);
    document
      .querySelector('.workbench')
      ?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
  }, count);

test('a large file tells how far it is, and is cancelled; the next one is read', async ({ page }) => {
  await page.goto('/');
  await expect(summary(page)).toContainText('Portrait');
  await dropRows(page, 30_000_000);
  const status = page.getByRole('status').filter({ hasText: 'Reading large.csv' });
  await expect(status).toContainText(/[\d,]{9,} rows · [\d.,]+( M)? rows\/s · \d+ s left/);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(status).toBeHidden();
  await expect(summary(page)).toContainText('Portrait');
  await pick(page, '000_ok_movielens.csv');
  await expect(summary(page)).toContainText('5 ratings');
});

test('the second of two files wins while the first is read, and they are never mixed', async ({ page }) => {
  await page.goto('/');
  await expect(summary(page)).toContainText('Portrait');
  await dropRows(page, 10_000_000);
  await pick(page, '001_ok_u.data');
  await expect(summary(page)).toHaveText('001_ok_u.data · 3 × 3 · 5 ratings');
  await expect(page.getByText('Reading large.csv')).toBeHidden();
});

test('a damaged Parquet on which its reader goes on forever is given up', async ({ page }) => {
  const bytes = new Uint8Array(
    parquetWriteBuffer({
      columnData: ['user', 'item', 'rating'].map((name, f) => ({
        name,
        data: Array.from({ length: 40 }, (_, j) => (j * (f + 3)) % 11),
        type: 'INT32' as const,
      })),
    }),
  );
  bytes[78] ^= 0x55;
  await page.goto('/');
  await expect(summary(page)).toContainText('Portrait');
  await picker(page).setInputFiles({ name: 'r.parquet', mimeType: '', buffer: Buffer.from(bytes) });
  await expect(page.getByRole('alert')).toContainText('r.parquet was given up');
  await pick(page, '000_ok_movielens.csv');
  await expect(summary(page)).toContainText('5 ratings');
});
