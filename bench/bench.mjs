import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findOrInstallBrowser } from '../.ci/browser.mjs';

/**
 * Measures the built app in a real browser: first picture, painted frames, long tasks, memory. `npm run bench -- 10`
 * watches memory for ten minutes (default: one). Prints a table, and JSON to .cache/bench.json.
 */

const minutes = Number(process.argv[2] ?? 1);
const port = 4187;
const launches = 7;
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Counts, inside the page, what was painted when and which tasks were long. */
function instrument() {
  const seen = { firstPicture: null, frames: 0, longTasks: [], perFrame: new Set() };
  globalThis.seen = seen;
  new PerformanceObserver((list) =>
    seen.longTasks.push(...list.getEntries().map(({ duration }) => duration)),
  ).observe({ type: 'longtask' });
  const { drawImage } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.drawImage = function (...args) {
    const label = this.canvas.getAttribute?.('aria-label') ?? '';
    if (label.startsWith('Matrix predicted')) {
      seen.firstPicture ??= performance.now();
      seen.perFrame.add(label);
    }
    return drawImage.apply(this, args);
  };
  const tick = () => {
    if (seen.perFrame.size > 0) seen.frames++;
    seen.perFrame.clear();
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}

spawnSync('npx', ['vite', 'build'], { stdio: 'inherit' });
const server = spawn('npx', ['vite', 'preview', '--port', String(port), '--strictPort'], {
  stdio: 'ignore',
  detached: true,
});
const browser = await chromium.launch({
  executablePath: findOrInstallBrowser(),
  args: ['--no-sandbox', '--disable-background-networking', '--enable-precise-memory-info'],
});

async function open() {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(instrument);
  for (let attempt = 0; ; attempt++) {
    try {
      await page.goto(`http://localhost:${port}/`);
      return page;
    } catch (error) {
      if (attempt > 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

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
await page.getByText('Start, length and hold-out').click();
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
await browser.close();
process.kill(-server.pid);

const result = {
  'first picture, ms (median of 7)': Math.round(median(firstPictures)),
  'first ALS iteration, ms (median of 7)': Math.round(median(firstIterations)),
  'painted frames per second, rank 20, both runs (median)': Number(median(rates).toFixed(1)),
  'longest main-thread task over 50 ms':
    longTasks.length > 0 ? `${Math.round(Math.max(...longTasks))} (${longTasks.length} of them)` : 'none',
  'JS heap, MB: first, median of last quarter': `${memory[0].toFixed(1)}, ${median(memory.slice(-Math.ceil(memory.length / 4))).toFixed(1)}`,
  'minutes watched': minutes,
};
console.table(result);
mkdirSync('.cache', { recursive: true });
writeFileSync('.cache/bench.json', JSON.stringify(result, null, 2));
