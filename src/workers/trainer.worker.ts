import { expose, transfer } from 'comlink';
import { pageKernels } from '../kernels/page-kernels';
import { holdOut } from '../ratings/hold-out';
import type { RatingSet } from '../ratings/rating-set';
import { alsRun } from '../runs/als-run';
import type { RunConfig } from '../runs/config';
import type { Run, Sliced } from '../runs/run';
import { sgdRun } from '../runs/sgd-run';
import { breather } from './breather';
import type { Advance, TrainerApi, Work } from './protocol';

/** B-SGD looks at the clock after so many observations; ALS after every half-sweep. */
const observationsPerLook = 4096;

let ratings: RatingSet | null = null;
let run: Run | null = null;
/** Training time only: measuring and pauses do not count. */
let seconds = 0;

const breathe = breather();

/** Runs sliced work to its end, answering the worker's mail in between; null where another run took over. */
async function finish<T>(work: Sliced<T>, owner: Run): Promise<{ value: T } | null> {
  for (;;) {
    const slice = work.next();
    if (slice.done) return { value: slice.value };
    await breathe();
    if (run !== owner) return null;
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
  if (!ratings) throw new Error('start before load');
  const split = holdOut(ratings, config.holdOutShare, config.seed);
  return (config.method === 'als' ? alsRun : sgdRun)(pageKernels, ratings, split, config);
}

async function advance(owner: Run, { units, milliseconds }: Work): Promise<Advance> {
  const until = milliseconds === undefined ? Number.POSITIVE_INFINITY : performance.now() + milliseconds;
  const look = milliseconds === undefined ? units : owner.method === 'als' ? 1 : observationsPerLook;
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
  load(next) {
    ratings = next;
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
