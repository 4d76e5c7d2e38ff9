import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, type Route, test } from '@playwright/test';
import { serverOf } from '../src/serve/server.mjs';
import { openPanel } from './panels';

const als = (page: Page) => page.getByRole('region', { name: 'ALS run' });
const sgd = (page: Page) => page.getByRole('region', { name: 'B-SGD run' });

/** Opens the page paused at step 0. */
async function openPaused(page: Page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(als(page)).toContainText('iteration 0');
}

/** Has the page note its workers by their names, the newest last. */
const noteWorkers = (page: Page) =>
  page.addInitScript(() => {
    const made: Record<string, Worker[]> = {};
    const Original = Worker;
    Object.assign(globalThis, {
      made,
      Worker: class extends Original {
        constructor(url: string | URL, options: WorkerOptions) {
          super(url, options);
          const name = options.name ?? '';
          made[name] = [...(made[name] ?? []), this];
          if (name !== (globalThis as { doomed?: string }).doomed) return;
          Object.assign(globalThis, { doomed: null });
          // Its first word answers what it is asked first, by which the page knows that it lives; the rest comes too late.
          let asked = 0;
          const ask = this.postMessage;
          this.postMessage = (...message: unknown[]) => {
            if (asked++ === 0) ask.apply(this, message as Parameters<typeof ask>);
          };
          this.addEventListener('message', () => this.terminate(), { once: true });
        }
      },
    });
  });

/** The next worker of that name ends with its first word: it has begun, and has not done what it was asked for. */
const doom = (page: Page, name: string) =>
  page.evaluate((doomed) => void Object.assign(globalThis, { doomed }), name);

/** Ends the newest worker of that name as soon as the page says something; tells how many there were. */
const killOnce = (page: Page, name: string, said: RegExp) =>
  page.evaluate(
    ([name, said]) =>
      new Promise<number>((resolve) => {
        const { made } = globalThis as unknown as { made: Record<string, Worker[]> };
        const watching = new MutationObserver(() => {
          if (!new RegExp(said).test(document.body.innerText)) return;
          watching.disconnect();
          made[name].at(-1)?.terminate();
          resolve(made[name].length);
        });
        watching.observe(document.body, { childList: true, subtree: true, characterData: true });
      }),
    [name, said.source],
  );

/** Ends the newest worker of that name, as it may end by itself: without a word. */
const kill = (page: Page, name: string) =>
  page.evaluate(
    (name) => (globalThis as unknown as { made: Record<string, Worker[]> }).made[name].at(-1)?.terminate(),
    name,
  );
const workersMade = (page: Page, name: string) =>
  page.evaluate(
    (name) => (globalThis as unknown as { made: Record<string, Worker[]> }).made[name]?.length ?? 0,
    name,
  );

