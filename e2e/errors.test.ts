import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openPanel } from './panels';

/** 60 users with 20 of 40 items each, a rating by parity: two kinds of users, and of items. */
function ratings(): string {
  const rows = Array.from({ length: 1200 }, (_, j) => {
    const [user, item] = [j % 60, (7 * j) % 40];
    return `u${user},i${item},${(user + item) % 2 === 0 ? 5 : 2}`;
  });
  return ['userId,itemId,rating', ...new Set(rows)].join('\n');
}

test('where the errors are: by activity of users and items, and the largest, each of which one can look at', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByLabel('Open a ratings file or a picture').setInputFiles({
    name: 'parity.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(ratings()),
  });
  await expect(page.getByTestId('summary')).toContainText('parity.csv');
  await openPanel(page, 'ALS iterations');
  await page.getByText('Where the errors are').click();
  const panel = page.getByRole('tabpanel', { name: 'Run' });
  const users = panel.getByRole('table', { name: /ratings the user gave/ });
  await expect(users.getByRole('row').nth(1)).toContainText(/\d/);
  await expect(panel.getByRole('table', { name: /ratings the item got/ })).toBeVisible();
  await expect(panel).toContainText(/RMSE validation, rating units: ALS iteration/);

  // As many are measured as were held out, however they are grouped.
  const measured = (await users.locator('tbody td:nth-child(2)').allInnerTexts()).map((text) =>
    Number(text.replaceAll(',', '')),
  );
  const held = /([\d,]+) held-out/.exec(await page.locator('main').innerText())?.[1] ?? '';
  expect(measured.reduce((sum, one) => sum + one, 0)).toBe(Number(held.replaceAll(',', '')));

  await panel.getByText(/Furthest off: ALS/).click();
  const largest = panel.getByRole('list', { name: 'Furthest off: ALS' }).getByRole('listitem');
  await expect(largest.first()).toContainText(/user u\d+, item i\d+/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  const name = await largest.first().getByRole('button').innerText();
  await largest.first().getByRole('button').click();
  await expect(page.locator('main')).toContainText(name);
});
