import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { films } from './films.mjs';
import { atHand } from './hand.mjs';
import { interactions } from './interactions.mjs';
import { fileOfMillions, zipOf } from './rows.mjs';
import { residentMegabytes, servedApp } from './served.mjs';

/**
 * Measures the built app in a real browser: first picture, painted frames, long tasks, memory over some minutes
 * (an argument; one by default), films, what a hand waits for, and 26 million ratings (not with --quick). Prints a table, then JSON on a line.
 */

const quick = process.argv.includes('--quick');
const minutes = Number(process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? 1);
const port = 4187;
const launches = 7;
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

const { open, close } = await servedApp(port);
await (await open()).close();
const firstPictures = [];
const firstIterations = [];
for (let i = 0; i < launches; i++) {
  const page = await open();
  await page
    .getByRole('region', { name: 'ALS run' })
    .getByText(/iteration [1-9]/)
    .waitFor();
  firstIterations.push(await page.evaluate(() => performance.now()));
  firstPictures.push(await page.evaluate(() => globalThis.seen.firstPicture));
  await page.close();
}

const page = await open();
const field = async (label, value) => {
  await page.getByRole('textbox', { name: `${label} value` }).fill(value);
  await page.keyboard.press('Enter');
};
await page.getByRole('tab', { name: 'Run' }).click();
await field('ALS iterations', '200');
await field('B-SGD epochs', '500');
await page.waitForTimeout(1000);
const heap = async () => {
  await page.requestGC();
  return page.evaluate(() => performance.memory.usedJSHeapSize / 2 ** 20);
};
const rates = [];
const memory = [await heap()];
await page.evaluate(() => globalThis.seen.longTasks.splice(0));
const until = Date.now() + minutes * 60_000;
while (Date.now() < until) {
  const before = await page.evaluate(() => [globalThis.seen.frames, performance.now()]);
  await page.waitForTimeout(5000);
  const after = await page.evaluate(() => [globalThis.seen.frames, performance.now()]);
  rates.push((1000 * (after[0] - before[0])) / (after[1] - before[1]));
  memory.push(await heap());
  const ended = await page.getByText('finished').count();
  if (ended > 0) await page.getByRole('button', { name: 'Reset', exact: true }).click();
}
const longTasks = await page.evaluate(() => globalThis.seen.longTasks);
await page.close();
const filmed = await films(open);
const handled = await atHand(open);
const pressed = await interactions(open);
const large = quick ? {} : { ...(await largeData()), ...(await largeFile()) };
await close();

/** Bytes of the page's script, with all that it imports before it runs, as a host that packs with gzip sends them. */
function scriptBytes() {
  const files = new Set();
  const add = (file) => {
    if (files.has(file)) return;
    files.add(file);
    const text = readFileSync(`dist/assets/${file}`, 'utf8');
    for (const [, imported] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) add(imported);
  };
  const html = readFileSync('dist/index.html', 'utf8');
  for (const [, file] of html.matchAll(/<script[^>]*src="\/assets\/([^"]+)"/g)) add(file);
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(`dist/assets/${file}`)).length, 0);
}

/** The made-up 26 million in the app itself, both methods flat out, one worker each: speeds and memory of the tab. */
async function largeData() {
  const tab = await open();
  await tab.getByRole('button', { name: 'Larger samples' }).click();
  const begun = Date.now();
  await tab.getByRole('menuitem', { name: /26 million/ }).click();
  await tab.getByTestId('summary').getByText('26,000,000').waitFor({ timeout: 180_000 });
  const loaded = Date.now() - begun;
  let peak = residentMegabytes();
  await tab.getByRole('tab', { name: 'Model' }).click();
  await tab.getByRole('textbox', { name: 'Rank value' }).fill('16');
  await tab.keyboard.press('Enter');
  await tab.getByRole('tab', { name: 'Run' }).click();
  await tab.getByLabel('Flat out').check();
  const step = async (name) =>
    Number(/(?:iteration|epoch) ([\d.]+)/.exec(await tab.getByRole('region', { name }).textContent())?.[1]);
  const speed = {};
  const from = { als: Number.NaN, sgd: Number.NaN, at: 0 };
  while (!(speed.als && speed.sgd)) {
    await tab.waitForTimeout(250);
    peak = Math.max(peak, residentMegabytes());
    const [als, sgd] = [await step('ALS run'), await step('B-SGD run')];
    if (Number.isNaN(from.als) && als >= 1 && sgd >= 1) Object.assign(from, { als, sgd, at: Date.now() });
    if (als < from.als + 4) continue;
    const seconds = (Date.now() - from.at) / 1000;
    speed.als = seconds / (als - from.als);
    speed.sgd = seconds / (sgd - from.sgd);
  }
  const longest = await tab.evaluate(() => Math.round(Math.max(0, ...globalThis.seen.longTasks.splice(0))));
  await tab.close();
  return {
    '26 M, rank 16: made up, divided and shown, s': Number((loaded / 1000).toFixed(1)),
    '26 M: s per ALS iteration, both methods going, measured and painted': Number(speed.als.toFixed(2)),
    '26 M: s per B-SGD epoch, likewise': Number(speed.sgd.toFixed(2)),
    '26 M: longest main-thread task, ms': longest,
    '26 M: most memory of the tab, MB resident': peak,
  };
}

