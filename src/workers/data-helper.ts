import { plainRows, type ReadsPlainRows } from '../ratings/formats/plain-rows';
import { turnOver } from '../ratings/gather';
import type { Lines } from '../ratings/lines';
import { type Sliced, sliceSize } from '../ratings/sliced';
import { placesBy } from '../ratings/sorted-by';
import helperWorkerUrl from './helper.worker.ts?worker&url';
import type { HelperApi } from './protocol';
import { openWorker, type WorkerHandle } from './worker-handle';

/** Chunks that a helper has at once: the one it reads and the next, so that it never waits for its mail. */
const chunksAhead = 2;
/** Ratings from which on it is worth while to have a helper. */
const worthwhile = sliceSize;

/** A helper of this worker. What it has not enough time for, and what it had when it was lost, is done here. */
export function dataHelper(
  finish: <T>(work: Sliced<T>) => Promise<T>,
  open = () => openWorker<HelperApi>(helperWorkerUrl, 'helper'),
) {
  let helper: WorkerHandle<HelperApi> | null = null;
  let waiting = 0;
  const hired = () => {
    helper ??= open();
    return helper;
  };

  const read: ReadsPlainRows = (bytes, form) => {
    const by = hired();
    if (!by.alive || waiting >= chunksAhead) return plainRows(bytes, form);
    waiting++;
    return by
      .call((api) => api.read(bytes, form))
      .catch(() => plainRows(bytes, form))
      .finally(() => waiting--);
  };

  return {
    read,
    /** Of each key its place in their order. */
    async places(keys: Uint32Array): Promise<Uint32Array> {
      if (keys.length < worthwhile) return placesBy(keys);
      return hired()
        .call((api) => api.places(keys))
        .catch(() => placesBy(keys));
    },
    /** Fills lines of the other side; they have to be in memory that is shared, if a helper is to do it. */
    async turnOver(lines: Lines, turned: Lines, isShared: boolean): Promise<void> {
      const own = () => finish(turnOver(lines, turned));
      if (!isShared || lines.value.length < worthwhile) return own();
      return hired()
        .call((api) => api.turnOver(lines, turned))
        .catch(own);
    },
    /** Sends it home; there is another where there is more to do. */
    dismiss() {
      helper?.terminate();
      helper = null;
    },
  };
}
