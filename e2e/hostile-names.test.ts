import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { openPanel } from './panels';

/**
 * Ratings whose names, ids, titles and marks are written for harm are walked through every feature: nothing of them
 * runs here, nor in a spreadsheet; nothing is asked of another origin; and every answer has the headers that see to it.
 */

const tag = '<img src=x onerror=globalThis.ran=1>';
const names = [
  tag,
  '"><svg onload=globalThis.ran=1>',
  "=HYPERLINK('https://evil.example')",
  '@SUM(1+1)',
  '+1',
  '\t=1',
];
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
/** Users and items called so; half of the ratings. */
const csv = [
  'userId,movieId,rating,timestamp',
  ...Array.from({ length: 240 }, (_, i) => {
    const [user, item] = [i % 24, Math.floor(i / 24) * 2 + (i % 2)];
    const id = (n: number) => quoted(`${names[n % names.length]} ${n}`);
    return `${id(user)},${id(item)},${1 + ((user * item) % 5)},${1_500_000_000 + i * 3600}`;
  }),
].join('\n');
const titles = [
  'movieId,title',
  ...Array.from({ length: 20 }, (_, n) => {
    const name = names[n % names.length];
    return `${quoted(`${name} ${n}`)},${quoted(`${names[(n + 1) % names.length]} film ${n}`)}`;
  }),
].join('\n');

const summary = (page: Page) => page.getByTestId('summary');

/** Everything that can be saved at once, saved: names and bytes. */
async function savedAll(page: Page): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const menu = page.getByRole('button', { name: 'Export', exact: true });
  await menu.click();
  const items = page.getByRole('menuitem');
  await expect(items.first()).toBeVisible();
  const labels = (await items.allInnerTexts()).map((text) => text.split('\n')[0]);
  for (const [at, label] of labels.entries()) {
    if (await items.nth(at).isDisabled()) continue;
    // What asks first asks in a dialog (see e2e/film-export.test.ts), and these save nothing.
    if (/…$|^Present|^Usual film/.test(label)) continue;
    const download = page.waitForEvent('download');
    await items.nth(at).click();
    const file = await download;
    files.set(file.suggestedFilename(), await readFile(await file.path()));
    await menu.click();
    await expect(items.first()).toBeVisible();
  }
  await page.keyboard.press('Escape');
  return files;
}

/** Texts of a table that a spreadsheet would run. */
const formulas = (table: string) =>
  [...table.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,\r\n]*)/gm)]
    .map(([, cell]) => cell.replace(/^"/, ''))
    .filter((cell) => /^\s*[=+\-@＝＋－＠]/.test(cell) && Number.isNaN(Number(cell)));

test('names for harm run nowhere, and nothing leaves, in a walk over every feature', async ({
  page,
  context,
  baseURL,
}) => {
  const faults: string[] = [];
  const kinds = new Set<string>();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('dialog', (dialog) => faults.push(`dialog ${dialog.message()}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (!['blob:', 'data:'].includes(url.protocol) && (url.origin !== baseURL || url.search !== ''))
      faults.push(`asked ${url}`);
  });
  context.on('response', (response) => {
    if (!response.url().startsWith(baseURL!)) return;
    kinds.add(/\.(\w+)$/.exec(new URL(response.url()).pathname)?.[1] ?? 'html');
    const headers = response.headers();
    for (const [name, value] of [
      [
        'content-security-policy',
        /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; .*require-trusted-types-for/,
      ],
      ['cross-origin-opener-policy', /^same-origin$/],
      ['cross-origin-embedder-policy', /^require-corp$/],
      ['cross-origin-resource-policy', /^same-origin$/],
      ['x-content-type-options', /^nosniff$/],
      ['referrer-policy', /^no-referrer$/],
      ['permissions-policy', /camera=\(\)/],
      ['cache-control', /no-cache|immutable|max-age/],
    ] as const)
      if (!value.test(headers[name] ?? ''))
        faults.push(`${response.url()} comes with ${name}: ${headers[name]}`);
  });
  /** Nothing of the names has become anything but text. */
  const isText = async () => {
    const made = await page.evaluate(() =>
      [
        ...document.querySelectorAll('img[src="x"], script:not([src]), iframe, object, [onerror], [onload]'),
      ].map(({ outerHTML }) => outerHTML),
    );
    expect(made).toEqual([]);
    expect(await page.evaluate(() => (globalThis as { ran?: number }).ran)).toBeUndefined();
    expect(faults).toEqual([]);
  };

  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page.getByLabel('Open a ratings file or a picture').setInputFiles([
    { name: `${tag}.csv`, mimeType: 'text/csv', buffer: Buffer.from(csv) },
    { name: 'movies.csv', mimeType: 'text/csv', buffer: Buffer.from(titles) },
  ]);
  await expect(summary(page)).toContainText(`${tag}.csv · 24 × 20 · 240 ratings`);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 1');
  await page.keyboard.press('m');
  await page.getByRole('button', { name: /^Marks/ }).click();
  const mark = page.getByRole('textbox', { name: /^Name of/ });
  await mark.fill(tag);
  await mark.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  const presented = page.getByRole('navigation', { name: 'Presentation' });
  await expect(presented).toContainText('1 mark');
  await page.keyboard.press('PageDown');
  await expect(presented).toContainText(`${tag} (1 of 1)`);
  await page.keyboard.press('Escape');
  for (const panel of ['View', 'Model', 'Data', 'Run', 'Search']) await openPanel(page, panel);
  await isText();
  await page.getByText('Recommend', { exact: true }).click();
  await expect(
    page.getByRole('list', { name: 'Recommended items' }).getByRole('listitem').first(),
  ).toContainText('film');
  await isText();
  await page.getByText('Factors', { exact: true }).click();
  await expect(page.getByRole('region', { name: 'Directions' })).toContainText('film');
  await isText();
  await page.getByText('Race', { exact: true }).click();
  const files = await savedAll(page);
  await page.getByText('Stream lab', { exact: true }).click();
  await page.getByRole('button', { name: 'One batch' }).click();
  await expect(page.getByRole('region', { name: 'Stream transport' })).toContainText('Batch 1 of');
  await isText();
  for (const [name, bytes] of await savedAll(page)) files.set(`stream of ${name}`, bytes);

  expect(files.size).toBeGreaterThan(15);
  for (const [name, bytes] of files) {
    expect(name).toMatch(/^(stream of )?factorscope_[\w.-]+$/);
    if (name.endsWith('.csv')) expect(formulas(bytes.toString()), name).toEqual([]);
    if (name.endsWith('.svg'))
      expect(bytes.toString(), name).not.toMatch(/<(script|img|image|foreignObject)|<[^<>]*\son\w+=|xlink/i);
  }
  const [, run] = [...files].find(([name]) => name.endsWith('.zip') && name.includes('run')) ?? [];
  await page.getByText('Race', { exact: true }).click();
  await openPanel(page, 'Data');
  await page.getByRole('button', { name: 'Back to pictures' }).click();
  await expect(summary(page)).toContainText('Portrait');
  await page
    .getByLabel('Open a ratings file or a picture')
    .setInputFiles({ name: 'run.zip', mimeType: 'application/zip', buffer: run! });
  await expect(summary(page)).toContainText(tag);
  await isText();
  expect([...kinds].sort()).toEqual(expect.arrayContaining(['css', 'html', 'js', 'wasm', 'woff2']));
});
