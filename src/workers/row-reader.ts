import { plainRows, type ReadsPlainRows } from '../ratings/formats/plain-rows';
import type { RowsApi } from './protocol';
import rowsWorkerUrl from './rows.worker.ts?worker&url';
import { openWorker, type WorkerHandle } from './worker-handle';

/** Chunks that a helper has at once: the one it reads and the next, so that it never waits for its mail. */
const chunksAhead = 2;

/** Reads rows by a helper of this worker, and here what comes while that has enough to do, or is lost. */
export function rowReader(open = () => openWorker<RowsApi>(rowsWorkerUrl, 'rows')) {
  let helper: WorkerHandle<RowsApi> | null = null;
  let waiting = 0;
  const read: ReadsPlainRows = (bytes, form) => {
    helper ??= open();
    if (!helper.alive || waiting >= chunksAhead) return plainRows(bytes, form);
    waiting++;
    return helper
      .call((api) => api.read(bytes, form))
      .catch(() => plainRows(bytes, form))
      .finally(() => waiting--);
  };
  return { read, dismiss: () => helper?.terminate() };
}
