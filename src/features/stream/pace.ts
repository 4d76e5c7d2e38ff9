import type { Stretch } from '../../sessions/stretch';
import { speedOf } from '../../settings/stream';
import { until } from '../until';
import type { Workbench } from '../workbench';
import { ofStream } from './slice';

/** Compute between two answers of the worker, milliseconds: while it is watched, and while it is jumped. */
const watchedMilliseconds = 24;
const jumpedMilliseconds = 200;
/** What has not arrived in time is made up for, but no more than so many milliseconds of it at once. */
const mostOwed = 250;

/**
 * Hands out the work of one stream: the next piece once there is something to do, as fast as ratings are to
 * arrive, and none of them while the page is hidden; null once the stream has given way to another.
 */
export function paceOf(workbench: Workbench, isNewest: () => boolean): () => Promise<Stretch | null> {
  /** Batches that have been due and were not handed out, as of a time of the page's clock: the first at once. */
  let owed = 1;
  let at = performance.now();

  /** How many batches are due by now. */
  function due(batchesPerMillisecond: number): number {
    const now = performance.now();
    owed += (now - at) * batchesPerMillisecond;
    owed = Math.min(owed, Math.max(1, mostOwed * batchesPerMillisecond));
    at = now;
    return Math.floor(owed);
  }

  /** How far to go now; null where there is nothing to do. */
  function wanted(): { readonly to: number; readonly isJump: boolean } | null {
    const { looks, stream } = workbench.getState();
    const { target, batch, playing, facts } = stream;
    if (looks.mode !== 'stream' || !facts || batch >= facts.batchCount) return null;
    if (target !== null && target > batch) return { to: target, isJump: true };
    return playing ? { to: facts.batchCount, isJump: false } : null;
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
        owed = 1;
        at = performance.now();
        continue;
      }
      const { batch, settings, looks, facts } = workbench.getState().stream;
      if (document.hidden) await sleep(200);
      if (next.isJump)
        return { units: next.to - batch, milliseconds: jumpedMilliseconds, shown: looks.panes };
      const rate = speedOf(settings, facts?.count ?? 0) / settings.batchSize / 1000;
      const units = Math.min(due(rate), next.to - batch);
      if (units === 0 || document.hidden) {
        await sleep(Math.min(50, Math.max(4, (1 - owed) / rate)));
        continue;
      }
      owed -= units;
      return { units, milliseconds: watchedMilliseconds, shown: looks.panes };
    }
  };
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
