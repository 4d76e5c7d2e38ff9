import { expect, type Page, test } from '@playwright/test';
import { openPanel } from './panels';

/** Opens the page paused at step 0, as one who prefers reduced motion sees it. */
async function openPaused(page: Page, path = '/') {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(path);
  await expect(page.getByRole('region', { name: 'B-SGD run' })).toContainText('epoch 0.00');
}

const field = (page: Page, label: string) => page.getByRole('textbox', { name: `${label} value` });

/** Types into a field of a setting, and leaves it. */
async function type(page: Page, label: string, text: string) {
  await openPanel(page, label);
  await field(page, label).fill(text);
  await field(page, label).press('Enter');
}

// A page that throws fails the test that saw it.
test.beforeEach(({ page }) => {
  page.on('pageerror', (error) => {
    throw error;
  });
});

for (const locale of ['en-US', 'de-DE', 'de-CH', 'fr-FR', 'ar-EG', 'hi-IN-u-nu-deva', 'hi-IN'])
  test.describe(`read in ${locale}`, () => {
    test.use({ locale: locale.slice(0, 5) });

    test('numbers are taken as people write them there, and anywhere', async ({ page }) => {
      await openPaused(page);
      const written = (value: number) => new Intl.NumberFormat(locale).format(value);
      for (const text of ['1.5', '1,5', written(1.5)]) {
        await type(page, 'Lambda', '0');
        await expect(field(page, 'Lambda')).toHaveValue('0');
        await type(page, 'Lambda', '15');
        await expect(field(page, 'Lambda')).toHaveValue('15');
        await type(page, 'Lambda', text);
        await expect(field(page, 'Lambda')).toHaveValue('1.5');
      }
      for (const [label, value] of [
        ['Rank', 12],
        ['Speed', 1_000_000],
        ['Learning rate', 0.005],
        ['Known ratings', 20],
      ] as const) {
        await type(page, label, written(value));
        await expect(field(page, label)).toHaveValue(String(value));
      }
      await type(page, 'Known ratings', '50 %');
      await expect(field(page, 'Known ratings')).toHaveValue('50');
    });
  });

test('what was typed out of bounds, or is no number, is said beside its field until the next key', async ({
  page,
}) => {
  await openPaused(page);
  const note = page.getByRole('alert');
  for (const [label, text, words, left] of [
    ['Rank', '200', '200 is too much: 128 is the most.', '128'],
    ['Rank', '1.5', '1.5 is not a whole number.', '128'],
    ['Learning rate', '0', '0 is too little: 0.0001 is the least.', '0.0001'],
    ['Learning rate', 'fast', '“fast” is not a number.', '0.0001'],
    ['Lambda', '1,000', '“1,000” may be 1000 or 1: write it like one of these.', '15'],
  ]) {
    await type(page, label, text);
    await expect(note).toHaveText(words);
    await expect(field(page, label)).toHaveValue(left);
    await expect(field(page, label)).toHaveAccessibleDescription(words);
  }
  await page.keyboard.press('Tab');
  await expect(note).toHaveCount(0);
  await page.getByRole('textbox', { name: 'Go to step' }).fill('1e9');
  await page.keyboard.press('Enter');
  await expect(note).toHaveText('1e9 is too much: 500 is the most.');
});

test('arrow keys change a number by a step, and stay within its bounds', async ({ page }) => {
  await openPaused(page);
  await type(page, 'Rank', '127');
  await field(page, 'Rank').focus();
  await page.keyboard.press('ArrowUp');
  await expect(field(page, 'Rank')).toHaveValue('128');
  await page.keyboard.press('ArrowUp');
  await expect(field(page, 'Rank')).toHaveValue('128');
  await page.keyboard.press('PageDown');
  await expect(field(page, 'Rank')).toHaveValue('118');
});

test('a browser whose language is none gets the page all the same', async ({ page }) => {
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'language', { get: () => 'C', configurable: true }),
  );
  await openPaused(page);
  await expect(
    page.getByRole('slider', { name: 'RMSE of both methods as they learn' }).locator('canvas'),
  ).toBeVisible();
  await page.getByText('Stream lab').click();
  await expect(page.getByRole('region', { name: 'Stream transport' })).toContainText('Batch 0');
});
