import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { faultsOf, named, type Screen, screenOf } from './boxes';
import { openPanel } from './panels';

/** From small phones to large walls, held either way, and zoomed from 50 to 200 %. */
const screens: readonly Screen[] = [
  { width: 320, height: 568 },
  { width: 360, height: 640, touch: true },
  { width: 390, height: 844, touch: true },
  { width: 640, height: 360, touch: true },
  { width: 844, height: 390, touch: true },
  { width: 932, height: 430 },
  { width: 768, height: 1024, touch: true },
  { width: 960, height: 600 },
  { width: 1024, height: 768 },
  { width: 1024, height: 768, zoom: 1.5 },
  { width: 1100, height: 640 },
  { width: 1280, height: 720 },
  { width: 1280, height: 720, zoom: 1.25 },
  { width: 1280, height: 720, zoom: 2 },
  { width: 1366, height: 1024, touch: true },
  { width: 1440, height: 900 },
  { width: 1440, height: 900, zoom: 0.5 },
  { width: 1440, height: 900, zoom: 1.5 },
  { width: 1920, height: 1080 },
  { width: 2560, height: 360 },
  { width: 2560, height: 1440 },
];

/** Some of them, for what opens over the page. */
const some = screens.filter(({ width, height }) => [320, 844, 1280].includes(width) || height === 360);

const third = (page: Page) => page.getByLabel('Non-negative ALS', { exact: true });
const run = (page: Page, name: string) => page.getByRole('region', { name: `${name} run`, exact: true });

/** Ratings of a file with a name as they have them, and a fifth of them held out. */
const csv = [
  'userId,movieId,rating,timestamp',
  ...Array.from({ length: 2400 }, (_, i) => {
    const [user, item] = [i % 60, (7 * Math.floor(i / 60) + 11 * (i % 60)) % 90];
    return `${user + 1},${item + 1},${1 + ((user * item) % 9) / 2},${1_500_000_000 + i * 3600}`;
  }),
].join('\n');

async function open(page: Page) {
  await page.goto('/');
  await expect(run(page, 'B-SGD')).toContainText('epoch 0.00');
}

