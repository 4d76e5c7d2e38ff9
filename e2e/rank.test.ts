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

test('errors are told clipped to the scale and without cold pairs, after the fact, and everything says so', async ({
  page,
}) => {
  await page.goto('/');
  // Items that one user alone has rated are cold where that is held out.
  const rare = Array.from({ length: 40 }, (_, y) => `u${y},rare${y},${y % 2 ? 5 : 2}`);
  const buffer = Buffer.from([ratingsOfTwoTastes(), ...rare].join('\n'));
  await page
    .getByLabel('Open a ratings file or a picture')
    .setInputFiles({ name: 'rare.csv', mimeType: 'text/csv', buffer });
  await expect(page.getByText('60 × 120').first()).toBeVisible();
  await openPanel(page, 'Run');
  await page.getByRole('textbox', { name: 'ALS iterations value' }).fill('3');
  await page.keyboard.press('Enter');
  await page.getByLabel('Flat out').check();
  const als = page.getByLabel('ALS run');
  await expect(als).toContainText('iteration 3');
  const score = als.locator('.score');
  const before = await score.innerText();
  await openPanel(page, 'Clip to the scale');
  await page.getByLabel('Clip to the scale').check();
  await page.getByRole('combobox', { name: 'Cold pairs' }).selectOption('drop');
  await expect(score).toContainText('RMSE (clipped, cold dropped) validation');
  const errorIn = (words: string) => Number(words.split(' ').at(-1));
  expect(errorIn(await score.innerText())).toBeLessThan(errorIn(before));
  await expect(page.getByText(/clipped to 2–5, cold pairs dropped \(\d+ of \d+\)/)).toBeVisible();
  await expect(page).toHaveURL(/clip=true&cold=drop/);
  await page.getByLabel('Clip to the scale').uncheck();
  await page.getByRole('combobox', { name: 'Cold pairs' }).selectOption('bias');
  await expect(score).toHaveText(before);
});
