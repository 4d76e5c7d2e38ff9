import { spawn, spawnSync } from 'node:child_process';
import { chromium } from '@playwright/test';
import { findOrInstallBrowser } from '../.ci/browser.mjs';

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

/** Builds the app, serves it, and gives instrumented pages of it in a real browser; both go on until they are closed. */
export async function servedApp(port) {
  spawnSync('npx', ['vite', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const server = spawn('node', ['src/serve/start.mjs', '--no-build', '--port', String(port)], {
    stdio: 'ignore',
    detached: true,
  });
  const browser = await chromium.launch({
    executablePath: findOrInstallBrowser(),
    args: [
      ...['--no-sandbox', '--disable-background-networking', '--enable-precise-memory-info'],
      '--js-flags=--expose-gc',
    ],
  });

  const open = async () => {
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
  };
  return {
    open,
    async close() {
      await browser.close();
      process.kill(-server.pid);
    },
  };
}

/** Resident megabytes of the largest renderer of ours, everything of the tab included; where `ps` tells. */
export function residentMegabytes() {
  const { status, stdout } = spawnSync('ps', ['-eo', 'pid=,ppid=,rss=,args='], { encoding: 'utf8' });
  if (status !== 0) return Number.NaN;
  const processes = stdout.match(/\S.*/g).map((line) => line.match(/(\d+) +(\d+) +(\d+) +(.*)/).slice(1));
  const parents = new Map(processes.map(([id, parent]) => [id, parent]));
  // Others on this machine may have browsers, too.
  const isOurs = (id) => id === String(process.pid) || (parents.has(id) && isOurs(parents.get(id)));
  const renderers = processes.filter(([id, , , what]) => what.includes('--type=renderer') && isOurs(id));
  return Math.round(Math.max(0, ...renderers.map(([, , kilobytes]) => Number(kilobytes))) / 1024);
}
