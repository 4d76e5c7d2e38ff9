import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { openPanel } from './panels';

const matrices = { als: 'Matrix predicted by batch ALS', sgd: 'Matrix predicted by bias-SGD' };
const difference = 'Matrix of the differences of the first two predictions';

/** A digest of a canvas's pixels, and how many colours they have. */
const pixels = (page: Page, name: string) =>
  page.getByRole('img', { name }).evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    let hash = 0x811c9dc5;
    for (const byte of data) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    return { hash, colours: new Set(new Uint32Array(data.buffer)).size };
  });

/** What is on the stage and in the chips, once it has been painted. */
async function shown(page: Page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const said = async (name: string) =>
    (await page.getByRole('region', { name: `${name} run` }).textContent())?.match(/RMSE [\d.]+/)?.[0];
  return {
    als: (await pixels(page, matrices.als)).hash,
    sgd: (await pixels(page, matrices.sgd)).hash,
    said: [await said('ALS'), await said('B-SGD')],
  };
}

/** Waits for both methods to be there; a busy machine takes its time to open a page. */
async function at(page: Page, iteration: string, epoch: string) {
  const [als, sgd] = ['ALS', 'B-SGD'].map((name) => page.getByRole('region', { name: `${name} run` }));
  await expect(als).toContainText(`iteration ${iteration} `);
  await expect(sgd).toContainText(`epoch ${epoch} `);
}

async function openPaused(page: Page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await at(page, '0', '0.00');
}

/** Steps both methods to a whole step. */
async function stepTo(page: Page, step: number) {
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await at(page, String(step), step.toFixed(2));
  return shown(page);
}

async function goTo(page: Page, step: string) {
  const field = page.getByRole('textbox', { name: 'Go to step' });
  await field.fill(step);
  await field.press('Enter');
}

const set = async (page: Page, label: string, value: string) => {
  await openPanel(page, label);
  const field = page.getByRole('textbox', { name: `${label} value` });
  await field.fill(value);
  await field.press('Enter');
  await expect(field).toHaveValue(value);
};

test.beforeEach(({ page }) => {
  page.on('pageerror', (error) => {
    throw error;
  });
  page.on('console', (message) => {
    if (message.type() === 'error') throw new Error(message.text());
  });
});

test('the film runs back to its first frame, and goes on from any as it did the first time', async ({
  page,
}) => {
  await openPaused(page);
  const seen = [await shown(page)];
  for (const step of [1, 2, 3, 4]) seen.push(await stepTo(page, step));
  expect(new Set(seen.map(({ sgd }) => sgd)).size).toBe(5);

  // Back frame by frame, to the beginning, and to the newest.
  await page.keyboard.press('ArrowLeft');
  await at(page, '3', '3.00');
  expect(await shown(page)).toEqual(seen[3]);
  await page.keyboard.press(',');
  await at(page, '2', '2.00');
  expect(await shown(page)).toEqual(seen[2]);
  await page.keyboard.press('.');
  await at(page, '3', '3.00');
  const slider = page.getByRole('slider', { name: 'Film' });
  await slider.press('Home');
  await at(page, '0', '0.00');
  expect(await shown(page)).toEqual(seen[0]);
  await expect(slider).toHaveAttribute('aria-valuetext', 'iteration 0, epoch 0.00');
  await slider.press('ArrowRight');
  await at(page, '1', '1.00');
  await slider.press('m');
  await expect(page.getByRole('button', { name: 'Marks 1' })).toBeEnabled();
  await page.keyboard.press('End');
  await at(page, '4', '4.00');
  expect(await shown(page)).toEqual(seen[4]);

  // A frame that was never recorded is computed, and the run still ends where it did.
  await goTo(page, '2.5');
  await at(page, '2.5', '2.50');
  const between = await shown(page);
  await page.keyboard.press('End');
  expect(await shown(page)).toEqual(seen[4]);

  // Going on from an earlier frame makes the later ones anew: the same.
  await goTo(page, '1');
  await at(page, '1', '1.00');
  for (const step of [2, 3, 4]) expect(await stepTo(page, step)).toEqual(seen[step]);
  await goTo(page, '2.5');
  await at(page, '2.5', '2.50');
  expect(await shown(page)).toEqual(between);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Next frame' })).toBeDisabled();
  await expect
    .poll(async () => Number((await page.getByRole('textbox', { name: 'Go to step' }).inputValue()) ?? 0))
    .toBeGreaterThan(4);
  await page.getByRole('button', { name: 'Pause' }).click();
  await goTo(page, '4');
  await at(page, '4', '4.00');
  expect(await shown(page)).toEqual(seen[4]);
});