test.describe('a worker that ends by itself', () => {
  test('is replaced once, from the last good frame and to the same bits; if it ends again, somebody is asked', async ({
    page,
    context,
  }) => {
    await openPaused(page);
    const step = (on: Page) => on.getByRole('button', { name: 'Step', exact: true }).click();
    for (const n of [1, 2]) {
      await step(page);
      await expect(als(page)).toContainText(`iteration ${n}`);
      await expect(sgd(page)).toContainText(`epoch ${n}.00`);
    }
    const said = (on: Page) => Promise.all([als(on).textContent(), sgd(on).textContent()]);
    // How far above the floor they are is found beside them.
    await expect(als(page)).toContainText('above the floor');
    const expected = await said(page);
    const other = await context.newPage();
    await noteWorkers(other);
    await openPaused(other);
    await step(other);
    await expect(sgd(other)).toContainText('epoch 1.00');
    await kill(other, 'run');
    await step(other);
    await expect(als(other)).toContainText('iteration 2');
    await expect(sgd(other)).toContainText('epoch 2.00');
    await expect.poll(() => said(other)).toEqual(expected);
    expect(await workersMade(other, 'run')).toBe(3);
    await kill(other, 'run');
    await step(other);
    const stopped = sgd(other).getByRole('alert');
    await expect(stopped).toContainText('B-SGD stopped: its worker ended');
    await stopped.getByRole('button', { name: 'Restart B-SGD' }).click();
    await step(other);
    await expect(sgd(other)).toContainText('epoch 3.00');
  });

  test('is replaced while ratings are being laid out or ordered, and while a file is being made', async ({
    page,
  }) => {
    await noteWorkers(page);
    await openPaused(page);
    await kill(page, 'data');
    await page.getByRole('button', { name: 'Sample ratings' }).click();
    await expect(page.getByTestId('summary')).toContainText('60,000 ratings');
    // Waiting for it from here would come too late where all goes fast.
    const killed = killOnce(page, 'data', /Reading Sample ratings|Laying out/);
    await page.getByRole('button', { name: 'Larger samples' }).click();
    await page.getByRole('menuitem', { name: /1 million/ }).click();
    const before = await killed;
    await expect(page.getByTestId('summary')).toContainText('1,000,000 ratings');
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect(await workersMade(page, 'data')).toBeGreaterThan(before);
    await doom(page, 'export');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Factors CSV' }).click();
    const file = await (await download).path();
    expect((await stat(file)).size).toBeGreaterThan(1000);
    expect(await workersMade(page, 'export')).toBe(2);
  });

  test('while a stream is paused: One batch goes on from where it was; a second time somebody is asked', async ({
    page,
  }) => {
    await noteWorkers(page);
    await openPaused(page);
    await page.getByRole('button', { name: 'Sample ratings' }).click();
    await expect(page.getByTestId('summary')).toContainText('60,000 ratings');
    await page.getByText('Stream lab').click();
    const progress = page.getByRole('region', { name: 'Stream transport' });
    await expect(progress).toContainText('Batch 0 of 48');
    const oneBatch = page.getByRole('button', { name: 'One batch' });
    for (const batch of [1, 2]) {
      await oneBatch.click();
      await expect(progress).toContainText(`Batch ${batch} of 48`);
    }
    await kill(page, 'stream');
    await oneBatch.click();
    await expect(progress).toContainText('Batch 3 of 48');
    await kill(page, 'stream');
    await oneBatch.click();
    await expect(progress.getByRole('alert')).toContainText('The stream stopped: its worker ended');
    await page.getByRole('button', { name: 'Start it again' }).click();
    await expect(progress).toContainText('Batch 0 of 48');
    await oneBatch.click();
    await expect(progress).toContainText('Batch 1 of 48');
  });
});

/** Serves the app with one of its scripts changed, or missing; how often that was asked for is told in the end. */
async function serverWith(name: RegExp, change: (script: string) => Promise<string | null>) {
  const dist = await mkdtemp(join(tmpdir(), 'broken-'));
  await cp('dist', dist, { recursive: true });
  const [found] = (await readdir(join(dist, 'assets'))).filter((file) => name.test(file));
  const path = join(dist, 'assets', found);
  const script = await change(await readFile(path, 'utf8'));
  if (script === null) await rm(path);
  else await writeFile(path, script);
  const server = serverOf({ dist });
  let asked = 0;
  server.on('request', ({ url }) => {
    if (url?.includes(found)) asked++;
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(dist, { recursive: true, force: true });
      return asked;
    },
  };
}

test.describe('helpers', () => {
  const learnt = async (page: Page, address: string) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`${address}/`);
    await page.getByRole('button', { name: 'Larger samples' }).click();
    await page.getByRole('menuitem', { name: /1 million/ }).click();
    await expect(page.getByTestId('summary')).toContainText('1,000,000 ratings');
    await openPanel(page, 'Machine');
    await page.getByText('Machine').click();
    const workers = page.getByRole('textbox', { name: 'Workers value' });
    await workers.fill('2');
    await workers.press('Enter');
    await expect(als(page)).toContainText('iteration 0');
    for (const n of [1, 2]) {
      await page.getByRole('button', { name: 'Step', exact: true }).click();
      await expect(als(page)).toContainText(`iteration ${n}`);
      await expect(sgd(page)).toContainText(`epoch ${n}.00`);
    }
    await expect(page.getByRole('alert')).toHaveCount(0);
    return [await als(page).textContent(), await sgd(page).textContent()];
  };

  test('that do not come, or end in the middle of a piece, are done without, to the same bits', async ({
    page,
    context,
  }) => {
    const expected = await learnt(page, '');
    await page.close();
    for (const change of [
      async () => null,
      // It hears what to work on, and some pieces, and ends without a word.
      async (script: string) => `let heard = 0;
        addEventListener('message', ({ data }) => data.path?.[0] === 'perform' && ++heard === 5 && close());
        ${script}`,
    ]) {
      const server = await serverWith(/^kernel\.worker-/, change);
      const other = await context.newPage();
      expect(await learnt(other, server.address)).toEqual(expected);
      await other.close();
      expect(await server.close()).toBeGreaterThan(0);
    }
  });
});

