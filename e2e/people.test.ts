import { expect, type Page, test } from '@playwright/test';
import { openPanel } from './panels';

const alsRun = (page: Page) => page.getByRole('region', { name: 'ALS run', exact: true });

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(alsRun(page)).toContainText('iteration 0');
  // Keys come with the transport, which may come after the first picture.
  await expect(page.getByRole('button', { name: 'Step', exact: true })).toBeEnabled();
});

test('keys of the page hold wherever the focus is, unless something is typed or chosen there', async ({
  page,
}) => {
  await page.keyboard.press('ArrowRight');
  await expect(alsRun(page)).toContainText('iteration 1');
  // What is one of a few keeps its arrows, and no other key.
  await page.getByText('Error', { exact: true }).click();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Known cells' })).toBeChecked();
  await expect(alsRun(page)).toContainText('iteration 1');
  await page.keyboard.press('r');
  await expect(alsRun(page)).toContainText('iteration 0');
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await page.keyboard.press('ArrowRight');
  await expect(alsRun(page)).toContainText('iteration 2');
  await openPanel(page, 'Flat out');
  await page.getByRole('checkbox', { name: 'Flat out' }).focus();
  await page.keyboard.press('r');
  await expect(alsRun(page)).toContainText('iteration 0');
  await openPanel(page, 'Model');
  await page.getByRole('textbox', { name: 'Rank value' }).focus();
  await page.keyboard.press('ArrowRight');
  await openPanel(page, 'Palette');
  await page.getByRole('combobox', { name: 'Palette' }).focus();
  await page.keyboard.press('r');
  await expect(alsRun(page)).toContainText('iteration 0');
});

test('the first stop of Tab skips what stands before the matrices', async ({ page }) => {
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Skip to the matrices' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('radio', { name: 'Prediction' })).toBeFocused();
  expect(page.url()).not.toContain('#main');
});

test('a notice that only informs leaves by itself, and waits while somebody reads it', async ({ page }) => {
  await page.getByRole('button', { name: 'Copy link' }).click();
  const notice = page.getByRole('status').filter({ hasText: 'The link is' }).locator('.notice');
  const states = () =>
    notice.evaluate((element) => element.getAnimations().map(({ playState }) => playState));
  await expect.poll(states).toEqual(['running']);
  await notice.hover();
  await expect.poll(states).toEqual(['paused']);
  await page.mouse.move(0, 0);
  await page.getByRole('button', { name: 'Dismiss' }).focus();
  await expect.poll(states).toEqual(['paused']);
  await notice.evaluate((element) => {
    for (const animation of element.getAnimations()) animation.finish();
  });
  await expect(notice).toBeHidden();
});

test('what went wrong stays until it is dismissed', async ({ page }) => {
  await page
    .getByLabel('Open a ratings file or a picture')
    .setInputFiles({ name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('empty.csv was not loaded');
  expect(await alert.locator('.notice').evaluate((element) => element.getAnimations().length)).toBe(0);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(alert).toBeHidden();
});

test('with few colours, what is chosen still differs from what is not, and curves from each other', async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active' });
  const paint = (name: string) =>
    page.getByText(name, { exact: true }).evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await paint('Prediction')).not.toBe(await paint('Error'));
  const background = (part: string) =>
    page
      .locator(part)
      .first()
      .evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await background('.slider-indicator')).not.toBe(await background('.slider-track'));
  const legend = await page
    .getByRole('region', { name: 'RMSE chart' })
    .getByRole('listitem')
    .evaluateAll((lines) =>
      lines.map((line) => {
        const { backgroundColor, clipPath } = getComputedStyle(line, '::after');
        return { backgroundColor, clipPath };
      }),
    );
  for (const property of ['backgroundColor', 'clipPath'] as const)
    expect(new Set(legend.map((line) => line[property])).size).toBe(legend.length);
});

/** What has the focus, as it is called. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    if (!element || element === document.body) return '';
    return element.getAttribute('aria-label') || element.textContent || element.tagName;
  });

test('the first screen has at most 20 stops of Tab; arrow keys lead on within each', async ({ page }) => {
  await expect(page.getByRole('slider', { name: 'RMSE of both methods as they learn' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Export' })).toBeVisible();
  const stops: string[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (stop === '' || stops.length > 20) break;
    stops.push(stop);
  }
  expect(stops.length, stops.join(', ')).toBeLessThanOrEqual(20);
  expect(stops).toContain('Start');
  await page.getByRole('button', { name: 'Open file' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('button', { name: 'Sample ratings' })).toBeFocused();
  // In the transport left and right are steps and frames, wherever the focus is: up and down lead on.
  await page.getByRole('button', { name: 'Start', exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: 'Step', exact: true })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(alsRun(page)).toContainText('iteration 1');
});
