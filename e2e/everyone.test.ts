import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const run = (page: Page, name: string) => page.getByRole('region', { name: `${name} run` });
const chart = (page: Page) => page.getByRole('slider', { name: 'RMSE of both methods as they learn' });

/** Opens the page paused, and takes two steps. */
async function open(page: Page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(run(page, 'B-SGD')).toContainText('epoch 0.00');
  for (const step of [1, 2]) {
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect(run(page, 'B-SGD')).toContainText(`epoch ${step}.00`);
    await expect(run(page, 'ALS')).toContainText(`iteration ${step}`);
  }
}

test('the chart is walked by keys: what is at the crosshair is said, and Enter looks back there', async ({
  page,
}) => {
  await open(page);
  await chart(page).focus();
  await page.keyboard.press('End');
  await expect(chart(page)).toHaveAttribute('aria-valuetext', /^at 2: ALS train \d.* · B-SGD train \d/);
  await page.keyboard.press('Home');
  await expect(chart(page)).toHaveAttribute('aria-valuetext', /^at 0: /);
  await expect(chart(page)).toHaveAttribute('aria-valuenow', '0');
  await page.keyboard.press('ArrowRight');
  await expect(chart(page)).toHaveAttribute('aria-valuetext', /^at 0\.125: /);
  await page.keyboard.press('PageUp');
  await expect(chart(page)).toHaveAttribute('aria-valuenow', '11');
  const read = page.locator('.chart-readout');
  await expect(read).toHaveText((await chart(page).getAttribute('aria-valuetext'))!);
  // The keys were the chart's: no step was taken, and nothing was looked back at.
  await expect(run(page, 'ALS')).toContainText('iteration 2');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(run(page, 'ALS')).toContainText('iteration 0');
  await page.keyboard.press('Tab');
  await expect(read).not.toContainText('at 0:');
});

test('the chart is a table too, of every place and curve', async ({ page }) => {
  await open(page);
  const [, error] = /RMSE ([\d.]+)/.exec((await run(page, 'ALS').textContent())!)!;
  await page.getByRole('button', { name: 'Chart as a table' }).click();
  const table = page.getByRole('dialog').getByRole('table', { name: 'RMSE' });
  await expect(table.getByRole('columnheader')).toHaveText([
    'iterations / epochs',
    'ALS train',
    'B-SGD train',
  ]);
  await expect(table.getByRole('row')).toHaveCount(1 + 17);
  const last = table.getByRole('row').last();
  await expect(last.getByRole('rowheader')).toHaveText('2');
  await expect(last.getByRole('cell').first()).toHaveText(error);
  await expect(page.getByText('Places 1 to 17 of 17')).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Chart as a table' })).toBeFocused();
});

test('what happens in the race is said in one place, in sentences', async ({ page }) => {
  await open(page);
  const said = page.getByRole('status', { name: 'What happens in the race' });
  await expect(said).toContainText(/After [12] steps?: ALS is ahead by/);
  await page.keyboard.press('r');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(said).toContainText('Playing.');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(said).toContainText(/Paused at ALS iteration [\d.]+, B-SGD epoch [\d.]+\./);
});

test('the race can be heard: two voices, lower where the error is, silent until somebody asks', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const heard: { tones: number[]; kinds: string[] } = { tones: [], kinds: [] };
    Object.assign(globalThis, { heard });
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (...when) {
      heard.kinds.push(this.type);
      const { frequency } = this;
      const set = frequency.setTargetAtTime.bind(frequency);
      frequency.setTargetAtTime = (hertz, at, glide) => {
        heard.tones.push(hertz);
        return set(hertz, at, glide);
      };
      return start.apply(this, when);
    };
  });
  await open(page);
  const heard = () =>
    page.evaluate(() => (globalThis as unknown as { heard: { tones: number[]; kinds: string[] } }).heard);
  expect(await heard()).toEqual({ tones: [], kinds: [] });
  const button = page.getByRole('button', { name: 'Hear the curves' });
  await expect(button).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('s');
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(async () => (await heard()).tones.length).toBe(2);
  const { kinds, tones } = await heard();
  expect(new Set(kinds).size).toBe(2);
  // ALS, the first, is far ahead: its tone is the lower one, and both are within the range that is stated.
  expect(tones[0]).toBeLessThan(tones[1]);
  for (const hertz of tones) expect(hertz).toBeGreaterThanOrEqual(220);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(async () => (await heard()).tones.length).toBeGreaterThan(2);
  await button.click();
  await expect(button).toHaveAttribute('aria-pressed', 'false');
});

