import type { Kernels } from '../kernels/kernels';
import { type Piece, perform, type Result } from '../methods/work';
import { breather } from './breather';
import kernelWorkerUrl from './kernel.worker.ts?worker&url';
import { type MethodRoom, scratchOf } from './layout';
import type { KernelApi } from './learn-protocol';
import { openWorker, type WorkerHandle } from './worker-handle';

/** Pieces that a helper has at once: the one it does and the next, so that it never waits for its mail. */
const piecesAhead = 2;

/** A trainer and its helpers, who work on the same memory. How many there are never changes a bit of a result. */
export interface Crew {
  /** So many workers in all from the next batch on, the trainer among them. */
  resize(workers: number): void;
  /** Sends the helpers home. */
  dismiss(): void;
  /**
   * Does a batch, and gives its results in the order of its pieces. The trainer answers its mail between its own
   * pieces; where `wanted` says no, no further piece is begun, and the answer is null once all have put their
   * work down. Rejects with WorkerLost.
   */
  perform(kernels: Kernels, pieces: readonly Piece[], wanted: () => boolean): Promise<Result[] | null>;
}

const breathe = breather();

/** @param shared null where there is nothing to share: then the trainer works alone */
export function crewOf(
  shared: ({ module: WebAssembly.Module; memory: WebAssembly.Memory } & Pick<MethodRoom, 'scratch'>) | null,
): Crew {
  let size = 1;
  const helpers: WorkerHandle<KernelApi>[] = [];

  function hire() {
    while (shared && helpers.length < size - 1) {
      const helper = openWorker<KernelApi>(kernelWorkerUrl, 'helper');
      const scratch = scratchOf(shared, helpers.length + 1);
      helper.call((api) => api.use(shared.module, shared.memory, scratch)).catch(() => {});
      helpers.push(helper);
    }
    for (const helper of helpers.splice(Math.max(0, size - 1))) helper.terminate();
  }

  return {
    resize(workers) {
      size = workers;
    },
    dismiss() {
      for (const helper of helpers.splice(0)) helper.terminate();
    },
    async perform(kernels, pieces, wanted) {
      // A pause.
      if (pieces.length === 0) await breathe(false);
      if (pieces.length > 1) hire();
      const results = new Array<Result>(pieces.length);
      let next = 0;
      const helping = pieces.length > 1 ? helpers.flatMap((helper) => Array(piecesAhead).fill(helper)) : [];
      const working = Promise.all(
        helping.map(async (helper: WorkerHandle<KernelApi>) => {
          while (next < pieces.length) {
            const i = next++;
            results[i] = await helper.call((api) => api.perform(pieces[i]));
          }
        }),
      );
      working.catch(() => {
        next = pieces.length;
      });
      while (next < pieces.length) {
        const i = next++;
        results[i] = perform(kernels, pieces[i]);
        await breathe(helping.length > 0);
        if (!wanted()) next = pieces.length;
      }
      await working;
      return wanted() ? results : null;
    },
  };
}
