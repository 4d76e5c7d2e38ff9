import { expect, type Page, test } from '@playwright/test';
import { regularisedFloor, singularValues, truncatedFloor } from '../src/kernels/floor';
import { drawPicture } from '../src/ratings/pictures/pictures';
import { openPanel } from './panels';

/** The numbers of a run as the page shows them. */
async function run(page: Page, name: 'ALS' | 'B-SGD') {
  const text = (await page.getByRole('region', { name: `${name} run` }).textContent()) ?? '';
  const number = (pattern: RegExp) => Number((text.match(pattern)?.[1] ?? 'NaN').replaceAll(',', ''));
  return {
    text,
    step: number(/(?:iteration|epoch) ([\d.]+)/),
    rmse: number(/(?:RMSE|train) ([\d.]+)/),
    validation: number(/validation ([\d.]+)/),
    seen: number(/([\d,]+) seen/),
  };
}

/** Opens the page paused at step 0, as one who prefers reduced motion sees it. */
async function openPaused(page: Page, path = '/') {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(path);
  await expect(page.getByRole('region', { name: 'B-SGD run' })).toContainText('epoch 0.00');
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 0');
}

const set = async (page: Page, label: string, value: string) => {
  await openPanel(page, label);
  const field = page.getByRole('textbox', { name: `${label} value` });
  await field.fill(value);
  await field.press('Enter');
  await expect(field).toHaveValue(value);
};

/** A digest of a canvas's pixels. */
const pixels = (page: Page, name: string) =>
  page.getByRole('img', { name }).evaluate((canvas: HTMLCanvasElement) => {
    const context = canvas.getContext('2d');
    const { data } = context!.getImageData(0, 0, canvas.width, canvas.height);
    let hash = 0x811c9dc5;
    for (const byte of data) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    return { hash, colours: new Set(new Uint32Array(data.buffer)).size };
  });
/** Waits until what was under way when it was paused has arrived: nothing comes for many frames. */
async function standsStill(page: Page) {
  await expect(async () => {
    const before = await run(page, 'B-SGD');
    await page.evaluate(async () => {
      for (let frame = 0; frame < 30; frame++) await new Promise(requestAnimationFrame);
    });
    expect((await run(page, 'B-SGD')).seen).toBe(before.seen);
  }).toPass();
}

const alsMatrix = 'Matrix predicted by batch ALS';
const sgdMatrix = 'Matrix predicted by bias-SGD';

// Whatever a page says on its console as an error, or throws, fails the test that saw it; so does any other origin.
test.beforeEach(async ({ page, baseURL }) => {
  page.on('pageerror', (error) => {
    throw error;
  });
  page.on('console', (message) => {
    if (message.type() === 'error') throw new Error(message.text());
  });
  await page.route('**', (route) => {
    if (!/^(blob:|data:)/.test(route.request().url()) && !route.request().url().startsWith(baseURL!))
      throw new Error(`left for ${route.request().url()}`);
    return route.continue();
  });
});

test('a newcomer sees both methods learn the portrait by themselves', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 1');
  await expect.poll(async () => (await run(page, 'ALS')).step).toBeGreaterThanOrEqual(4);
  await expect.poll(async () => (await run(page, 'B-SGD')).rmse).toBeLessThan(40);
  await page.getByRole('button', { name: 'Pause' }).click();
  await standsStill(page);
  expect((await run(page, 'ALS')).rmse).toBeLessThan(10);
  expect((await pixels(page, alsMatrix)).colours).toBeGreaterThan(100);
  expect((await pixels(page, sgdMatrix)).colours).toBeGreaterThan(100);
});

