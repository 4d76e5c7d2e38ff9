import { expose, transfer } from 'comlink';
import { pageKernels } from '../kernels/page-kernels';
import type { Split } from '../ratings/hold-out';
import { alsRun } from '../runs/als-run';
import type { RunConfig } from '../runs/config';
import type { Run } from '../runs/run';
import { sgdRun } from '../runs/sgd-run';
import { perform, type Work } from '../runs/work';
import { breather } from './breather';
import type { Advance, Going, Rated, TrainerApi } from './protocol';

let loaded: { ratings: Rated; split: Split } | null = null;
let run: Run | null = null;
/** Training time only: measuring and pauses do not count. */
let seconds = 0;

const breathe = breather();

/** Does work to its end, answering the worker's mail in between; null where another run took over. */
async function finish<T>(work: Work<T>, owner: Run): Promise<{ value: T } | null> {
  let results: number[] = [];
  for (;;) {
    const batch = work.next(results);
    if (batch.done) return { value: batch.value };
    results = [];
    for (const piece of batch.value) {
      results.push(perform(pageKernels, piece));
      await breathe();
      if (run !== owner) return null;
    }
  }
}

async function measured(owner: Run): Promise<Advance> {
  const snapshot = owner.diverged ? null : await finish(owner.snapshot(seconds), owner);
  if (run !== owner) return { status: 'superseded' };
  if (owner.diverged || !snapshot) {
    const step = owner.unitsDone / owner.unitsPerStep;
    return { status: 'diverged', step, proposedLearningRate: owner.proposeLearningRate() };
  }
  const { userFactors, itemFactors, userBias, itemBias } = snapshot.value;
  const buffers = [userFactors, itemFactors, userBias, itemBias].map((array) => array.buffer as ArrayBuffer);
  return transfer({ status: 'running', snapshot: snapshot.value }, buffers);
}

function newRun(config: RunConfig): Run {
  if (!loaded) throw new Error('start before load');
  return (config.method === 'als' ? alsRun : sgdRun)(pageKernels, loaded.ratings, loaded.split, config);
}

async function advance(owner: Run, { units, milliseconds }: Going): Promise<Advance> {
  const until = milliseconds === undefined ? Number.POSITIVE_INFINITY : performance.now() + milliseconds;
  const look = milliseconds === undefined ? units : owner.unitsPerLook;
  for (let left = units; left > 0 && !owner.diverged && performance.now() < until; left -= look) {
    const begun = performance.now();
    const done = await finish(owner.advance(Math.min(look, left)), owner);
    if (!done) return { status: 'superseded' };
    seconds += (performance.now() - begun) / 1000;
  }
  return measured(owner);
}

const api: TrainerApi = {
  ping() {},
  load(ratings, split) {
    loaded = { ratings, split };
    run = null;
  },
  start(config) {
    run = newRun(config);
    seconds = 0;
    return measured(run);
  },
  async advance(work) {
    return run ? advance(run, work) : { status: 'superseded' };
  },
  apply(settings) {
    run?.apply(settings);
  },
};

expose(api);