async function openFile(page: Page) {
  await open(page);
  await page
    .getByLabel('Open a ratings file or a picture')
    .setInputFiles({ name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await expect(page.getByTestId('summary')).toContainText('ratings.csv');
  await expect(run(page, 'B-SGD')).toContainText('validation');
}

async function step(page: Page) {
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(run(page, 'B-SGD')).toContainText('epoch 1.00');
  await expect(run(page, 'ALS')).toContainText('iteration 1');
}

async function openLab(page: Page, choose = async () => {}) {
  await page.getByText('Stream lab').click();
  const progress = page.getByRole('region', { name: 'Stream transport' });
  await expect(progress).toContainText('Batch 0 of');
  await choose();
  await page.getByRole('button', { name: 'Jump', exact: true }).click();
  await expect(page.getByRole('status', { name: 'Verdict' })).toContainText('ends best');
}

/** Experiments as somebody may have them before them, each by what leads there. */
const stories: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  async 'two methods on a picture'(page) {
    await open(page);
    await step(page);
  },
  async 'three methods on a picture, inspected'(page) {
    await open(page);
    await openPanel(page, 'Model');
    await third(page).check();
    await page.getByRole('button', { name: 'Single' }).click();
    await expect(page.getByRole('region', { name: 'Row of ALS' })).toContainText('knows 300 ratings');
  },
  async 'two methods on a file, compared'(page) {
    await openFile(page);
    await step(page);
    await page.getByRole('button', { name: 'Difference' }).click();
  },
  async 'three methods on a file, read by the crosshair'(page) {
    await openFile(page);
    await openPanel(page, 'Model');
    await third(page).check();
    await step(page);
    await page.getByRole('application').focus();
    await page.keyboard.press('ArrowDown');
  },
  async 'a race that is presented'(page) {
    await open(page);
    await step(page);
    await page.keyboard.press('m');
    await page.keyboard.press('p');
    await expect(page.getByRole('navigation', { name: 'Presentation' })).toBeVisible();
  },
  async 'a race in a frame'(page) {
    await page.goto('/embed/');
    await expect(run(page, 'B-SGD')).toContainText('epoch 0.00');
    await step(page);
  },
  async 'a stream of a picture'(page) {
    await open(page);
    await openLab(page);
  },
  async 'a stream of a file, with all methods and a rating of one’s own'(page) {
    await openFile(page);
    await openLab(page, async () => {
      await openPanel(page, 'Model');
      for (const box of await page.getByRole('region', { name: 'Methods' }).getByRole('checkbox').all())
        await box.check();
    });
    await page.getByText('Your own rating', { exact: true }).click();
  },
};

test.beforeEach(({ page }) => page.emulateMedia({ reducedMotion: 'reduce' }));

/** The sides of all matrices on the stage. */
const sides = (page: Page) =>
  page
    .locator('[data-part="matrix"]')
    .evaluateAll((matrices) => matrices.map((matrix) => matrix.getBoundingClientRect().height));

for (const [name, lead] of Object.entries(stories))
  test(`nothing overlaps, is cut or sticks out on any screen: ${name}`, async ({ page }) => {
    await lead(page);
    const show = await screenOf(page);
    const faults: Record<string, string[]> = {};
    for (const screen of screens) {
      await show(screen);
      const found = await faultsOf(page, 'body', screen.touch);
      if (found.length > 0) faults[named(screen)] = found;
    }
    expect(faults).toEqual({});
  });

test('a file that has to be asked about is asked about in order, where nothing was opened before', async ({
  page,
}) => {
  await page.goto('/');
  const show = await screenOf(page);
  await show({ width: 390, height: 844, touch: true });
  const rows = Array.from({ length: 60 }, (_, i) => `${1 + (i % 5)};thing ${i % 23};u${i % 10}`);
  await page.getByLabel('Open a ratings file or a picture').setInputFiles({
    name: 'mine.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['how;what;who', ...rows].join('\n')),
  });
  const dialog = page.getByRole('dialog', { name: 'Which column is which?' });
  const field = dialog.getByLabel('Fields between');
  await expect(field).toBeVisible();
  const [label, select] = [await dialog.getByText('Fields between').boundingBox(), await field.boundingBox()];
  expect(label!.y + label!.height).toBeLessThanOrEqual(select!.y + 1);
  expect(await faultsOf(page, '[role="dialog"]', true)).toEqual([]);
});

test('matrices take what is left', async ({ page }) => {
  await stories['two methods on a picture'](page);
  const show = await screenOf(page);
  await show({ width: 1280, height: 720 });
  for (const side of await sides(page)) expect(side).toBeGreaterThanOrEqual(240);
  const curves = page.getByRole('region', { name: 'RMSE chart' }).locator('.u-over');
  expect((await curves.boundingBox())!.height).toBeGreaterThanOrEqual(70);
  await show({ width: 1440, height: 900 });
  expect((await curves.boundingBox())!.height).toBeGreaterThanOrEqual(140);
  const stage = await page.getByRole('application').boundingBox();
  expect(stage!.height).toBeGreaterThanOrEqual(0.5 * 900);
  // With a third method, on a window of middling size.
  await openPanel(page, 'Model');
  await third(page).check();
  await expect(run(page, 'Non-negative ALS')).toBeVisible();
  await show({ width: 1024, height: 768 });
  for (const side of await sides(page)) expect(side).toBeGreaterThanOrEqual(200);
  // On a phone, a matrix is as wide as the phone, nearly.
  await show({ width: 390, height: 844, touch: true });
  for (const side of await sides(page)) expect(side).toBeGreaterThanOrEqual(260);
});

test('a phone held sideways shows the matrices whole, at first sight; turned back, it knows which one is there', async ({
  page,
}) => {
  await stories['two methods on a picture'](page);
  const show = await screenOf(page);
  await show({ width: 844, height: 390, touch: true });
  const matrices = page.locator('[data-part="matrix"]');
  for (const matrix of await matrices.all()) await expect(matrix).toBeInViewport({ ratio: 0.99 });
  for (const side of await sides(page)) expect(side).toBeGreaterThanOrEqual(200);
  const tabs = await page.getByRole('tablist', { name: 'Settings' }).boundingBox();
  const lowest = await matrices.last().boundingBox();
  expect(lowest!.y + lowest!.height).toBeLessThanOrEqual(tabs!.y);
  await show({ width: 390, height: 844, touch: true });
  const panes = { Ratings: 'ratings', ALS: 'als', 'B-SGD': 'sgd' };
  for (const name of Object.keys(panes)) {
    await page.getByText(name, { exact: true }).and(page.locator('.pane-tabs span')).click();
    await expect(page.getByRole('radio', { name, exact: true })).toBeChecked();
    await show({ width: 844, height: 390, touch: true });
    await show({ width: 390, height: 844, touch: true });
    const shown = page.getByRole('group', { name: 'Matrix shown' }).getByRole('radio', { checked: true });
    const now = await shown.evaluate((one) => one.closest('label')!.textContent);
    await expect(page.locator(`[data-pane="${panes[now as keyof typeof panes]}"]`)).toBeInViewport({
      ratio: 0.5,
    });
  }
});

test('names of curves stand beside them, or above them where a phone has no room beside them', async ({
  page,
}) => {
  await openFile(page);
  await openLab(page);
  const show = await screenOf(page);
  const chart = page.getByRole('region', { name: 'Stream chart' });
  const above = chart.getByRole('listitem');
  await show({ width: 1440, height: 900 });
  await expect(above).toHaveCount(0);
  await show({ width: 390, height: 844, touch: true });
  await expect(above.getByText('Fold-in', { exact: true })).toBeVisible();
  await expect(above.getByText(/^batch ALS /)).toBeVisible();
  await show({ width: 1440, height: 900 });
  await expect(above).toHaveCount(0);
});

/** What opens over the page: how, and what it is then. */
const overlays: readonly (readonly [name: string, open: (page: Page) => Promise<void>])[] = [
  ['[role="dialog"]', (page) => page.getByRole('button', { name: 'Help' }).click()],
  ['[role="menu"]', (page) => page.getByRole('button', { name: 'More to open' }).click()],
  ['[role="menu"]', (page) => page.getByRole('button', { name: 'Larger samples' }).click()],
  ['[role="menu"]', (page) => page.getByRole('button', { name: 'Export' }).click()],
  [
    '[role="dialog"]',
    async (page) => {
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: /Film/ }).click();
    },
  ],
  [
    '[role="dialog"]',
    async (page) => {
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: /Predictions/ }).click();
    },
  ],
  [
    '[role="dialog"]',
    async (page) => {
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: 'Copy embed code' }).click();
    },
  ],
  ['[role="dialog"]', (page) => page.getByRole('button', { name: 'Chart as a table' }).click()],
  [
    '[role="dialog"]',
    async (page) => {
      await openPanel(page, 'Data');
      await page.getByRole('button', { name: /^Columns/ }).click();
    },
  ],
  ['[role="dialog"]', (page) => page.getByRole('button', { name: /^Marks/ }).click()],
  ['[role="dialog"]', (page) => page.getByRole('button', { name: /^Runs/ }).click()],
  [
    '[role="dialog"]',
    async (page) => {
      await openPanel(page, 'Model');
      await page.getByRole('button', { name: 'About Lambda' }).click();
    },
  ],
  ['.notice', (page) => page.getByRole('button', { name: 'Copy link' }).click()],
];