test('ALS is within 1 % of its optimum after ten iterations; B-SGD is slower, and ends under twice the floor', async ({
  page,
}) => {
  await openPaused(page);
  await set(page, 'ALS iterations', '10');
  await set(page, 'B-SGD epochs', '10');
  await openPanel(page, 'Flat out');
  await page.getByLabel('Flat out').check();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('finished');
  await expect(page.getByRole('region', { name: 'B-SGD run' })).toContainText('finished');
  const tones = Float64Array.from(drawPicture({ kind: 'portrait', size: 300, seed: 1, rank: 1 }));
  const singular = singularValues(tones, 300, 300);
  const optimum = regularisedFloor(singular, 20, 15, 90_000).rmse;
  const floor = truncatedFloor(singular, 20, 90_000);
  const als = await run(page, 'ALS');
  expect(als.step).toBe(10);
  expect(als.rmse).toBeLessThan(1.01 * optimum);
  expect(als.rmse).toBeGreaterThan(0.999 * optimum);
  const early = await run(page, 'B-SGD');
  expect(early.step).toBe(10);
  expect(early.rmse).toBeGreaterThan(1.2 * optimum);
  await set(page, 'B-SGD epochs', '60');
  await expect.poll(async () => (await run(page, 'B-SGD')).step).toBe(60);
  const late = await run(page, 'B-SGD');
  expect(late.rmse).toBeLessThan(early.rmse);
  expect(late.rmse).toBeLessThan(2 * floor);
});

test('the same seed gives the same picture, bit for bit, in two page loads; another seed another', async ({
  page,
}) => {
  const picture = async (seed: string) => {
    await openPaused(page);
    await set(page, 'Seed', seed);
    await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 0');
    await page.getByRole('button', { name: 'Step' }).click();
    await expect.poll(async () => (await run(page, 'B-SGD')).step).toBe(1);
    await expect.poll(async () => (await run(page, 'ALS')).step).toBe(1);
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    return [await pixels(page, alsMatrix), await pixels(page, sgdMatrix)];
  };
  const first = await picture('7');
  expect(await picture('7')).toEqual(first);
  expect(await picture('8')).not.toEqual(first);
});

test('pause freezes, step advances exactly one, single exactly one rating, reset goes back', async ({
  page,
}) => {
  await openPaused(page);
  await page.getByRole('button', { name: 'Single' }).click();
  await expect.poll(async () => (await run(page, 'B-SGD')).seen).toBe(1);
  await expect.poll(async () => (await run(page, 'ALS')).step).toBe(0.5);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Step' }).click();
  await expect.poll(async () => (await run(page, 'B-SGD')).seen).toBe(90_000);
  await expect.poll(async () => (await run(page, 'ALS')).step).toBe(1);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect.poll(async () => (await run(page, 'B-SGD')).seen).toBeGreaterThan(100_000);
  await page.getByRole('button', { name: 'Pause' }).click();
  await standsStill(page);
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect.poll(async () => (await run(page, 'B-SGD')).seen).toBe(0);
});

test('the keyboard plays, steps, resets and helps', async ({ page }) => {
  await openPaused(page);
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await run(page, 'B-SGD')).step).toBe(1);
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(async () => (await run(page, 'B-SGD')).seen).toBe(90_001);
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeVisible();
  await page.keyboard.press('r');
  await expect.poll(async () => (await run(page, 'B-SGD')).seen).toBe(0);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('What you see');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('every picture can be chosen, thinned out and made noisy', async ({ page }) => {
  await openPaused(page);
  const ratings = 'Matrix of the known ratings, users down and items across';
  await expect.poll(async () => (await pixels(page, ratings)).colours).toBeGreaterThan(100);
  await openPanel(page, 'Data');
  const seen = new Set([(await pixels(page, ratings)).hash]);
  for (const name of ['Landscape', 'Lettering', 'Plasma', 'Low rank', 'Checkerboard', 'Noise']) {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.getByTestId('summary')).toContainText(name);
    await expect.poll(async () => seen.has((await pixels(page, ratings)).hash)).toBe(false);
    seen.add((await pixels(page, ratings)).hash);
  }
  await set(page, 'Known ratings', '20');
  await expect(page.getByTestId('summary')).toContainText('18,000 ratings');
});

