import { expect, test } from '@playwright/test';
import { openPanel } from './panels';

/** Ratings of 60 users, each of whom likes one half of 80 items; 54 of them like something of what is held out. */
function ratingsOfTwoTastes(): string {
  const rows = ['user,item,rating'];
  for (let x = 0; x < 60; x++)
    for (let y = 0; y < 80; y++)
      if ((31 * x + 17 * y) % 7 < 2) rows.push(`u${x},i${y},${x % 2 === y % 2 ? 5 : 2}`);
  return rows.join('\n');
}

test('recommendations are judged as the runs learn, and anew by another k', async ({ page }) => {
  await page.goto('/');
  await page
    .getByLabel('Open a ratings file or a picture')
    .setInputFiles({ name: 'tastes.csv', mimeType: 'text/csv', buffer: Buffer.from(ratingsOfTwoTastes()) });
  await expect(page.getByText('60 × 80').first()).toBeVisible();
  await openPanel(page, 'View');
  await page.getByRole('combobox', { name: 'Metric' }).selectOption('NDCG@k');
  const play = page.getByRole('button', { name: 'Start', exact: true });
  if (await play.isVisible()) await play.click();
  const readout = page.getByText(/^NDCG@10 of 54 users: ALS [\d.]+ ± [\d.]+.* · B-SGD [\d.]+ ± [\d.]+/);
  await expect(readout).toBeVisible();
  await page.getByLabel('k value').fill('3');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^NDCG@3 of 54 users: ALS/)).toBeVisible();
  await expect(page).toHaveURL(/metric=ndcg.*listSize=3/);
});
