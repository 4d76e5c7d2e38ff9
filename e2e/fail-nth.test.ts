import { expect, type Page, test } from '@playwright/test';

/**
 * Everything that can fail fails, the first time, the second, the third …, once or for ever from there, in the page and
 * in its workers: nothing may hang, nothing that was there be lost, and the next try has to work.
 */

const als = (page: Page) => page.getByRole('region', { name: 'ALS run' });

/** How something fails, as it is done to the global scope of the page or of a worker: it throws, or is lost without a word. */
interface Failing {
  readonly where: 'page' | 'worker';
  readonly of: string;
  readonly name: string;
  readonly isLost?: boolean;
}

const faults = {
  'a message to a worker': { where: 'page', of: 'Worker.prototype', name: 'postMessage' },
  'a message of a worker': { where: 'worker', of: 'globalThis', name: 'postMessage', isLost: true },
  'a message through a port': { where: 'worker', of: 'MessagePort.prototype', name: 'postMessage' },
  'a read of a file': { where: 'worker', of: 'Blob.prototype', name: 'arrayBuffer' },
  'a read of a chunk': { where: 'worker', of: 'ReadableStreamDefaultReader.prototype', name: 'read' },
  'a memory': { where: 'worker', of: 'WebAssembly', name: 'Memory' },
  'a fetch': { where: 'worker', of: 'globalThis', name: 'fetch' },
  'a fetch of the page': { where: 'page', of: 'globalThis', name: 'fetch' },
} as const satisfies Record<string, Failing>;
type Fault = keyof typeof faults;

/** The scripts of workers. */
const scripts = /assets\/\w+\.worker-.*\.js$/;

/** Script that has the n-th call fail, and those after it where `forEver` says so, until all is well again. */
function failing({ of, name, isLost = false }: Failing, n: number, forEver: boolean): string {
  return `{
    let left = ${n};
    let isWell = false;
    const well = new BroadcastChannel('well');
    well.onmessage = () => { isWell = true; };
    well.unref?.();
    const fails = () => !isWell && (${forEver} ? --left <= 0 : --left === 0);
    const before = ${of}.${name};
    const error = () => new (${JSON.stringify(name)} === 'Memory' ? RangeError : TypeError)('failed on purpose');
    ${of}.${name} = ${JSON.stringify(name)} === 'Memory'
      ? new Proxy(before, { construct(target, args) { if (fails()) throw error(); return new target(...args); } })
      : function (...args) {
          if (!fails()) return before.apply(this, args);
          if (${isLost}) return;
          if (${JSON.stringify(name)} === 'postMessage') throw error();
          return Promise.reject(error());
        };
  }`;
}

async function brokenBy(page: Page, fault: Failing, n: number, forEver: boolean) {
  const script = failing(fault, n, forEver);
  if (fault.where === 'page') await page.addInitScript(script);
  if (fault.where === 'page') return;
  await page.route(scripts, async (route) => {
    // The server may close an idle connection just as it is used again.
    const response = await route.fetch({ maxRetries: 3 });
    await route.fulfill({ response, body: `${script};${await response.text()}` });
  });
}

/** Nothing fails any more, in workers that there are and in those to come. */
async function allIsWell(page: Page) {
  await page.unroute(scripts);
  await page.evaluate(() => new BroadcastChannel('well').postMessage('well'));
}

/** What was asked for is there, or it is said that it is not. */
const settled = (page: Page, there: () => Promise<boolean>) =>
  expect.poll(async () => (await there()) || (await page.getByRole('alert').count()) > 0).toBe(true);

/** Takes every way on that is offered. */
async function goOn(page: Page) {
  for (const name of [/^Try again$/, /^Restart /, /^Start it again$/, /^Dismiss$/])
    for (const button of await page.getByRole('button', { name }).all())
      await button.click({ timeout: 5000 }).catch(() => {});
}

const csv = [
  'user,item,rating',
  ...Array.from({ length: 400 }, (_, i) => `${i % 40},${i % 29},${1 + (i % 5)}`),
];
const file = (name: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(csv.join('\n')) });
const open = (page: Page, name: string) =>
  page.getByLabel('Open a ratings file or a picture').setInputFiles(file(name));
const summary = (page: Page) => page.getByTestId('summary');
const has = async (page: Page, name: string) =>
  ((await summary(page).allTextContents())[0] ?? '').includes(name);

async function saved(page: Page): Promise<boolean> {
  const download = page.waitForEvent('download', { timeout: 60_000 }).then(
    () => true,
    () => false,
  );
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Factors CSV' }).click();
  return Promise.race([
    download,
    expect(page.getByRole('alert').first())
      .toBeVisible()
      .then(() => false),
  ]);
}

async function walk(page: Page, fault: Fault, n: number, forEver: boolean) {
  await brokenBy(page, faults[fault], n, forEver);
  await page.goto('/');
  await settled(page, async () => /iteration \d/.test(String(await als(page).allTextContents())));
  await settled(page, () => has(page, 'Portrait'));
  const wasThere = await has(page, 'Portrait');
  if (wasThere) {
    await open(page, 'broken.csv');
    await settled(page, () => has(page, 'broken.csv'));
    // What was there is there as long as nothing else is, which may come just now: looked at once.
    expect((await summary(page).allTextContents()).join()).toMatch(/^(broken\.csv|Portrait) /);
    await saved(page);
  }
  await allIsWell(page);
  await goOn(page);
  await expect(summary(page)).toBeVisible();
  await open(page, 'whole.csv');
  await expect(summary(page)).toContainText('whole.csv');
  await expect(als(page)).toContainText(/iteration \d/);
  await goOn(page);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(als(page)).toContainText(/iteration [1-9]/);
  expect(await saved(page)).toBe(true);
}

/** `FAIL_NTH=all` for what takes longer than the tests may. */
const isLong = process.env.FAIL_NTH === 'all';

for (const fault of Object.keys(faults) as Fault[])
  test(`${fault} fails, once or for ever: nothing hangs, and the next try works`, async ({ browser }) => {
    test.setTimeout(1_800_000);
    for (const [forEver, counts] of [
      [false, isLong ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] : [1, 3]],
      [true, isLong ? [1, 2, 3, 4] : [1]],
    ] as const)
      for (const n of counts)
        await test.step(`the ${n}. ${forEver ? 'and all after it' : ''}`, async () => {
          const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block' });
          const page = await context.newPage();
          await walk(page, fault, n, forEver);
          await context.close();
        });
  });