test.describe('what does not come says what it is, and there is a way on', () => {
  test.beforeEach(({ page }) => page.emulateMedia({ reducedMotion: 'reduce' }));
  const script = /assets\/data\.worker-/;
  const said = (page: Page) => page.getByRole('alert');

  for (const [what, answer, words] of [
    [
      'a script that is not there',
      (route: Route) => route.fulfill({ status: 404, body: '' }),
      'a script is missing',
    ],
    ['a connection that is gone', (route: Route) => route.abort(), 'the connection is gone'],
    [
      'a script that throws',
      (route: Route) => route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("no")' }),
      'its worker did not start',
    ],
  ] as const)
    test(what, async ({ page }) => {
      await page.route(script, answer);
      await page.goto('/');
      await expect(said(page)).toContainText(words);
      await expect(page.getByText('Nothing could be drawn.')).toBeVisible();
      await page.unroute(script, answer);
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(als(page)).toContainText('iteration 0');
      await expect(said(page)).toHaveCount(0);
    });

  test('a script of which nothing comes, and one that never answers', async ({ page }) => {
    for (const [answer, words] of [
      [() => {}, 'nothing came over the connection for too long'],
      [
        (route: Route) => route.fulfill({ contentType: 'text/javascript', body: 'for (;;);' }),
        'its worker did not start',
      ],
    ] as const) {
      await page.route(script, answer);
      await page.goto('/');
      // Twice the beats in which nothing moves, for the script and for the worker; and once more for another.
      await expect(said(page)).toContainText(words, { timeout: 120_000 });
      await page.unroute(script, answer);
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(als(page)).toContainText('iteration 0');
    }
  });

  test('a part whose script hangs says so, is asked for anew, and is shown where it comes late', async ({
    page,
  }) => {
    let send = () => {};
    const sent = new Promise<void>((resolve) => {
      send = resolve;
    });
    await page.route('**/assets/factors-*.js', (route) => sent.then(() => route.continue()));
    await page.route('**/assets/shortcuts-*.js', () => {});
    await page.goto('/');
    await expect(als(page)).toContainText('iteration 0');
    await page.getByRole('button', { name: 'Help', exact: true }).click();
    await page.getByText('Factors', { exact: true }).click();
    const late = (part: string) => said(page).filter({ hasText: `The ${part} has not come yet` });
    await expect(late('help')).toBeVisible();
    await expect(late('factors')).toBeVisible();
    send();
    await expect(page.getByRole('region', { name: 'Directions' })).toBeVisible();
    await page.unroute('**/assets/shortcuts-*.js');
    await late('help').getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expect(said(page)).toHaveCount(0);
  });

  test('what opens runs does not come: that is said, and the next run is opened', async ({ page }) => {
    await page.route('**/assets/opening-runs*.js', (route) => route.abort());
    await page.goto('/');
    await expect(als(page)).toContainText('iteration 0');
    const open = () =>
      page.getByLabel('Open a ratings file or a picture').setInputFiles('e2e/fixtures/runs/held-out.zip');
    await open();
    await expect(said(page)).toContainText('held-out.zip was given up: a script is missing');
    await page.unroute('**/assets/opening-runs*.js');
    await open();
    await expect(page.getByTestId('summary')).toContainText('an opened run');
  });

  test('what watches folders does not come: that is said, and the next folder is watched', async ({
    page,
  }) => {
    // No test can choose a folder: an empty one of the page's own stands for it.
    await page.addInitScript(() => {
      const folder = async () =>
        (await navigator.storage.getDirectory()).getDirectoryHandle('runs', { create: true });
      Object.assign(globalThis, { showDirectoryPicker: folder });
    });
    const driver = '**/assets/watch.driver-*.js';
    await page.route(driver, (route) => route.fulfill({ status: 404, body: '' }));
    await page.goto('/');
    await expect(als(page)).toContainText('iteration 0');
    const open = async () => {
      await page.getByRole('button', { name: 'More to open' }).click();
      await page.getByRole('menuitem', { name: /Open folder/ }).click();
    };
    await open();
    await expect(said(page)).toContainText('The folder was given up: a script is missing');
    await page.unroute(driver);
    await open();
    await expect(page.getByRole('region', { name: 'Watching' })).toContainText('No run is there');
    await expect(said(page)).toHaveCount(0);
  });

  test('what recommends does not come: that is said, and it comes for whoever comes back to it', async ({
    page,
  }) => {
    const driver = '**/assets/recommend.driver-*.js';
    await page.route(driver, (route) => route.abort());
    await page.goto('/');
    await expect(als(page)).toContainText('iteration 0');
    const choose = (tab: string) => page.getByText(tab, { exact: true }).click();
    await choose('Recommend');
    await expect(said(page)).toContainText('What recommends was given up: a script is missing');
    await expect(page.getByText('Nothing was learnt yet')).toHaveCount(0);
    await page.unroute(driver);
    await choose('Race');
    await choose('Recommend');
    await expect(page.getByText('after iteration 0')).toBeVisible();
    await expect(said(page)).toHaveCount(0);
  });

  test('kernels that never come: the page goes on in slow mode', async ({ page }) => {
    await page.route('**/*.wasm', () => {});
    await page.goto('/');
    await expect(page.getByText('slow mode', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect(als(page)).toContainText('iteration 1');
  });

  test('memory that the browser does not give is not said to be too much', async ({ page }) => {
    await page.route(script, async (route) => {
      const response = await route.fetch();
      const prelude = `{ const Memory = WebAssembly.Memory; WebAssembly.Memory = class extends Memory { constructor(how) {
        if (how.initial > 500) throw new RangeError('could not allocate memory'); super(how); } }; }`;
      await route.fulfill({ response, body: `${prelude}${await response.text()}` });
    });
    await page.goto('/');
    await page.getByRole('button', { name: 'Larger samples' }).click();
    await page.getByRole('menuitem', { name: /1 million/ }).click();
    await expect(said(page)).toContainText(
      /needs \d+ MB in one piece, which this browser does not have just now/,
    );
  });
});

test('without isolation, who cancels what is being loaded still orders what is there', async ({ page }) => {
  await page.route('**', async (route) => {
    const response = await route.fetch();
    const headers = Object.fromEntries(
      Object.entries(response.headers()).filter(([name]) => !name.startsWith('cross-origin-')),
    );
    await route.fulfill({ response, headers });
  });
  await openPaused(page);
  await page.getByRole('button', { name: 'Sample ratings' }).click();
  await expect(page.getByTestId('summary')).toContainText('60,000 ratings');
  await page.getByRole('button', { name: 'Larger samples' }).click();
  await page.getByRole('menuitem', { name: /26 million/ }).click();
  // Pressed without waiting until what tells of the progress stands still.
  await page.getByRole('button', { name: 'Cancel' }).dispatchEvent('click');
  await expect(page.getByTestId('summary')).toContainText('60,000 ratings');
  await openPanel(page, 'View');
  const order = page.getByLabel('Order of users and items', { exact: true });
  const colours = () =>
    page
      .getByLabel('Matrix of the known ratings, users down and items across')
      .evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return data.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
      });
  const byCount = await colours();
  await order.selectOption('id');
  await expect.poll(colours).not.toBe(byCount);
  await order.selectOption('count');
  await expect.poll(colours).toBe(byCount);
});