/** Seconds in which the page reads the bytes of a file, and does nothing else with them. */
async function bytesAlone(path) {
  const tab = await open();
  const input = await tab.evaluateHandle(() =>
    Object.assign(document.createElement('input'), { type: 'file' }),
  );
  await input.setInputFiles(path);
  const seconds = await input.evaluate(async ({ files }) => {
    const reader = files[0].stream().getReader();
    const begun = performance.now();
    while (!(await reader.read()).done);
    return (performance.now() - begun) / 1000;
  });
  await tab.close();
  return seconds;
}

/** Reads a file in the app: milliseconds until it is read, and until it is on the stage, and what the tab takes at most. */
async function loaded(path) {
  const tab = await open();
  await tab.getByTestId('summary').getByText('Portrait').waitFor();
  const begun = Date.now();
  await tab.getByLabel('Open a ratings file or a picture').setInputFiles(path);
  let peak = 0;
  let read = Number.NaN;
  const notice = tab.locator('.notice');
  for (;;) {
    peak = Math.max(peak, residentMegabytes());
    const text = (await notice.allTextContents()).join();
    if (Number.isNaN(read) && text.includes('Laying out')) read = Date.now() - begun;
    if (/not loaded|given up|needs .* may take/.test(text)) throw new Error(text);
    if ((await tab.getByTestId('summary').textContent()).startsWith(basename(path))) break;
    await tab.waitForTimeout(100);
  }
  const shown = Date.now() - begun;
  const longest = await tab.evaluate(() => Math.round(Math.max(0, ...globalThis.seen.longTasks.splice(0))));
  await tab.close();
  return { read, shown, peak, longest };
}

/** A file as large as the full MovieLens's, and the same packed. */
async function largeFile() {
  const path = fileOfMillions(26);
  const { read, shown, peak, longest } = await loaded(path);
  const packed = await loaded(await zipOf(path));
  const megabytes = statSync(path).size / 1e6;
  return {
    'file of 26 M rows: read, s': Number((read / 1000).toFixed(1)),
    'file of 26 M rows: MB/s, read as ratings': Math.round(megabytes / (read / 1000)),
    'file of 26 M rows: MB/s, its bytes alone': Math.round(megabytes / (await bytesAlone(path))),
    'file of 26 M rows: from drop to first picture, s': Number((shown / 1000).toFixed(1)),
    'file of 26 M rows: longest main-thread task, ms': longest,
    'file of 26 M rows: most memory of the tab, MB resident': peak,
    'file of 26 M rows, zipped: from drop to first picture, s': Number((packed.shown / 1000).toFixed(1)),
    'file of 26 M rows, zipped: as long as the plain file, ×': Number((packed.shown / shown).toFixed(2)),
    'file of 26 M rows, zipped: most memory of the tab, MB resident': packed.peak,
  };
}

const result = {
  'first picture, ms (median of 7)': Math.round(median(firstPictures)),
  'script that the first picture waits for, kB (gzip)': Math.round(scriptBytes() / 1000),
  'first ALS iteration, ms (median of 7)': Math.round(median(firstIterations)),
  'painted frames per second, rank 20, both runs (median)': Number(median(rates).toFixed(1)),
  'longest main-thread task over 50 ms':
    longTasks.length > 0 ? `${Math.round(Math.max(...longTasks))} (${longTasks.length} of them)` : 'none',
  'JS heap, MB: first, median of last quarter': `${memory[0].toFixed(1)}, ${median(memory.slice(-Math.ceil(memory.length / 4))).toFixed(1)}`,
  'minutes watched': minutes,
  ...filmed,
  ...handled,
  ...pressed,
  ...large,
};
console.table(result);
console.log(JSON.stringify(result));
