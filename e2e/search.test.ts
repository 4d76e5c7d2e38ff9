import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { openPanel } from './panels';
import { filmFiles } from './tastes';

/** Ratings of 80 users of 60 items, in half stars from a little noise around two tastes. */
function ratingsFile() {
  const rows = ['user,item,rating'];
  for (let x = 0; x < 80; x++)
    for (let y = 0; y < 60; y++) {
      const mixed = (31 * x + 17 * y) % 11;
      const taste = x % 2 === y % 2 ? 4 : 2;
      if (mixed < 5) rows.push(`u${x},i${y},${taste + ((x * y) % 3) / 2 - 0.5}`);
    }
  return { name: 'tastes.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) };
}

async function dropped(page: Page) {
  await page.goto('/');
  await page.getByLabel('Open a ratings file or a picture').setInputFiles(ratingsFile());
  await expect(page.getByText('80 × 60').first()).toBeVisible();
  await openPanel(page, 'Search');
}

async function tried(page: Page, label: string, values: string) {
  const field = page.getByLabel(`${label}: what is tried`);
  await field.fill(values);
  await field.press('Enter');
}

test('two settings are searched as a map, a cell is opened on the stage, and the race is set as it is', async ({
  page,
}) => {
  await dropped(page);
  await tried(page, 'Rank', '1 2 4');
  await tried(page, 'Lambda', '0.01, 0.1, 1');
  await expect(page.getByText('9 cells on 5 parts')).toBeVisible();
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByText('45 runs done.')).toBeVisible();
  const map = page.getByRole('table', { name: 'Rank down, λ across' });
  const cell = map.getByRole('button', { name: /^Rank 2, λ 0\.1: RMSE [\d.]+ ± [\d.]+ on 5 of 5 parts/ });
  await cell.click();
  await expect(cell).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(map.getByRole('button', { name: /^Rank 2, λ 1:/ })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
  expect(violations).toEqual([]);

  // The map as it filled, a frame for each of its runs and one before them; and its numbers.
  const film = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the map as GIF' }).click();
  const gif = await readFile(await (await film).path());
  expect(gif.subarray(0, 6).toString()).toBe('GIF89a');
  // Each frame has one graphic control extension.
  expect(gif.toString('latin1').split('\x21\xf9\x04').length - 1).toBe(46);
  const table = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the search as CSV' }).click();
  const csv = await readFile(await (await table).path(), 'utf8');
  expect(csv.trim().split(/\r?\n/)).toHaveLength(10);
  expect(csv).toMatch(/^rank,lambda,parts,mean,standardError,/);

  await page.getByRole('button', { name: 'Open on the stage' }).click();
  await expect(page.getByText('ALS, rank 2, λ 0.1').first()).toBeVisible();
  const step = page.getByLabel('Go to step');
  await step.fill('3');
  await step.press('Enter');
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 3');

  await page.getByRole('button', { name: 'Use these' }).click();
  await expect(page).toHaveURL(/rank=2&lambda=0\.1&/);
  await openPanel(page, 'Model');
  await expect(page.getByLabel('Rank value')).toHaveValue('2');
});

test('from a file to settings, to a model, to what it recommends, and to a list for everybody', async ({
  page,
}) => {
  const real = ['ratings.csv', 'movies.csv'].map((name) =>
    fileURLToPath(new URL(`../../shared/data/ml-latest-small/${name}`, import.meta.url)),
  );
  const isThere = real.every((path) => existsSync(path));
  if (!isThere) console.info('MovieLens is absent: made-up ratings in its format stand in for it');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page.getByLabel('Open a ratings file or a picture').setInputFiles(isThere ? real : filmFiles);
  await expect(page.getByTestId('summary')).toContainText(isThere ? '671 × 9,066' : '60 × 40');
  await openPanel(page, 'Search');
  await tried(page, 'Rank', '1 2');
  await tried(page, 'Lambda', '0.05 0.1');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByText('20 runs done.')).toBeVisible();
  const cell = page.getByRole('button', { name: /^Rank 2, λ 0\.1: RMSE/ });
  await cell.click();
  await page.getByRole('button', { name: 'Open on the stage' }).click();
  await expect(page.getByText('ALS, rank 2, λ 0.1').first()).toBeVisible();
  await page.getByRole('button', { name: 'Use these' }).click();
  await expect(page).toHaveURL(/rank=2&lambda=0\.1&/);

  await page.getByText('Recommend', { exact: true }).click();
  await expect(page.getByRole('radio', { name: 'ALS, rank 2, λ 0.1' })).toBeChecked();
  await expect(page.getByRole('list', { name: 'Recommended items' }).getByRole('listitem')).toHaveCount(10);

  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Predictions CSV…' }).click();
  await page.getByRole('radio', { name: /have not rated$/ }).check();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save CSV' }).click();
  const lists = await readFile(await (await saved).path(), 'utf8');
  const [head, ...rows] = lists.trim().split(/\r?\n/);
  expect(head).toMatch(/^userId,place,itemId,/);
  expect(rows).toHaveLength((isThere ? 671 : 60) * 10);
});