/** What axe finds, in light; and what hangs on colours, in dark: the rest is the same there. */
async function violations(page: Page, root: string) {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page }).include(root);
    if (colorScheme === 'light') axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
    else axe.withRules(['color-contrast', 'link-in-text-block']);
    const { violations } = await axe.analyze();
    found.push(
      ...violations.map(
        ({ id, nodes }) => `${colorScheme}: ${id}: ${nodes.map(({ target }) => target).join(', ')}`,
      ),
    );
  }
  return found;
}

for (const [name, lead] of Object.entries(stories).slice(1))
  test(`axe finds nothing, in light and dark: ${name}`, async ({ page }) => {
    await lead(page);
    expect(await violations(page, 'body')).toEqual([]);
  });

/** Opens all of that, one after the other, and says what is wrong with each. */
async function overThePage(page: Page, faultsIn: (overlay: string) => Promise<string[]>) {
  await stories['two methods on a file, compared'](page);
  await page.keyboard.press('m');
  const faults: Record<string, string[]> = {};
  for (const [i, [overlay, openIt]] of overlays.entries()) {
    await openIt(page);
    await expect(page.locator(overlay)).toBeVisible();
    const found = await faultsIn(overlay);
    if (found.length > 0) faults[`${i} ${overlay}`] = found;
    await page.keyboard.press('Escape');
  }
  return faults;
}

test('nor does anything in the dialogs, menus and notices over it', async ({ page }) => {
  const show = await screenOf(page);
  const faults = await overThePage(page, async (overlay) => {
    const found: string[] = [];
    for (const screen of some) {
      await show(screen);
      for (const fault of await faultsOf(page, overlay, screen.touch))
        found.push(`${named(screen)}: ${fault}`);
    }
    return found;
  });
  expect(faults).toEqual({});
});

test('axe finds nothing in the dialogs, menus and notices, in light and dark', async ({ page }) => {
  expect(await overThePage(page, (overlay) => violations(page, overlay))).toEqual({});
});

test('a chart has the colours of the page, whether the page or the system turns dark', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  await page.goto('/');
  await expect(page.getByRole('region', { name: 'B-SGD run' })).toContainText('epoch 0.00');
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(page.getByRole('region', { name: 'B-SGD run' })).toContainText('epoch 1.00');
  await expect(page.locator('.chart-readout')).toContainText('After 1 step');
  /** The colour that most of the chart's lines have: letters change with their font, which may come late. */
  const chart = () =>
    page.locator('.chart-host canvas').evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const counts = new Map<number, number>();
      for (const word of new Uint32Array(data.buffer))
        if (word >>> 24 === 255) counts.set(word, (counts.get(word) ?? 0) + 1);
      return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
    });
  const light = await chart();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(chart).not.toBe(light);
  await page.reload();
  await expect(page.getByRole('region', { name: 'B-SGD run' })).toContainText('epoch 0.00');
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(page.locator('.chart-readout')).toContainText('After 1 step');
  const dark = await chart();
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(chart).toBe(light);
  await openPanel(page, 'Theme');
  const theme = page.getByLabel('Theme');
  await theme.selectOption('dark');
  await expect.poll(chart).toBe(dark);
  await theme.selectOption('light');
  await expect.poll(chart).toBe(light);
});
