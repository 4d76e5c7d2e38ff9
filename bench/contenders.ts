import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Kernels } from '../src/kernels/kernels';
import { pageKernels } from '../src/kernels/page-kernels';
import { simdKernels } from '../src/kernels/simd/simd-kernels';
import { arraysIn } from '../src/kernels/simd/space';
import { atOnceOf, raceIds } from '../src/methods';
import type { RunConfig } from '../src/methods/config';
import type { MethodId } from '../src/methods/method';
import type { Run } from '../src/methods/run';
import { type Piece, perform, type Result } from '../src/methods/work';
import { holdOut, type Split } from '../src/ratings/hold-out';
import { heapArrays, sourceOf } from '../src/ratings/lines';
import type { RatingSet } from '../src/ratings/rating-set';
import { settle } from '../src/ratings/sliced';
import { layoutOf, memoryOf, scratchOf } from '../src/workers/layout';

/** Someone who can make one step of a method, again and again. */
export interface Contender {
  readonly name: string;
  step(): Promise<number>;
  /** Its step is a median of many already. */
  readonly timesItself?: boolean;
  end?(): void;
}

const module = new WebAssembly.Module(
  readFileSync(fileURLToPath(new URL('../../src/kernels/simd/wasm/shared.wasm', import.meta.url))),
);

/** Nothing is held out. */
const nothing = { kind: 'random', share: 0, seed: 1 } as const;

/** Ratings in a shared memory, with room for runs up to a rank; and the same on the heap for the page. */
export function prepared(ratings: RatingSet, rank: number) {
  const { userCount, itemCount, ratingCount } = ratings;
  const shape = {
    userCount,
    itemCount,
    trainingCount: ratingCount,
    validationCount: 0,
    timed: ratings.times !== null,
  };
  const layout = layoutOf(shape, rank, raceIds);
  const memory = memoryOf(layout, true);
  const source = sourceOf(ratings, userCount, itemCount);
  const split = settle(holdOut(source, nothing, arraysIn({ memory, ...layout.ratings })));
  return { ratings, layout, memory, split };
}
export type Prepared = ReturnType<typeof prepared>;

const configOf = (method: MethodId, rank: number, complete: boolean): RunConfig => ({
  method,
  rank,
  lambda: complete ? 1 : 0.05,
  regularisation: 'weighted',
  baseline: 'none',
  learningRate: 0.005,
  initial: 'normal',
  initialNoise: 0.05,
  seed: 1,
  holdOutShare: 0,
});

const begin = (
  kernels: Kernels,
  { ratings }: Prepared,
  split: Split,
  method: MethodId,
  rank: number,
): Run => {
  const complete = ratings.ratingCount === ratings.userCount * ratings.itemCount;
  const config = configOf(method, rank, complete);
  return settle<Run>(atOnceOf(method).begin(kernels, ratings, split, config));
};

/** One step of a run, without measuring: what the app does between two pictures. Milliseconds. */
async function timed(run: Run, batch: (pieces: readonly Piece[]) => Result[] | Promise<Result[]>) {
  const begun = performance.now();
  const work = run.advance(run.unitsPerStep);
  for (let results: readonly Result[] = []; ; ) {
    const next = work.next(results);
    if (next.done) break;
    results = await batch(next.value);
  }
  if (run.diverged) throw new Error('diverged');
  return performance.now() - begun;
}

export function page(data: Prepared, method: MethodId, rank: number): Contender {
  const { ratings } = data;
  const source = sourceOf(ratings, ratings.userCount, ratings.itemCount);
  const run = begin(pageKernels, data, settle(holdOut(source, nothing, heapArrays)), method, rank);
  return {
    name: 'page (float64)',
    step: () => timed(run, (pieces) => pieces.map((p) => perform(pageKernels, p))),
  };
}

/**
 * Runs of one method lie in the same stretch of memory, one over the other: they are alike in every size and take
 * turns, so what each does costs what it would cost alone; only what they learn is mixed up.
 */
export function simd(data: Prepared, method: MethodId, rank: number, workers: number): Contender {
  const { memory, layout, split } = data;
  const room = layout.methods[method];
  const kernels = simdKernels(module, { memory, ...room.run }, scratchOf(room, 0));
  const run = begin(kernels, data, split, method, rank);
  const helpers = Array.from({ length: workers - 1 }, (_, w) => {
    const workerData = { module, memory, scratch: scratchOf(room, w + 1) };
    return new Worker(new URL('./thread.js', import.meta.url), { workerData });
  });
  const alone = (pieces: readonly Piece[]) => pieces.map((piece) => perform(kernels, piece));

  /** Pieces go to whoever is free; a helper has two, so that it never waits. */
  async function together(pieces: readonly Piece[]): Promise<Result[]> {
    if (pieces.length === 1) return alone(pieces);
    const results = new Array<Result>(pieces.length);
    let next = 0;
    let under = 0;
    let done = () => {};
    const finished = new Promise<void>((resolve) => {
      done = resolve;
    });
    const give = (helper: Worker) => {
      if (next >= pieces.length) return;
      under++;
      helper.postMessage([next, pieces[next++]]);
    };
    for (const helper of helpers) {
      helper.removeAllListeners('message');
      helper.on('message', ([i, result]: [number, number]) => {
        results[i] = result;
        under--;
        give(helper);
        if (next >= pieces.length && under === 0) done();
      });
      give(helper);
      give(helper);
    }
    while (next < pieces.length) {
      const i = next++;
      results[i] = perform(kernels, pieces[i]);
      await new Promise(setImmediate);
    }
    if (under > 0) await finished;
    return results;
  }
  return {
    name: `SIMD, ${workers} worker${workers > 1 ? 's' : ''}`,
    step: () => timed(run, workers > 1 ? together : alone),
    end: () => helpers.forEach((helper) => void helper.terminate()),
  };
}

/** LIBMF's SGD (no biases: less work than ours) on one thread with 20 bins: an epoch is the difference of two trainings. */
export async function libmf({ ratings }: Prepared, rank: number): Promise<Contender | null> {
  let native: { default: Record<string, (...args: unknown[]) => unknown> };
  try {
    native = await import(new URL('../../node_modules/libmf/src/ffi.js', import.meta.url).href);
  } catch (error) {
    console.log(`LIBMF is not there: ${(error as Error).message}`);
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'ratings.txt');
  const { users, items, values } = ratings;
  const lines: string[] = [];
  for (let j = 0; j < values.length; j++) lines.push(`${users[j]} ${items[j]} ${values[j]}`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  const mf = native.default;
  const problem = mf.mf_read_problem(file);
  rmSync(folder, { recursive: true });
  const train = (iterations: number) => {
    const parameters = { ...(mf.mf_get_default_param() as object) };
    Object.assign(parameters, {
      k: rank,
      nr_threads: 1,
      nr_bins: 20,
      nr_iters: iterations,
      quiet: true,
      eta: 0.01,
    });
    const begun = performance.now();
    const model = mf.mf_train(problem, parameters);
    const spent = performance.now() - begun;
    mf.mf_destroy_model([model]);
    return spent;
  };
  return { name: 'LIBMF, 1 thread', step: async () => (train(12) - train(2)) / 10, timesItself: true };
}
