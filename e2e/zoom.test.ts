import { writeFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { openPanel } from './panels';

const ratings = /known ratings/;
const als = 'Matrix predicted by batch ALS';

/** A digest of a pane's pixels, once what was asked for is painted. */
async function pixels(page: Page, name: string | RegExp) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return page.getByRole('img', { name }).evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return data.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
  });
}

/** Opens the page paused, with the sample. */
async function openSample(page: Page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page.getByRole('button', { name: 'Sample ratings' }).click();
  await expect(page.getByTestId('summary')).toContainText('60,000 ratings');
  // The factors have nothing to add yet to μ and biases.
  await page.getByText('Prediction', { exact: true }).click();
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 0');
}

/** What the stage's bar says: the cell under the crosshair, or what part is shown. */
const bar = (page: Page) => page.getByRole('region', { name: 'Stage' }).getByRole('paragraph').first();

/** The first user and item on the stage, as the bar says; the pointer must be away. */
async function firstShown(page: Page): Promise<[user: number, item: number]> {
  await away(page);
  await expect(bar(page)).toHaveText(/^users/);
  const [, user, item] = /^users ([\d,]+).*items ([\d,]+)/.exec((await bar(page).textContent())!)!;
  return [user, item].map((text) => Number(text.replaceAll(',', ''))) as [number, number];
}

async function away(page: Page) {
  await page.getByRole('heading', { name: 'RMSE' }).hover();
}

test('wheel, drag, keys and buttons bring single cells and the whole onto all panes', async ({ page }) => {
  await openSample(page);
  const whole = await pixels(page, als);
  const box = (await page.getByRole('img', { name: ratings }).boundingBox())!;
  await page.mouse.move(box.x + 4, box.y + 4);
  await expect(bar(page)).toHaveText(/^\d users, \d items$/);
  for (let turn = 0; turn < 12; turn++) await page.mouse.wheel(0, -400);
  await expect(bar(page)).toHaveText(/^user \d+, item \d+$/);
  const [user, item] = await firstShown(page);
  // What lay under the pointer still does.
  expect(user).toBeLessThan(12);
  expect(item).toBeLessThan(32);
  const corner = await pixels(page, als);
  expect(corner).not.toBe(whole);

  await page.mouse.move(box.x + 200, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x + 100, box.y + 50, { steps: 6 });
  await page.mouse.up();
  // A pane is some 300 pixels and eight cells wide.
  const [movedUser, movedItem] = await firstShown(page);
  expect(movedUser - user).toBeGreaterThanOrEqual(3);
  expect(movedUser - user).toBeLessThanOrEqual(5);
  expect(movedItem - item).toBeGreaterThanOrEqual(2);
  expect(movedItem - item).toBeLessThanOrEqual(4);
  expect(await pixels(page, als)).not.toBe(corner);

  const stage = page.getByRole('application');
  await stage.focus();
  await page.keyboard.press('-');
  await expect.poll(async () => (await firstShown(page))[0]).toBeLessThan(movedUser);
  await page.keyboard.press('0');
  await expect(bar(page)).toHaveText(/^Point at a cell/);
  await expect.poll(() => pixels(page, als)).toBe(whole);

  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect(bar(page)).toHaveText('users 151–450 of 600 · items 501–1,500 of 2,000 · 1 × 3 to a cell');
  await page.getByRole('button', { name: 'Zoom out' }).click();
  await expect(bar(page)).toHaveText(/^Point at a cell/);
  await expect.poll(() => pixels(page, als)).toBe(whole);
  await expect(page.getByRole('button', { name: 'Show the whole' })).toBeDisabled();
});

test('the crosshair takes the window along when it leaves it', async ({ page }) => {
  await openSample(page);
  const stage = page.getByRole('application');
  await stage.focus();
  for (let press = 0; press < 14; press++) await page.keyboard.press('+');
  await expect(bar(page)).toHaveText(/^users 297–304/);
  await page.keyboard.press('ArrowDown');
  await expect(bar(page)).toHaveText(/^user \d+, item \d+$/);
  const first = await bar(page).textContent();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(bar(page)).not.toHaveText(first!);
  await page.keyboard.press('Escape');
  await expect(bar(page)).toHaveText(/^users 30[4-6]–31[1-3] of 600/);
});