test('rank and λ change what they say: rank restarts, λ and γ go on and are translated', async ({ page }) => {
  await openPaused(page);
  await page.getByRole('button', { name: 'Step' }).click();
  await expect.poll(async () => (await run(page, 'ALS')).step).toBe(1);
  await set(page, 'Lambda', '30');
  await expect(page.getByText('plain 30 = weighted 0.1')).toBeVisible();
  await expect.poll(async () => (await run(page, 'ALS')).step).toBe(1);
  await page.getByText('Conventions and first guess').click();
  await page.getByLabel('λ counts', { exact: true }).selectOption('weighted');
  await expect(page.getByRole('textbox', { name: 'Lambda value' })).toHaveValue('0.1');
  await page.getByLabel('λ counts', { exact: true }).selectOption('plain');
  await expect(page.getByRole('textbox', { name: 'Lambda value' })).toHaveValue('30');
  await page.getByRole('button', { name: 'Step' }).click();
  await expect.poll(async () => (await run(page, 'ALS')).step).toBe(1);
  await page.getByRole('slider', { name: 'Rank' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('textbox', { name: 'Rank value' })).toHaveValue('21');
  await expect.poll(async () => (await run(page, 'ALS')).step).toBe(0);
  await page.getByRole('button', { name: 'Reset Rank' }).click();
  await expect(page.getByRole('textbox', { name: 'Rank value' })).toHaveValue('20');
});

test('λ that is moved after the end is in no run until one goes on with it, or begins again', async ({
  page,
}) => {
  await openPaused(page);
  await set(page, 'ALS iterations', '3');
  await set(page, 'B-SGD epochs', '2');
  await openPanel(page, 'Flat out');
  await page.getByRole('checkbox', { name: 'Flat out' }).check();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const als = page.getByRole('region', { name: 'ALS run', exact: true });
  const story = page.getByRole('region', { name: 'What happens' });
  await expect(als).toContainText('iteration 3 finished');
  await expect(page.getByRole('region', { name: 'B-SGD run' })).toContainText('finished');
  await set(page, 'Lambda', '200');
  await expect(als).toContainText('λ 15 here');
  await expect(story).toContainText('ALS ended with λ 15, B-SGD with λ 0.05.');
  const facts = async () => {
    await page.getByRole('button', { name: /^Runs/ }).click();
    const list = page.getByRole('dialog', { name: 'Runs' });
    const said = await list.getByText(/^rank/).allTextContents();
    await page.keyboard.press('Escape');
    return said;
  };
  expect((await facts())[0]).toMatch(/^rank 20 · plain λ 15 · iteration 3 ·/);
  await story.getByRole('button', { name: 'Go on with what is set now' }).click();
  await expect(als).toContainText('iteration 6 finished');
  await expect(als).toContainText('λ 15 → 200 at 3');
  await expect(story).not.toContainText('ended with');
  expect((await facts())[0]).toMatch(/^rank 20 · plain λ 15 → 200 at 3 · iteration 6 ·/);
  await set(page, 'Lambda', '30');
  await story.getByRole('button', { name: 'Run again with it' }).click();
  await expect
    .poll(facts)
    .toEqual([
      expect.stringMatching(/^rank 20 · plain λ 30 · iteration 6 ·/),
      expect.stringMatching(/^rank 20 · λ 0.1 · γ 0.02 · epoch 4.00 ·/),
      expect.stringMatching(/λ 0.05 → 0.6667 at 2/),
      expect.stringMatching(/^rank 20 · plain λ 15 → 200 at 3 · iteration 6 ·/),
    ]);
});

test('a learning rate that is too large is caught, and a better one offered', async ({ page }) => {
  await openPaused(page);
  await page.getByRole('button', { name: 'Step' }).click();
  await expect.poll(async () => (await run(page, 'B-SGD')).step).toBe(1);
  const before = await pixels(page, sgdMatrix);
  await set(page, 'Learning rate', '1');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const chip = page.getByRole('region', { name: 'B-SGD run' });
  await expect(chip).toContainText('Diverged in epoch');
  expect((await pixels(page, sgdMatrix)).colours).toBeGreaterThan(before.colours / 4);
  await chip.getByRole('button', { name: /Restart with γ/ }).click();
  await expect.poll(async () => (await run(page, 'B-SGD')).seen).toBeGreaterThan(200_000);
  await expect(chip).not.toContainText('Diverged');
});

test('a worker whose script is long on its way is waited for, not taken for dead', async ({ page }) => {
  await page.clock.install();
  let arrives = () => {};
  const onItsWay = new Promise<void>((resolve) => {
    arrives = resolve;
  });
  const asked = page.waitForRequest(/data\.worker/);
  await page.route(/data\.worker/, (route) => onItsWay.then(() => route.continue()));
  await page.goto('/');
  await asked;
  // More than any worker may be silent once it has spoken; less than until nothing of its script is given up.
  await page.clock.runFor(20_000);
  arrives();
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 1');
});
