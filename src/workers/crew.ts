import type { Kernels } from '../kernels/kernels';
import { linesIn, type Piece, partsOf, perform, type Result } from '../methods/work';
import { breather } from './breather';
import kernelWorkerUrl from './kernel.worker.ts?worker&url';
import { type MethodRoom, scratchOf } from './layout';
import type { KernelApi } from './learn-protocol';
import { openWorker, type WorkerHandle } from './worker-handle';

/** Pieces that a helper has at once: the one it does and the next, so that it never waits for its mail. */
const piecesAhead = 2;

/** How long a trainer may be away from its mail, milliseconds: pieces that would take longer are done in parts. */
const longest = 50;

/**
 * A helper was lost in the middle of a piece, and nobody knows how much of it was done: what stands in the memory is of
 * no use. The trainer can begin again without it.
 */
class HelperLost extends Error {
  override readonly name = 'HelperLost';
}

/** Helpers that were lost here: nobody takes their place, since what they were lost by would come again. */
const lostHere = { count: 0 };

/** A trainer and its helpers, who work on the same memory. How many there are never changes a bit of a result. */
export interface Crew {
  /** So many workers in all from the next batch on, the trainer among them, less those that were lost. */
  resize(workers: number): void;
  /** Sends the helpers home. */
  dismiss(): void;
  /**
   * Does a batch, and gives its results in the order of its pieces. The trainer answers its mail between its own
   * pieces, and waits for no helper who has not begun; where `wanted` says no, no further piece is begun, and the
   * answer is null once all have put their work down. Rejects with HelperLost.
   */
  perform(kernels: Kernels, pieces: readonly Piece[], wanted: () => boolean): Promise<Result[] | null>;
}

const breathe = breather();

/** Lines that would take as long as a trainer may, by how long some took. */
function linesFor(piece: Piece, took: number, before: number): number {
  const lines = linesIn(piece);
  return took > 0 && lines > 0 ? Math.max(1, Math.floor((lines * longest) / took)) : before;
}

/** @param shared null where there is nothing to share: then the trainer works alone */
export function crewOf(
  shared: ({ module: WebAssembly.Module; memory: WebAssembly.Memory } & Pick<MethodRoom, 'scratch'>) | null,
  open = () => openWorker<KernelApi>(kernelWorkerUrl, 'helper'),
  lost = lostHere,
): Crew {
  let size = 1;
  /** Lines that the trainer solves at once, by how long the last ones took. */
  let linesAtOnce = Number.POSITIVE_INFINITY;
  let helpers: { readonly worker: WorkerHandle<KernelApi>; isReady: boolean }[] = [];

  function hire() {
    while (shared && helpers.length < size - 1 - lost.count) {
      const helper = { worker: open(), isReady: false };
      const scratch = scratchOf(shared, helpers.length + lost.count + 1);
      helpers.push(helper);
      helper.worker
        .call((api) => api.use(shared.module, shared.memory, scratch))
        .then(
          () => {
            helper.isReady = true;
          },
          () => lose(helper.worker),
        );
    }
    for (const { worker } of helpers.splice(Math.max(0, size - 1 - lost.count))) worker.terminate();
  }

  function lose(worker: WorkerHandle<KernelApi>) {
    const others = helpers.filter((helper) => helper.worker !== worker);
    lost.count += helpers.length - others.length;
    helpers = others;
    worker.terminate();
  }

  return {
    resize(workers) {
      size = workers;
    },
    dismiss() {
      for (const { worker } of helpers.splice(0)) worker.terminate();
    },
    async perform(kernels, pieces, wanted) {
      // A pause.
      if (pieces.length === 0) await breathe(false);
      if (pieces.length > 1) hire();
      const results = new Array<Result>(pieces.length);
      let next = 0;
      const ready = pieces.length > 1 ? helpers.filter(({ isReady }) => isReady) : [];
      async function help(worker: WorkerHandle<KernelApi>) {
        try {
          while (next < pieces.length) {
            const i = next++;
            results[i] = await worker.call((api) => api.perform(pieces[i]));
          }
          return true;
        } catch {
          next = pieces.length;
          lose(worker);
          return false;
        }
      }
      const helping = ready.flatMap(({ worker }) => Array.from({ length: piecesAhead }, () => help(worker)));
      while (next < pieces.length) {
        const i = next++;
        for (const part of partsOf(pieces[i], linesAtOnce)) {
          const begun = performance.now();
          results[i] = perform(kernels, part);
          linesAtOnce = linesFor(part, performance.now() - begun, linesAtOnce);
          await breathe(helping.length > 0);
          if (!wanted()) break;
        }
        if (!wanted()) next = pieces.length;
      }
      const areDone = await Promise.all(helping);
      if (!wanted()) return null;
      if (areDone.includes(false)) throw new HelperLost('a helper was lost in the middle of a piece');
      return results;
    },
  };
}