test('a run whose λ and γ were moved while it went meets the changes again where they were made', async ({
  page,
}) => {
  await openPaused(page);
  await stepTo(page, 1);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await set(page, 'Lambda', '200');
  await set(page, 'Learning rate', '0.01');
  const passed = page.getByRole('region', { name: 'B-SGD run' });
  await expect(passed).toContainText(/epoch (?!0|1\.)\d/);
  await page.getByRole('button', { name: 'Pause' }).click();
  const steps = async () =>
    Promise.all(
      ['ALS', 'B-SGD'].map(async (name) => {
        const text = await page.getByRole('region', { name: `${name} run` }).textContent();
        return Math.floor(Number(/(?:iteration|epoch) ([\d.]+)/.exec(text ?? '')?.[1]));
      }),
    );
  // What was under way when it paused arrives; a step leads to the whole one after it, never to the same.
  await expect(async () => {
    const before = await passed.textContent();
    await page.evaluate(async () => {
      for (let frame = 0; frame < 30; frame++) await new Promise(requestAnimationFrame);
    });
    expect(await passed.textContent()).toBe(before);
  }).toPass();
  const [iteration, epoch] = (await steps()).map((step) => step + 1);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await at(page, String(iteration), epoch.toFixed(2));
  const first = await shown(page);
  // From the very beginning: all that was recorded is made again.
  await page.keyboard.press('Home');
  await at(page, '0', '0.00');
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('λ 15 here');
  await expect(passed).toContainText('λ 0.05, γ 0.02 here');
  await stepTo(page, 1);
  await goTo(page, String(iteration));
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText(`iteration ${iteration} `);
  await expect(page.getByText('Computing')).toBeHidden();
  expect((await shown(page)).als).toBe(first.als);
  await goTo(page, String(epoch));
  await expect(passed).toContainText(`epoch ${epoch}.00 `);
  await expect(page.getByText('Computing')).toBeHidden();
  expect((await shown(page)).sgd).toBe(first.sgd);
  await expect(page.getByRole('button', { name: 'Runs 2' })).toBeVisible();
});