test('a search by halving is paused, goes on, and is told as a list', async ({ page }) => {
  await dropped(page);
  await tried(page, 'Rank', '1 2 3 4 6 8 12 16');
  await tried(page, 'Lambda', '0.01 0.02 0.05 0.1 0.2 0.5');
  await page.getByLabel('Search another setting').selectOption('ALS baseline');
  await page.getByLabel('Work', { exact: true }).selectOption('halving');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page
    .getByRole('region', { name: 'Search', exact: true })
    .getByRole('button', { name: 'Pause' })
    .click();
  await expect(page.getByText(/\d+ of \d+ runs, paused\./)).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  const done = page.getByText(/^\d+ runs done, (\d+) % of the work of the grid\.$/);
  await expect(done).toBeVisible();
  expect(Number((await done.textContent())?.match(/(\d+) %/)?.[1])).toBeLessThanOrEqual(40);
  await expect(
    page.getByText(/^Best: rank \d+, λ [\d.]+, ALS baseline .*, RMSE [\d.]+ ± [\d.]+/),
  ).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Error' })).toBeVisible();
});

test('some ratings of every user are left out, the best is who ranks best, and a link says so', async ({
  page,
}) => {
  await dropped(page);
  await tried(page, 'Rank', '1 2');
  await tried(page, 'Lambda', '0.01, 0.1');
  await page.getByText('Seeds, metric, and what else is set').click();
  await page.getByLabel('Held out of a fold').selectOption('some of every user');
  const leave = page.getByRole('textbox', { name: 'Of every user value' });
  await leave.fill('3');
  await leave.press('Enter');
  await page.getByLabel('By', { exact: true }).selectOption('NDCG@k');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByText('20 runs done.')).toBeVisible();
  await expect(page).toHaveURL(/search\.metric=ndcg&.*search\.division=users&search\.leave=3&/);
  // The best has the most of it.
  const best = await page.getByText(/^Best: .*, NDCG@k ([\d.]+)/).textContent();
  const cells = page.getByRole('table', { name: 'Rank down, λ across' }).getByRole('button');
  const told = await cells.evaluateAll((all) => all.map((cell) => cell.getAttribute('aria-label') ?? ''));
  const gainIn = (words: string | null) => Number(words?.match(/NDCG@k ([\d.]+)/)?.[1]);
  expect(told.map(gainIn)).toHaveLength(4);
  expect(gainIn(best)).toBe(Math.max(...told.map(gainIn)));
});

test('a link to a search sets what is searched, and begins nothing', async ({ page }) => {
  await page.goto(
    '/#data=sample-small&search.method=als&search.folds=3&search.rank=2+4&search.lambda=0.05+0.1',
  );
  await expect(page.getByText('600 × 2,000').first()).toBeVisible();
  await expect(page.getByLabel('Rank: what is tried')).toHaveValue('2, 4');
  await expect(page.getByText('4 cells on 3 parts')).toBeVisible();
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByText('12 runs done.')).toBeVisible();
  await expect(page).toHaveURL(/search\.folds=3.*search\.rank=2\+4&search\.lambda=0\.05\+0\.1/);
});

test('a run that gets no better stops and says so, and its best frame is one press away', async ({
  page,
}) => {
  await page.goto('/#data=sample-small&stopAfter=2&lambda=0.03&iterations=40&epochs=3');
  await expect(page.getByText('600 × 2,000').first()).toBeVisible();
  await openPanel(page, 'Flat out');
  await page.getByLabel('Flat out').check();
  const start = page.getByRole('button', { name: 'Start', exact: true });
  if (await start.isVisible()) await start.click();
  await expect(
    page.getByText(/^ALS stopped at iteration \d+: 2 iterations without 0\.1 % less error/),
  ).toBeVisible();
  const look = page.getByRole('button', { name: /^Look at iteration \d+$/ });
  const best = (await look.textContent())?.replace('Look at ', '') ?? '';
  await look.click();
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText(best);
});
