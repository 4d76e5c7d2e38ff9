import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { openPanel } from './panels';

/** As many users, items and ratings as MovieLens 100K has, in its form: u.data, made up. */
function madeUp() {
  const [users, items, ratings] = [943, 1682, 100_000];
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const leanings = Array.from({ length: users + items }, () => random() - 0.5);
  const rows = new Map<number, string>();
  const rate = (x: number, y: number) => {
    const said = 3.6 + leanings[x] + 1.2 * leanings[users + y] + 1.6 * (random() + random() - 1);
    const stars = Math.min(5, Math.max(1, Math.round(said)));
    const time = 874_724_710 + rows.size * 180;
    rows.set(x * items + y, `${x + 1}\t${y + 1}\t${stars}\t${time}`);
  };
  for (let y = 0; y < items; y++) rate(Math.floor(users * random()), y);
  while (rows.size < ratings) {
    // Some are rated by many, most by few.
    const [x, y] = [Math.floor(users * random()), Math.floor(items * random() ** 2)];
    if (!rows.has(x * items + y)) rate(x, y);
  }
  // In no order, as in MovieLens's own file.
  const lines = [...rows.keys()].toSorted((a, b) => ((a * 7919) % 999_983) - ((b * 7919) % 999_983));
  const text = lines.map((key) => rows.get(key)).join('\n');
  return { name: 'u.data', mimeType: 'text/plain', buffer: Buffer.from(text) };
}

const panel = (page: Page) => page.getByRole('region', { name: 'Search', exact: true });

/** The numbers of a row of the table: its RMSE and its MAE. */
async function rowOf(page: Page, name: RegExp) {
  const cells = panel(page).getByRole('row', { name }).getByRole('cell');
  return (await cells.allTextContents()).map(Number.parseFloat);
}

test('a published figure is found once more on a file of its shape, and told beside it', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Open a ratings file or a picture').setInputFiles(madeUp());
  await expect(page.getByTestId('summary')).toHaveText('u.data · 943 × 1,682 · 100,000 ratings');
  await openPanel(page, 'Search');
  await panel(page).getByText('Published figures').click();
  await expect(page.getByText(/^Of MovieLens 100K: .* These are open\.$/)).toBeVisible();

  const figure = page.getByLabel('Published figure');
  await figure.selectOption({ label: 'Surprise, BaselineOnly, MovieLens 100K' });
  await page.getByRole('button', { name: 'Reproduce', exact: true }).click();
  const verdict = panel(page).getByText(/^(Reproduced|Not reproduced): RMSE /);
  await expect(verdict).toBeVisible();
  expect(await rowOf(page, /^Published/)).toEqual([0.944, 0.748]);
  const folds = await Promise.all([1, 2, 3, 4, 5].map((fold) => rowOf(page, RegExp(`^Fold ${fold}`))));
  const [rmse, mae] = await rowOf(page, /^Here/);
  expect(folds.reduce((sum, [one]) => sum + one, 0) / 5).toBeCloseTo(rmse, 3);
  expect(folds.reduce((sum, [, one]) => sum + one, 0) / 5).toBeCloseTo(mae, 3);
  const isNear = Math.abs(rmse - 0.944) <= 0.003 && Math.abs(mae - 0.748) <= 0.003;
  await expect(verdict).toHaveText(isNear ? /^Reproduced/ : /^Not reproduced/);
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
  expect(violations).toEqual([]);

  // B-SGD in five folds is long enough to be paused on any machine, and a stream has three places.
  await figure.selectOption({ label: 'Surprise, SVD, MovieLens 100K' });
  await page.getByRole('button', { name: 'Reproduce', exact: true }).click();
  await panel(page).getByRole('button', { name: 'Pause' }).click();
  await expect(panel(page).getByText(/^\d+ %, paused\.$/)).toBeVisible();
  await panel(page).getByRole('button', { name: 'Resume' }).click();
  await expect(verdict).toBeVisible();
  expect((await rowOf(page, /^Here/))[0]).toBeLessThan(rmse + 0.05);

  await figure.selectOption({ label: 'river, BiasedMF, MovieLens 100K' });
  await page.getByRole('button', { name: 'Reproduce', exact: true }).click();
  const last = panel(page).getByText(/reproduced, after 100,000 ratings: RMSE /i);
  await expect(last).toBeVisible();
  await expect(panel(page).getByRole('row', { name: /^Here after/ })).toHaveCount(3);
});

test('a figure of other data says so, and can be looked for all the same', async ({ page }) => {
  await page.goto('/#data=sample-small');
  await expect(page.getByText('600 × 2,000').first()).toBeVisible();
  await openPanel(page, 'Search');
  await panel(page).getByText('Published figures').click();
  await page.getByLabel('Published figure').selectOption({ label: 'Spark, ALS, MovieLens 100K' });
  await expect(page.getByText(/They are not the data of the figure/)).toBeVisible();
  await page.getByRole('button', { name: 'Reproduce', exact: true }).click();
  await expect(
    panel(page).getByText(/^Not the data of the figure: RMSE [\d.]+, MAE [\d.]+ on /),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(panel(page).getByRole('row', { name: /^Here/ })).toHaveCount(0);
});
