import { expect, type Page, test } from '@playwright/test';
import { openPanel } from './panels';

/** A tab that is hidden, put to sleep, or slow to paint; and pictures that a browser cannot make. */
const run = (page: Page, name: 'ALS' | 'B-SGD') => page.getByRole('region', { name: `${name} run` });
const said = (page: Page) =>
  Promise.all((['ALS', 'B-SGD'] as const).map((name) => run(page, name).textContent()));

/** A short race: five iterations and epochs. */
const short = '/#iterations=5&epochs=5';

async function open(page: Page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(short);
  await expect(run(page, 'B-SGD')).toContainText('epoch 0.00');
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeEnabled();
}

const start = (page: Page) => page.getByRole('button', { name: 'Start', exact: true }).click();

async function finished(page: Page) {
  await expect(run(page, 'ALS')).toContainText('iteration 5 finished');
  await expect(run(page, 'B-SGD')).toContainText('epoch 5.00 finished');
  // How far above the floor they are is found beside them.
  await expect(run(page, 'ALS')).toContainText('above the floor');
  await expect(page.getByRole('alert')).toHaveCount(0);
}

/** What a race that nobody disturbed comes to. */
async function undisturbed(page: Page) {
  await open(page);
  await start(page);
  await finished(page);
  return said(page);
}

/** Has a page be hidden at will, as a browser hides one: its frames are held, and those of before do not pile up. */
const hideable = (page: Page) =>
  page.addInitScript(() => {
    let isHidden = false;
    let held = new Map<number, FrameRequestCallback>();
    const request = requestAnimationFrame.bind(globalThis);
    const cancel = cancelAnimationFrame.bind(globalThis);
    let next = -1;
    Object.assign(globalThis, {
      requestAnimationFrame(callback: FrameRequestCallback) {
        if (!isHidden) return request((time) => (isHidden ? held.set(next--, callback) : callback(time)));
        held.set(next, callback);
        return next--;
      },
      cancelAnimationFrame: (id: number) => (id < 0 ? void held.delete(id) : cancel(id)),
      waiting: () => held.size,
      /** Frames of the screen, which pass whether or not the page has them. */
      frames: async (count: number) => {
        for (let frame = 0; frame < count; frame++) await new Promise(request);
      },
      hide(now: boolean) {
        isHidden = now;
        document.dispatchEvent(new Event('visibilitychange'));
        if (now) return;
        const due = held;
        held = new Map();
        for (const callback of due.values()) request(callback);
      },
    });
    for (const [name, value] of [
      ['hidden', () => isHidden],
      ['visibilityState', () => (isHidden ? 'hidden' : 'visible')],
    ] as const)
      Object.defineProperty(Document.prototype, name, { get: value });
  });

interface Hideable {
  hide(now: boolean): void;
  waiting(): number;
  frames(count: number): Promise<void>;
}

test('in a hidden tab a race rests, and comes to the same once it is looked at again, without a burst', async ({
  page,
  context,
}) => {
  const expected = await undisturbed(page);
  const other = await context.newPage();
  await hideable(other);
  await open(other);
  await start(other);
  await expect(run(other, 'B-SGD')).toContainText(/[1-9][\d,]* seen/);
  await other.evaluate(() => (globalThis as unknown as Hideable).hide(true));
  const rested = () =>
    other.evaluate(async () => {
      const { frames, waiting } = globalThis as unknown as Hideable;
      await frames(20);
      return waiting();
    });
  const before = await rested();
  const atRest = await said(other);
  // Whoever draws waits for one frame, however many have passed.
  expect(await rested()).toBe(before);
  expect(await said(other)).toEqual(atRest);
  expect(atRest).not.toEqual(expected);
  await other.evaluate(() => (globalThis as unknown as Hideable).hide(false));
  await finished(other);
  expect(await said(other)).toEqual(expected);
});

test('a machine that slept for eight hours goes on where it was, and counts none of them', async ({
  page,
  context,
}) => {
  const expected = await undisturbed(page);
  const other = await context.newPage();
  await other.addInitScript(() => {
    let slept = 0;
    const { now } = performance;
    const { now: date } = Date;
    performance.now = () => now.call(performance) + slept;
    Date.now = () => date() + slept;
    Object.assign(globalThis, { sleep: () => (slept += 8 * 3600 * 1000) });
  });
  await open(other);
  await other.getByText('Seconds', { exact: true }).click();
  await start(other);
  await expect(run(other, 'B-SGD')).toContainText(/[1-9][\d,]* seen/);
  await other.evaluate(() => (globalThis as unknown as { sleep(): number }).sleep());
  await finished(other);
  expect(await said(other)).toEqual(expected);
  // The chart's last place is the seconds of training.
  const chart = other.getByRole('slider', { name: /as they learn/ });
  await chart.focus();
  await other.keyboard.press('End');
  const seconds = Number((await chart.getAttribute('aria-valuetext'))?.match(/^at ([\d.,]+)/)?.[1]);
  expect(seconds).toBeLessThan(600);
});

test('a page that paints far too slowly skips pictures, never steps, and shows the last', async ({
  page,
  context,
}) => {
  const expected = await undisturbed(page);
  const other = await context.newPage();
  await open(other);
  await openPanel(other, 'Flat out');
  await other.getByLabel('Flat out').check();
  const devtools = await context.newCDPSession(other);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 20 });
  await start(other);
  await finished(other);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  expect(await said(other)).toEqual(expected);
});

test('a picture that the browser cannot make is said to be so, and the next one is made', async ({
  page,
}) => {
  await page.route(/assets\/export\.worker-.*\.js$/, async (route) => {
    const response = await route.fetch();
    // As browsers do with canvases that are too large for them.
    const empty = `{
      const { convertToBlob } = OffscreenCanvas.prototype;
      let times = 0;
      OffscreenCanvas.prototype.convertToBlob = function (options) {
        return times++ === 0 ? Promise.resolve(new Blob([])) : convertToBlob.call(this, options);
      };
    };`;
    await route.fulfill({ response, body: empty + (await response.text()) });
  });
  await open(page);
  const save = async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Stage PNG', exact: true }).click();
  };
  await save();
  await expect(page.getByRole('alert')).toContainText(/could not be (made|saved)|was not (made|saved)/);
  const download = page.waitForEvent('download');
  await save();
  expect((await download).suggestedFilename()).toMatch(/\.png$/);
});