test('a picture can be zoomed as well, and two fingers do what the wheel does', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({
    hasTouch: true,
    viewport: { width: 390, height: 844 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(baseURL!);
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 0');
  // A phone shows one matrix at a time, and swipes to the others.
  await page.getByRole('img', { name: ratings }).scrollIntoViewIfNeeded();
  const box = (await page.getByRole('img', { name: ratings }).boundingBox())!;
  const session = await context.newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', spread: number) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        type === 'touchEnd'
          ? []
          : [-1, 1].map((side, id) => ({
              x: box.x + box.width / 2 + side * spread,
              y: box.y + box.height / 2,
              id,
            })),
    });
  await touch('touchStart', 20);
  for (const spread of [30, 40, 60, 80]) await touch('touchMove', spread);
  await touch('touchEnd', 0);
  await expect(bar(page)).toHaveText(/^users 11\d–18\d of 300 · items 11\d–18\d of 300$|^user/);
  await context.close();
});

test('users and items can be ordered by id and along the leading factors, and back', async ({ page }) => {
  await openSample(page);
  const byCount = await pixels(page, ratings);
  await openPanel(page, 'View');
  const order = page.getByLabel('Order of users and items');
  await expect(order).toHaveValue('count');
  // By themselves they come to stand along the factors, once there are some.
  await page.getByRole('button', { name: 'Step' }).click();
  await expect(order).toHaveValue('factor');
  await order.selectOption('count');
  await expect.poll(() => pixels(page, ratings)).toBe(byCount);
  const seen = [byCount];
  for (const by of ['factor', 'id']) {
    await order.selectOption(by);
    await expect.poll(async () => seen.includes(await pixels(page, ratings))).toBe(false);
    seen.push(await pixels(page, ratings));
  }
  await page.getByRole('application').focus();
  await page.keyboard.press('ArrowRight');
  await order.selectOption('count');
  await expect.poll(() => pixels(page, ratings)).toBe(byCount);
});

/** Half stars of 6,000 users and 4,000 items with long tails, two million of them. */
function twoMillion(): string {
  let state = 7;
  const next = () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const lines = ['userId,movieId,rating,timestamp'];
  for (let x = 1; x <= 6000; x++) {
    const from = Math.floor(40 * next());
    // Steps between the items that a user knows grow with the item: a long tail.
    for (let y = from, n = 0; n < 334; n++, y += 1 + Math.floor(next() * (1 + (n * 21) / 334)))
      lines.push(`${x},${y + 1},${Math.floor(10 * next()) / 2 + 0.5},${1e9 + n}`);
  }
  return lines.slice(0, 2_000_001).join('\n');
}

test('two million ratings are read, learnt by both methods, and moved about meanwhile', async ({
  page,
}, info) => {
  const file = info.outputPath('ratings.csv');
  writeFileSync(file, twoMillion());
  await page.goto('/');
  await page.getByLabel('Open a ratings file or a picture').setInputFiles(file);
  await expect(page.getByTestId('summary')).toContainText('2,000,000 ratings');
  await openPanel(page, 'Flat out');
  await page.getByLabel('Flat out').check();
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText(/iteration [2-9]/);
  await expect(page.getByRole('region', { name: 'B-SGD run' })).toContainText(/epoch [2-9]/);
  const box = (await page.getByRole('img', { name: als }).boundingBox())!;
  await page.mouse.move(box.x + 150, box.y + 150);
  for (let turn = 0; turn < 5; turn++) await page.mouse.wheel(0, -300);
  const before = await firstShown(page);
  await page.mouse.move(box.x + 150, box.y + 150);
  await page.mouse.down();
  await page.mouse.move(box.x + 50, box.y + 60, { steps: 15 });
  await page.mouse.up();
  // What lay under the pointer went with it, up and to the left: what is further down and right has come.
  for (const [side, first] of (await firstShown(page)).entries()) expect(first).toBeGreaterThan(before[side]);
  await page.mouse.move(box.x + 150, box.y + 150);
  for (let turn = 0; turn < 12; turn++) await page.mouse.wheel(0, -300);
  await firstShown(page);
  // Single cells: nothing is said of how many share one.
  await expect(bar(page)).not.toHaveText(/to a cell/);
});
