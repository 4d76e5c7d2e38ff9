import { expect, type Page, test } from '@playwright/test';
import { openPanel } from './panels';

/** What a run says of itself: step, ratings seen, errors. */
const said = (page: Page, name: 'ALS' | 'B-SGD') =>
  page.getByRole('region', { name: `${name} run` }).textContent();

const both = async (page: Page) => [await said(page, 'ALS'), await said(page, 'B-SGD')];

/** Opens the page paused at step 0. */
async function openPaused(page: Page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await atStart(page);
}

async function atStart(page: Page) {
  await expect(page.getByRole('region', { name: 'B-SGD run' })).toContainText('epoch 0.00');
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 0');
}

async function steps(page: Page, count: number) {
  for (let step = 1; step <= count; step++) {
    await page.getByRole('button', { name: 'Step' }).click();
    await expect(page.getByRole('region', { name: 'ALS run' })).toContainText(`iteration ${step}`);
    await expect(page.getByRole('region', { name: 'B-SGD run' })).toContainText(`epoch ${step}.00`);
  }
}

/** Waits until it is known how far above the floor a picture's runs are: it is found beside them. */
async function foundFloor(page: Page) {
  for (const name of ['ALS', 'B-SGD'])
    await expect(page.getByRole('region', { name: `${name} run` })).toContainText('above the floor');
}

/** A digest of both predicted matrices, once they are painted. */
async function pictures(page: Page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return page.getByRole('img', { name: /^Matrix predicted/ }).evaluateAll((canvases) =>
    canvases.map((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
      return data.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
    }),
  );
}

test('a million ratings are learnt to the same bits by one worker and by two', async ({ page }) => {
  await openPaused(page);
  await page.getByRole('button', { name: 'Larger samples' }).click();
  await page.getByRole('menuitem', { name: /1 million/ }).click();
  await expect(page.getByTestId('summary')).toContainText('1,000,000 ratings');
  await atStart(page);
  await openPanel(page, 'Machine');
  await page.getByText('Machine').click();
  const workers = page.getByRole('textbox', { name: 'Workers value' });
  const results = [];
  for (const count of ['1', '2']) {
    await workers.fill(count);
    await workers.press('Enter');
    await page.getByRole('button', { name: 'Reset', exact: true }).click();
    await atStart(page);
    await steps(page, 2);
    results.push({ said: await both(page), pictures: await pictures(page) });
  }
  expect(results[1]).toEqual(results[0]);
  await expect(page.getByText(/^needs \d+ MB of/)).toBeVisible();
  await expect(page.getByText('SIMD, float32')).toBeVisible();
});

test('without the headers for shared memory the same bits come from workers of their own', async ({
  page,
  context,
}) => {
  await openPaused(page);
  await steps(page, 2);
  await foundFloor(page);
  const expected = { said: await both(page), pictures: await pictures(page) };
  const plain = await context.newPage();
  await plain.route('**', async (route) => {
    const response = await route.fetch();
    const headers = Object.fromEntries(
      Object.entries(response.headers()).filter(([name]) => !name.startsWith('cross-origin-')),
    );
    await route.fulfill({ response, headers });
  });
  await openPaused(plain);
  expect(await plain.evaluate(() => crossOriginIsolated)).toBe(false);
  await steps(plain, 2);
  await foundFloor(plain);
  expect({ said: await both(plain), pictures: await pictures(plain) }).toEqual(expected);
  await openPanel(plain, 'Machine');
  await plain.getByText('Machine').click();
  await expect(plain.getByText(/^One worker per method/)).toBeVisible();
});

test('a browser that cannot run the fast kernels says so, and learns the same', async ({ page, context }) => {
  await openPaused(page);
  await steps(page, 3);
  const rmse = async (from: Page) => Number(/RMSE ([\d.]+)/.exec((await said(from, 'ALS')) ?? '')?.[1]);
  const fast = await rmse(page);
  await expect(page.getByText('slow mode')).toBeHidden();
  const slow = await context.newPage();
  await slow.route('**/*.wasm', (route) => route.fulfill({ status: 200, body: 'not a module' }));
  await openPaused(slow);
  await expect(slow.getByText('slow mode', { exact: true })).toBeVisible();
  await steps(slow, 3);
  expect((await rmse(slow)) / fast).toBeCloseTo(1, 3);
});

test('a run that would not fit is refused with numbers, and what was there goes on', async ({ page }) => {
  // A device that says it has a quarter of a gigabyte.
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'deviceMemory', { get: () => 0.25 }),
  );
  await page.route(/data\.worker.*\.js/, async (route) => {
    const response = await route.fetch();
    const body = `Object.defineProperty(WorkerNavigator.prototype,'deviceMemory',{get:()=>0.25});${await response.text()}`;
    await route.fulfill({ response, body });
  });
  await openPaused(page);
  await page.getByRole('button', { name: 'Larger samples' }).click();
  await page.getByRole('menuitem', { name: /1 million/ }).click();
  await expect(page.getByRole('alert')).toContainText(/needs \d+ MB, and this tab may take 128 MB/);
  await expect(page.getByTestId('summary')).toContainText('Portrait');
  await steps(page, 1);
});
