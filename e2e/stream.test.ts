import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { openPanel } from './panels';

/** Opens the stream lab with the sample, paused where nothing has arrived. */
async function openLab(page: Page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page.getByRole('button', { name: 'Sample ratings' }).click();
  await expect(page.getByTestId('summary')).toContainText('60,000 ratings');
  await openPanel(page, 'Model');
  await page.getByText('Stream lab').click();
  await expect(progress(page)).toContainText('Batch 0 of 48: 0 of 48,000 ratings');
}

const progress = (page: Page) => page.getByRole('region', { name: 'Stream transport' });

async function jump(page: Page, batch: number | null) {
  await page.getByLabel('Jump to batch').fill(batch === null ? '' : String(batch));
  await page.getByRole('button', { name: 'Jump' }).click();
  await expect(progress(page)).toContainText(`Batch ${batch ?? 48} of 48`);
}

/** What the verdict says of each method: name, then RMSE, best first. */
async function standings(page: Page) {
  const table = page.getByRole('table', { name: 'Error, cost and staleness of every method' });
  await expect(table).toBeVisible();
  const rows = await table.getByRole('row').allTextContents();
  const names = await table.getByRole('rowheader').allTextContents();
  const errors = await table.locator('tbody tr td:nth-child(2)').allTextContents();
  expect(rows.length).toBe(names.length + 1);
  return names.map((name, i) => [name.trim(), Number(errors[i])] as const);
}

/** A digest of a pane's pixels, once what was asked for is painted. */
async function pixels(page: Page, name: string | RegExp) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  // New rows and columns are marked for a moment.
  await expect(page.locator('[data-marked]')).toHaveAttribute('data-marked', 'false');
  return page.getByRole('img', { name }).evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return data.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
  });
}
/** What every method recommends, once all was judged after the batch that is shown. */
async function recommended(page: Page, batch: number) {
  await openPanel(page, 'View');
  await page.getByRole('combobox', { name: 'Metric' }).selectOption('NDCG@k');
  const table = page.getByRole('table', { name: 'What every method recommends' });
  const judged = table.locator('tbody td:nth-child(3)');
  await expect.poll(async () => new Set(await judged.allTextContents())).toEqual(new Set([String(batch)]));
  const words = page.getByRole('status', { name: 'Verdict' });
  await expect(words).toContainText(`Judged after ${batch} of ${batch} batches`);
  const values = await table.locator('tbody td:nth-child(2)').allTextContents();
  return [...(await table.getByRole('rowheader').allTextContents()), ...values, await words.textContent()];
}

const online = 'Matrix predicted by B-SGD';
const arrivedRatings = 'Matrix of the ratings that have arrived';