test('P presents: large, without panels; a clicker goes from mark to mark, and Escape ends it', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(run(page, 'B-SGD')).toContainText('epoch 0.00');
  await expect(page.getByRole('button', { name: 'Step', exact: true })).toBeEnabled();
  await page.keyboard.press('m');
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(run(page, 'B-SGD')).toContainText('epoch 1.00');
  await page.keyboard.press('m');
  await page.keyboard.press('p');
  const bar = page.getByRole('navigation', { name: 'Presentation' });
  await expect(bar).toContainText('2 marks');
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Step', exact: true })).toBeHidden();
  const size = () =>
    run(page, 'ALS')
      .locator('p')
      .first()
      .evaluate((p) => Number.parseFloat(getComputedStyle(p).fontSize));
  expect(await size()).toBeGreaterThanOrEqual(20);
  await page.keyboard.press('PageDown');
  await expect(bar).toContainText('Mark 1 (1 of 2)');
  await expect(run(page, 'ALS')).toContainText('iteration 0');
  await page.keyboard.press('ArrowRight');
  await expect(bar).toContainText('Mark 2 (2 of 2)');
  await expect(run(page, 'B-SGD')).toContainText('epoch 1.00');
  await page.keyboard.press('PageUp');
  await expect(bar).toContainText('Mark 1 (1 of 2)');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  }
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
  await expect(page.getByRole('banner')).toBeVisible();
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Present' }).click();
  await bar.getByRole('button', { name: 'End the presentation' }).click();
  await expect(page.getByRole('banner')).toBeVisible();
});

test('a page of another site frames the race by its embed code, and not the page itself', async ({
  page,
}) => {
  await open(page);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Copy embed code' }).click();
  const dialog = page.getByRole('dialog', { name: 'Embed code' });
  const code = await dialog.getByRole('textbox', { name: 'Embed code' }).inputValue();
  const ours = new URL(page.url()).origin;

  const site = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end(
      `<!doctype html><title>Another site</title>${code}<iframe title="whole" src="${ours}/"></iframe>`,
    );
  });
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
  const { port } = site.address() as AddressInfo;
  await page.goto(`http://127.0.0.1:${port}/`);
  const frame = page.frameLocator('iframe[title^="Factorscope"]');
  const inFrame = (name: string) => frame.getByRole('region', { name: `${name} run` });
  await expect(inFrame('ALS')).toContainText('iteration 2');
  await expect(frame.getByRole('banner')).toBeHidden();
  await expect(frame.getByRole('slider', { name: /as they learn/ })).toBeVisible();
  await frame.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(inFrame('B-SGD')).toContainText(/epoch [3-9]/);
  const whole = page.frameLocator('iframe[title="whole"]');
  await expect(whole.getByRole('heading', { name: 'Factorscope' })).toHaveCount(0);
  const policies = await Promise.all(
    ['/', '/index.html', '/embed/'].map(async (path) =>
      (await fetch(ours + path)).headers.get('content-security-policy'),
    ),
  );
  expect(policies.map((policy) => /frame-ancestors ([^;]+)/.exec(policy ?? '')?.[1])).toEqual([
    "'none'",
    "'none'",
    '*',
  ]);
  // Where the browser isolates a frame by itself, it shares memory between workers as the page does.
  const embedded = page.frames().find((one) => one.url().includes('/embed/'))!;
  expect(await embedded.evaluate(() => crossOriginIsolated)).toBe(true);
  site.closeAllConnections();
  site.close();
});

test('behind every question mark there is the term, with its formula set as mathematics', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(run(page, 'B-SGD')).toContainText('epoch 0.00');
  await page.getByRole('button', { name: 'About Lambda' }).click();
  const about = page.getByRole('dialog').filter({ hasText: 'the price of large factors' });
  await expect(about.locator('math')).toContainText('λ');
  await about.getByRole('button', { name: 'Glossary' }).click();
  const glossary = page.getByRole('dialog', { name: 'Glossary' });
  await expect(glossary.getByRole('term').filter({ hasText: /^Lambda$/ })).toBeInViewport();
  await expect(glossary.locator('math').first()).toBeAttached();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page })
      .include('.glossary')
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  }
  await page.keyboard.press('Escape');
  await expect(glossary).toBeHidden();
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'What you see' });
  // It is longer than the screen, and opens at its beginning.
  await expect(help.getByRole('button', { name: 'Close' })).not.toBeInViewport();
  await expect(help.getByRole('heading')).toBeInViewport();
  await help.getByRole('button', { name: 'Glossary' }).click();
  await expect(glossary).toContainText('A streaming ALS implementation');
});
