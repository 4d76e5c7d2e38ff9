import type { Stretch } from '../../sessions/stretch';
import { until } from '../until';
import type { Workbench } from '../workbench';
import { ofStream } from './slice';

/** Compute between two answers of the worker, milliseconds: while it is watched, and while it is jumped. */
const watchedMilliseconds = 24;
const jumpedMilliseconds = 200;

/**
 * Hands out the work of one stream: the next piece once there is something to do, after the interval and, of a hidden
 * page, not too often; null once the stream has given way to another.
 */
export function paceOf(workbench: Workbench, isNewest: () => boolean): () => Promise<Stretch | null> {
  /** When the next batch is due, milliseconds of the page's clock. */
  let due = 0;

  /** How far to go now; null where there is nothing to do. */
  function wanted(): { readonly to: number; readonly isJump: boolean } | null {
    const { looks, stream } = workbench.getState();
    const { target, batch, playing, facts, settings } = stream;
    if (looks.mode !== 'stream' || !facts || batch >= facts.batchCount) return null;
    if (target !== null && target > batch) return { to: target, isJump: true };
    if (!playing) return null;
    return { to: settings.interval > 0 ? batch + 1 : facts.batchCount, isJump: false };
  }

  /** What was to be done is done. */
  function finish() {
    const { batch, facts, target } = workbench.getState().stream;
    if (target !== null && facts && batch >= target) workbench.setState(ofStream({ target: null }));
    if (facts && batch >= facts.batchCount) workbench.setState(ofStream({ playing: false, target: null }));
  }

  return async () => {
    for (;;) {
      if (!isNewest()) return null;
      const next = wanted();
      if (!next) {
        finish();
        await until(workbench, () => !isNewest() || wanted() !== null);
        continue;
      }
      const { batch, settings, looks } = workbench.getState().stream;
      const now = performance.now();
      if (!next.isJump && settings.interval > 0) {
        if (now < due || document.hidden) {
          await sleep(Math.min(50, Math.max(4, due - now)));
          continue;
        }
        due = now + 1000 * settings.interval;
      }
      if (document.hidden) await sleep(200);
      const milliseconds = next.isJump ? jumpedMilliseconds : watchedMilliseconds;
      return { units: next.to - batch, milliseconds, shown: looks.panes };
    }
  };
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