test('ratings arrive batch by batch, methods learn on, the verdict ranks them, and all of it can be looked back at', async ({
  page,
}) => {
  await openLab(page);
  const empty = await pixels(page, online);
  await page.getByRole('button', { name: 'One batch' }).click();
  await expect(progress(page)).toContainText(
    /Batch 1 of 48: 1,000 of 48,000 ratings have arrived; \d+ users/,
  );
  const first = await pixels(page, online);
  expect(first).not.toBe(empty);
  await page.keyboard.press('ArrowRight');
  await expect(progress(page)).toContainText('Batch 2 of 48');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(progress(page)).toContainText('Batch 48 of 48');
  await expect(page.getByRole('button', { name: 'Again' })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Verdict' })).toContainText('ends best');
  const ranked = await standings(page);
  const of = (name: string) => ranked.find(([method]) => method === name)?.[1] ?? Number.NaN;
  expect(of('ALS refit')).toBeLessThan(of('Biases only'));
  expect(of('Biases only')).toBeLessThan(of('Mean'));
  expect(of('B-SGD')).toBeLessThan(of('Mean'));
  const end = await pixels(page, online);
  // Back to the first batch, and to the end, without learning anything again.
  await page.getByLabel('Batch shown').fill('1');
  await expect(progress(page)).toContainText('Batch 1 of 48: 1,000 of 48,000');
  expect(await pixels(page, online)).toBe(first);
  await page.getByLabel('Batch shown').fill('48');
  await expect(progress(page)).toContainText('Batch 48 of 48');
  expect(await pixels(page, online)).toBe(end);
  // The same again, batch for batch.
  await jump(page, 1);
  expect(await pixels(page, online)).toBe(first);
  await jump(page, null);
  expect(await pixels(page, online)).toBe(end);
  await expect.poll(() => standings(page)).toEqual(ranked);
});

test('a rating of one’s own changes one row and one column, and undo takes it back to the bit', async ({
  page,
}) => {
  await openLab(page);
  await jump(page, 12);
  const before = [await pixels(page, online), await pixels(page, arrivedRatings)];
  await page.getByText('Your own rating').click();
  await page.getByLabel('What is rated').fill('item 7');
  await page.getByLabel('What is rated').press('Tab');
  const who = page.getByLabel('Who rates');
  await expect(who).toHaveValue('You');
  await who.fill('412');
  await who.press('Tab');
  await expect(who).toHaveValue('user 412');
  await who.fill('nobody');
  await who.press('Tab');
  await expect(page.getByText('is called “nobody”')).toBeVisible();
  await expect(who).toHaveValue('user 412');
  await who.fill('you');
  await who.press('Tab');
  await expect(who).toHaveValue('You');
  await page.getByRole('slider', { name: 'Rating', exact: true }).fill('0.5');
  await page.getByRole('button', { name: 'Rate', exact: true }).click();
  const result = page.getByRole('status', { name: 'What was learnt' });
  await expect(result).toContainText('You gave item 7 0.5. Exactly 1 row and 1 column');
  await expect(result).toContainText('Fold-in would give');
  await expect(result).toContainText(/A full refit would give\d\.\d+/);
  expect(await pixels(page, online)).not.toBe(before[0]);
  // A cell that is clicked is another user's.
  await page.getByRole('img', { name: online }).click({ position: { x: 20, y: 20 } });
  await expect(page.getByLabel('Who rates')).toHaveValue(/^user \d+$/);
  await page.getByRole('button', { name: 'Rate', exact: true }).click();
  await expect(result).toContainText(/^user \d+ gave/);
  for (const left of [1, 0]) {
    await page.getByRole('button', { name: 'Undo' }).click();
    if (left > 0) await expect(result).toContainText('You gave item 7');
    else await expect(result).toBeHidden();
  }
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
  await expect.poll(() => pixels(page, online)).toBe(before[0]);
  expect(await pixels(page, arrivedRatings)).toBe(before[1]);
});

test('methods can be switched, cold pairs treated otherwise, and taste turned', async ({ page }) => {
  await openLab(page);
  await jump(page, 10);
  await page.getByLabel('Spark’s code', { exact: true }).check();
  await page.getByRole('checkbox', { name: 'Fold-in', exact: true }).uncheck();
  // Its matrix gives way to one of a method that learns.
  await expect(page.getByLabel('Second matrix')).toHaveValue('mini-batch');
  // What has arrived stays; the other methods learn it as well.
  await expect(progress(page)).toContainText('Batch 10 of 48');
  await expect
    .poll(async () => (await standings(page)).map(([name]) => name).sort())
    .toEqual(['ALS refit', 'B-SGD', 'Biases only', 'Mean', 'Mini-batch B-SGD', 'Spark’s code'].sort());
  const known = await standings(page);
  await page.getByLabel('Cold pairs').selectOption('zero');
  await expect
    .poll(async () => Object.fromEntries(await standings(page))['B-SGD'])
    .toBeGreaterThan(Object.fromEntries(known)['B-SGD']);
  await page.getByText('Drift and seed').click();
  await page.getByRole('textbox', { name: 'Users who turn value' }).fill('50');
  await page.getByRole('textbox', { name: 'Users who turn value' }).press('Enter');
  await expect(progress(page)).toContainText('Batch 0 of 48');
  await jump(page, null);
  const turn = page.getByRole('table', { name: 'RMSE (cold as 0) when taste turned' });
  await expect(turn.getByRole('columnheader')).toHaveText(['Method', 'Before', 'Worst', 'Now', 'Won back']);
  await expect(turn.getByRole('row', { name: /^B-SGD/ })).toContainText(/\d %$/);
  await expect(turn.getByRole('rowheader', { name: 'Mean', exact: true })).toHaveCount(0);
});

test('without the headers for shared memory the stream gives the same bits; the moment shown can be saved', async ({
  page,
  context,
}) => {
  await openLab(page);
  await jump(page, 4);
  const expected = await pixels(page, online);
  const lists = await recommended(page, 4);
  expect(lists.join(' ')).toMatch(
    /0\.\d+ ± 0\.\d+ .*most popular of what had arrived by batch 4, .* 2,000 items less what/,
  );
  await expect(page).toHaveURL(/metric=ndcg/);
  await page.getByRole('slider', { name: 'What every method recommends as ratings arrive' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('End');
  await expect(page.getByLabel('Stream chart')).toContainText(/after 4,000: .*most popular 0\.\d+/);
  for (const [item, name] of [
    ['Stream PNG', /^factorscope_Sample_ratings_stream_stage_time_batch4\.png$/],
    ['Errors and costs, CSV', /errors_time_batch4\.csv$/],
    ['Factors CSV', /factors_time_batch4\.csv$/],
    ['GIF of the stream', /film_time_batch4\.gif$/],
  ] as const) {
    await page.getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: item, exact: true }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(name);
    const bytes = await readFile(await file.path());
    if (item === 'Stream PNG') expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    else if (item === 'GIF of the stream') expect(bytes.subarray(0, 6).toString()).toBe('GIF89a');
    else if (item === 'Factors CSV')
      expect(bytes.toString()).toMatch(
        /^model,side,id,ratings,bias,factor1,.*\r\nB-SGD,mean,,,3\..*\r\nFold-in,mean,/s,
      );
    else {
      const [header, ...rows] = bytes
        .toString()
        .split('\r\n')
        .map((line) => line.split(','));
      expect(rows.at(-2)?.join()).toMatch(/^4,4000,\d+,\d+,/);
      expect(Number(rows.at(-2)?.[header.indexOf('sgd validation NDCG@10')])).toBeGreaterThan(0);
    }
  }
  const plain = await context.newPage();
  await plain.route('**', async (route) => {
    const answer = await route.fetch();
    const headers = Object.fromEntries(
      Object.entries(answer.headers()).filter(([header]) => !header.startsWith('cross-origin-')),
    );
    await route.fulfill({ response: answer, headers });
  });
  await openLab(plain);
  expect(await plain.evaluate(() => crossOriginIsolated)).toBe(false);
  await jump(plain, 4);
  expect(await pixels(plain, online)).toBe(expected);
  expect(await recommended(plain, 4)).toEqual(lists);
});

test('a picture has no times and nothing held out: both are said, and can be helped', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(page.getByTestId('summary')).toContainText('Portrait');
  await page.getByText('Stream lab').click();
  await expect(page.getByText('These ratings have no times')).toBeVisible();
  await expect(page.getByLabel('Order of arrival').getByRole('option')).toHaveText(['Random', 'By user']);
  await expect(progress(page)).toContainText('Batch 0 of 90');
  await page.getByRole('button', { name: 'Hold out 20 %' }).click();
  await expect(progress(page)).toContainText('Batch 0 of 72');
  await page.getByRole('button', { name: 'One batch' }).click();
  await expect(progress(page)).toContainText('Batch 1 of 72');
  // The race is as it was.
  await page.getByText('Race', { exact: true }).click();
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 0');
});

test('a batch larger than the data takes it all at once', async ({ page }) => {
  await openLab(page);
  const size = page.getByRole('textbox', { name: 'Batch size value' });
  await size.fill('100000');
  await size.press('Enter');
  await expect(progress(page)).toContainText('Batch 0 of 1:');
  await expect(progress(page)).toContainText('All ratings arrive in one batch.');
  await page.getByRole('button', { name: 'One batch' }).click();
  await expect(progress(page)).toContainText('Batch 1 of 1: 48,000 of 48,000');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing scrolls sideways and axe finds nothing in the lab, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openLab(page);
    await jump(page, 3);
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ]) {
      await page.setViewportSize({ width, height });
      for (const tab of ['Verdict', 'Your own rating']) {
        await page.getByText(tab, { exact: true }).click();
        const { scrollWidth, scrollHeight } = await page.evaluate(() => ({
          scrollWidth: document.documentElement.scrollWidth,
          scrollHeight: document.documentElement.scrollHeight,
        }));
        expect(scrollWidth).toBeLessThanOrEqual(width);
        if (width > 1000) expect(scrollHeight).toBeLessThanOrEqual(height);
        const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`),
        ).toEqual([]);
      }
    }
  });
}

test('the lab has no Run tab, and the one of the race is there again after it', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  const run = page.getByRole('tab', { name: 'Run' });
  await run.click();
  // A new one each time stays in memory with the one before.
  const first = await run.elementHandle();
  await page.getByText('Stream lab', { exact: true }).click();
  await expect(run).toHaveCount(0);
  await expect(page.getByRole('tab', { name: 'Model' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: 'Data' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Search' })).toBeFocused();
  await page.getByText('Race', { exact: true }).click();
  await expect(run).toHaveAttribute('aria-selected', 'true');
  expect(await run.evaluate((tab, before) => tab === before, first)).toBe(true);
});