test('a parameter changed further back forks: both runs stay, and are compared side by side', async ({
  page,
}) => {
  await openPaused(page);
  await stepTo(page, 1);
  const second = await stepTo(page, 2);
  const third = await stepTo(page, 3);
  await goTo(page, '2');
  await at(page, '2', '2.00');
  await expect(page.getByRole('button', { name: 'Runs 2' })).toBeVisible();
  await set(page, 'Lambda', '200');
  await expect(page.getByRole('button', { name: 'Runs 4' })).toBeVisible();
  // The fork begins at the frame it was made at, and has the film before it.
  expect(await shown(page)).toEqual(second);
  const forked = await stepTo(page, 3);
  expect(forked.als).not.toBe(third.als);
  expect(forked.sgd).not.toBe(third.sgd);
  await page.keyboard.press('ArrowLeft');
  await at(page, '2', '2.00');
  expect(await shown(page)).toEqual(second);
  await page.keyboard.press('End');

  await page.getByRole('button', { name: 'Runs 4' }).click();
  const list = page.getByRole('dialog', { name: 'Runs' });
  await expect(list.getByRole('listitem')).toHaveCount(4);
  await list.getByRole('button', { name: 'ALS 1 in the left pane' }).click();
  await expect(page.getByRole('heading', { name: 'ALS 1' })).toBeVisible();
  expect((await shown(page)).als).toBe(third.als);
  await list.getByRole('button', { name: 'ALS 2 in the right pane' }).click();
  expect((await shown(page)).sgd).toBe(forked.als);

  // What two runs differ in has many colours; what a run differs in from itself has one.
  await page.getByRole('button', { name: 'Difference' }).click();
  await expect(page.getByRole('heading', { name: 'ALS 1 − ALS 2' })).toBeVisible();
  await expect.poll(async () => (await pixels(page, difference)).colours).toBeGreaterThan(5);
  await page.getByRole('button', { name: /^Runs/ }).click();
  await list.getByRole('button', { name: 'ALS 2 in the left pane' }).click();
  await expect.poll(async () => (await pixels(page, difference)).colours).toBe(1);

  const name = list.getByRole('textbox', { name: 'Name of ALS 1' });
  await name.fill('heavy');
  await name.press('Enter');
  await list.getByRole('button', { name: 'Delete heavy' }).click();
  await list.getByRole('button', { name: 'Delete B-SGD 1' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Take ALS 2 out of this pane' }).click();

  // A setting that restarts leaves what was, too; other data take all runs with them.
  await set(page, 'Rank', '12');
  await expect(page.getByRole('button', { name: 'Runs 4' })).toBeVisible();
  await at(page, '0', '0.00');
  await stepTo(page, 1);
  await openPanel(page, 'Data');
  await page.getByRole('button', { name: 'Plasma' }).click();
  await expect(page.getByRole('button', { name: 'Runs 2' })).toBeVisible();
});

test('frames are marked, named, gone to and dropped; the chart is a scrubber too', async ({ page }) => {
  await openPaused(page);
  await page.getByRole('button', { name: 'Single' }).click();
  await expect(page.getByRole('region', { name: 'B-SGD run' })).toContainText('1 seen');
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 0.5');
  await page.keyboard.press('m');
  const marked = await shown(page);
  await stepTo(page, 1);
  await stepTo(page, 2);
  await page.getByRole('button', { name: 'Marks 1' }).click();
  const list = page.getByRole('dialog', { name: 'Marks' });
  await list.getByRole('textbox', { name: 'Name of Mark 1' }).fill('half');
  await list.getByRole('button', { name: 'iteration 0.5' }).click();
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 0.5');
  await expect(page.getByRole('region', { name: 'B-SGD run' })).toContainText('1 seen');
  expect(await shown(page)).toEqual(marked);
  await list.getByRole('button', { name: 'Delete half' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Marks 0' })).toBeDisabled();

  // At the same cost: both are looked at where they have done as many operations.
  await page.getByText('Operations', { exact: true }).click();
  await page.keyboard.press('End');
  const chart = page.getByRole('region', { name: 'RMSE chart' });
  await expect(chart).toContainText(
    /Within [\d.]+ [kMG]?FLOP \(ALS iteration [\d.]+, B-SGD epoch [\d.]+\): (ALS|B-SGD) is ahead by [\d.]+/,
  );
  const plot = await page.locator('.u-over').boundingBox();
  if (!plot) throw new Error('no chart');
  await page.mouse.move(plot.x + plot.width / 2, plot.y + 20);
  await page.mouse.down();
  await page.mouse.move(plot.x + 1, plot.y + 30, { steps: 3 });
  await page.mouse.up();
  await expect(page.getByRole('button', { name: 'Newest' })).toBeEnabled();
  await at(page, '0', '0.00');
});

test('single steps are explained: a row that ALS solves, an observation that B-SGD learns, in slow motion too', async ({
  page,
}) => {
  await openPaused(page);
  await page.getByRole('button', { name: 'Single' }).click();
  const observation = page.getByRole('region', { name: 'Observation of B-SGD' });
  await expect(observation).toContainText('No. 1:');
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 0.5');
  const text = ((await observation.textContent()) ?? '').replaceAll('−', '-');
  const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? 'NaN');
  const [rating, prediction, error] = [
    number(/, r = (-?[\d.]+?)r̂/),
    number(/ = (-?[\d.]+?)ε/),
    number(/r̂ = (-?[\d.]+) · /),
  ];
  expect(Math.abs(rating - prediction - error)).toBeLessThanOrEqual(0.6);
  const first = /user \d+, item \d+/.exec(text)?.[0];
  await observation.getByRole('button', { name: 'Next' }).click();
  await expect(observation).toContainText('No. 2:');
  await expect(observation).not.toContainText(first ?? 'none');
  await expect(page.locator('[data-pane="sgd"] .lit')).toBeVisible();
  // What changed has a scale of its own: one rating moves a row by little.
  const reach = async (strip: string) =>
    Number(
      /^±([\d.]+)/.exec((await observation.getByText(strip).locator('..').getByText('±').textContent())!)![1],
    );
  expect(await reach('user change')).toBeGreaterThan(0);
  expect(await reach('user change')).toBeLessThan((await reach('user before')) / 2);

  // One rating, one half-sweep and one row are three things: ALS has waited, and makes its half-sweep now.
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 0.5');
  const row = page.getByRole('region', { name: 'Row of ALS' });
  await row.getByRole('button', { name: 'Half-sweep' }).click();
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 1 ');
  await expect(page.getByRole('region', { name: 'B-SGD run' })).toContainText('2 seen');
  await row.getByRole('textbox', { name: 'Number of the user' }).fill('17');
  await row.getByRole('textbox', { name: 'Number of the user' }).press('Enter');
  await expect(row).toContainText('user 17 knows 300 ratings');
  await expect(page.locator('[data-pane="als"] .lit')).toBeHidden();
  const before = await shown(page);
  await row.getByRole('button', { name: 'Solve user 17' }).click();
  await expect(page.locator('[data-pane="als"] .lit')).toBeVisible();
  await expect(row.getByRole('button', { name: 'Solve user 18' })).toBeVisible();
  expect((await shown(page)).als).not.toBe(before.als);
  // What was tried on a row is not part of the run.
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('End');
  expect(await shown(page)).toEqual(before);

  await openPanel(page, 'Speed');
  const speed = page.getByRole('textbox', { name: 'Speed value' });
  await speed.fill('0.02');
  await speed.press('Enter');
  await expect(speed).toHaveValue('1.2');
  const seen = async () =>
    Number(
      /([\d,]+) seen/.exec((await page.getByRole('region', { name: 'B-SGD run' }).textContent()) ?? '')?.[1],
    );
  const from = await seen();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect.poll(seen).toBeGreaterThanOrEqual(from + 3);
  await expect(observation).toContainText(/No\. ([5-9]|\d\d+):/);
  await page.getByRole('button', { name: 'Close the inspector' }).click();
  await expect(observation).toBeHidden();
});

test('without the fast kernels a run is done again to go on from a frame, and ends the same', async ({
  page,
}) => {
  await page.route('**/*.wasm', (route) => route.fulfill({ status: 200, body: 'not a module' }));
  await openPaused(page);
  await stepTo(page, 1);
  const second = await stepTo(page, 2);
  await goTo(page, '1');
  await at(page, '1', '1.00');
  expect(await stepTo(page, 2)).toEqual(second);
  // What takes long is said, and can be cancelled: the runs are where they were.
  await goTo(page, '200');
  await expect(page.getByText('Computing')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Computing')).toBeHidden();
  await at(page, '2', '2.00');
  await stepTo(page, 3);
});

for (const [colorScheme, viewport] of [
  ['light', { width: 1440, height: 900 }],
  ['dark', { width: 390, height: 844 }],
] as const) {
  test(`axe finds nothing in the film's panels at ${viewport.width} px, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(viewport);
    await openPaused(page);
    await stepTo(page, 1);
    await page.keyboard.press('m');
    await page.getByRole('button', { name: 'Inspect' }).click();
    await expect(page.getByRole('region', { name: 'Row of ALS' })).toContainText('knows 300 ratings');
    await set(page, 'Rank', '12');
    await at(page, '0', '0.00');
    await page.getByRole('button', { name: 'Difference' }).click();
    for (const list of ['Marks', 'Runs']) {
      await page.getByRole('button', { name: new RegExp(`^${list}`) }).click();
      const popup = page.getByRole('dialog', { name: list });
      await expect(popup).toBeVisible();
      const box = await popup.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(viewport.width);
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`),
      ).toEqual([]);
      await page.keyboard.press('Escape');
    }
  });
}
