import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { openPanel } from './panels';

/** The search of the stream of the sample, where nothing has arrived. */
async function openSearch(page: Page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page.getByRole('button', { name: 'Sample ratings' }).click();
  await expect(page.getByTestId('summary')).toContainText('60,000 ratings');
  await page.getByText('Stream lab').click();
  await expect(page.getByRole('region', { name: 'Stream transport' })).toContainText('Batch 0 of 48');
  await openPanel(page, 'Search');
}

const panel = (page: Page) => page.getByRole('region', { name: 'Search of the stream' });
const press = (page: Page, name: string) => panel(page).getByRole('button', { name, exact: true }).click();
const verdict = (page: Page) => panel(page).getByText(/^Best of those kept: /);
const candidates = (page: Page) => page.getByRole('table', { name: 'Candidates, the best first' });

test('candidates learn from one stream, the worst are pruned with when and why, and the lab is set as the best', async ({
  page,
}) => {
  await openSearch(page);
  await expect(panel(page).getByText('16 candidates, cut at 4 %, 10 %, 21 %, 40 %')).toBeVisible();
  await press(page, 'Search');
  await expect(page.getByRole('region', { name: 'Search chart' })).toBeVisible();
  const pruned = candidates(page).getByText(
    /^pruned at 4 % \(batch 2\): RMSE [\d.]+ against [\d.]+ of the 8th best$/,
  );
  await expect(pruned).toHaveCount(8);
  await press(page, 'Pause');
  await expect(panel(page).getByText(/^Batch \d+ of 48: \d of 16 candidates left, paused\.$/)).toBeVisible();
  await expect(verdict(page)).toBeHidden();
  await press(page, 'Resume');
  await expect(panel(page).getByText('Batch 48 of 48: 1 of 16 candidates left.')).toBeVisible();
  // The caveat: the best early is told, and where it ends among all, since whoever was pruned was followed.
  await expect(verdict(page)).toContainText(
    /The best at 4 % \(γ of factors [\d.]+, γ of biases [\d.]+\) (ends \d+(st|nd|rd|th) of 16, at [\d.]+|is the best at the end, too)\./,
  );
  await expect(verdict(page)).toContainText(/Pruning (kept the best\.|at \d+ % lost [\d.]+:)/);
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
  expect(violations).toEqual([]);

  const words = (await verdict(page).textContent()) ?? '';
  const [, factors, biases] =
    words.match(/^Best of those kept: γ of factors ([\d.]+), γ of biases ([\d.]+)/) ?? [];
  await expect(page).toHaveURL(/search\.factorRate=/);
  const link = page.url();
  await press(page, 'Use these');
  await expect(page.getByRole('region', { name: 'Stream chart' })).toBeVisible();
  await openPanel(page, 'Model');
  await page.locator('summary').getByText('B-SGD', { exact: true }).click();
  await expect(page.getByLabel('γ of factors value')).toHaveValue(factors);
  await expect(page.getByLabel('γ of biases value')).toHaveValue(biases);

  // A link has the search, which begins only when asked, and comes to the same.
  const other = await page.context().newPage();
  await other.goto(link);
  await expect(panel(other).getByText('16 candidates, cut at')).toBeVisible();
  await panel(other).getByText('Speed, metric, and what else is set').click();
  await panel(other).getByLabel('Speed', { exact: true }).selectOption('flat out');
  await press(other, 'Search');
  await expect(verdict(other)).toHaveText(words);
});

test('who is pruned can be let go, which is said to leave the best unknown; a search is cancelled', async ({
  page,
}) => {
  await openSearch(page);
  const field = page.getByLabel('γ of factors: what is tried');
  await field.fill('0.05 0.2');
  await field.press('Enter');
  await panel(page).getByLabel('The pruned', { exact: true }).selectOption('let go');
  await expect(panel(page).getByText(/whether the best was among them stays unknown/)).toBeVisible();
  await press(page, 'Search');
  await expect(
    candidates(page)
      .getByText(/^pruned at/)
      .first(),
  ).toBeVisible();
  await press(page, 'Cancel');
  await expect(candidates(page)).toBeHidden();
  await panel(page).getByText('Speed, metric, and what else is set').click();
  await panel(page).getByLabel('Speed', { exact: true }).selectOption('flat out');
  await press(page, 'Search');
  await expect(verdict(page)).toContainText(
    /Whether one of the 7 that were pruned would have ended better is unknown: they were not followed\.$/,
  );
  // The chart goes back to the methods of the lab, and to the search.
  await page.getByText('Methods', { exact: true }).click();
  await expect(page.getByRole('region', { name: 'Stream chart' })).toBeVisible();
  await page.getByRole('group', { name: 'Curves of' }).getByText('Search').click();
  await expect(page.getByRole('region', { name: 'Search chart' })).toBeVisible();
});
