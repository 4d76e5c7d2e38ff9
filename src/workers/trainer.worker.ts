import { expose, transfer } from 'comlink';
import type { Kernels } from '../kernels/kernels';
import { pageKernels } from '../kernels/page-kernels';
import { simdKernels } from '../kernels/simd/simd-kernels';
import { arraysIn, type Space } from '../kernels/simd/space';
import { atOnceOf } from '../methods';
import type { Past } from '../methods/changes';
import type { RunConfig } from '../methods/config';
import type { Run } from '../methods/run';
import type { Result, Work } from '../methods/work';
import { placedSplit, type Split } from '../ratings/hold-out';
import { breather } from './breather';
import { type Crew, crewOf } from './crew';
import { isolated, simdModule } from './kernel-modules';
import { memoryOf, scratchOf } from './layout';
import type { Advance, Going, Rated, TrainerApi } from './protocol';

/** A data set, and how to work on it. */
interface Loaded {
  readonly ratings: Rated;
  readonly split: Split;
  readonly crew: Crew;
  /** Kernels whose room for arrays is empty again. */
  fresh(): Kernels;
  /** Where snapshots are put for the page to copy; null: each is sent away with its arrays. */
  readonly shown: Space | null;
}

let loading: Promise<Loaded> | null = null;
let loaded: Loaded | null = null;
let run: Run | null = null;
let kernels: Kernels = pageKernels;
/** Training time only: measuring and pauses do not count. */
let seconds = 0;
/** How long measuring took last, ms: flat out, training gets a multiple of it. */
let measuring = 0;
let workers = 1;
/** Counts calls of `start`: only the newest may begin. */
let starts = 0;
/** The newest `start`, settled or not: what is applied meanwhile waits for it. */
let starting: Promise<unknown> = Promise.resolve();
/** What is being done to arrays that a newer run would take over. */
let working: Promise<unknown> = Promise.resolve();

const breathe = breather();

/** Does work to its end, answering the worker's mail in between; null where another run took over. */
function finish<T>(work: Work<T>, owner: Run): Promise<{ value: T } | null> {
  const { crew } = loaded as Loaded;
  const wanted = () => run === owner;
  async function batches() {
    let results: readonly Result[] = [];
    for (;;) {
      const batch = work.next(results);
      if (batch.done) return { value: batch.value };
      const done = await crew.perform(kernels, batch.value, wanted);
      if (!done) return null;
      results = done;
    }
  }
  const done = batches();
  working = done.catch(() => {});
  return done;
}

async function measured(owner: Run): Promise<Advance> {
  const begun = performance.now();
  const shown = loaded?.shown;
  const room = shown ? (arraysIn(shown).floats as (length: number) => Float32Array) : undefined;
  const snapshot = owner.diverged ? null : await finish(owner.snapshot(seconds, room), owner);
  if (run !== owner) return { status: 'superseded' };
  measuring = performance.now() - begun;
  if (owner.diverged || !snapshot) {
    const step = owner.unitsDone / owner.unitsPerStep;
    return { status: 'diverged', step, proposedLearningRate: owner.proposeLearningRate() };
  }
  if (shown) return { status: 'running', snapshot: snapshot.value };
  const { userFactors, itemFactors, userBias, itemBias } = snapshot.value;
  const buffers = [userFactors, itemFactors, userBias, itemBias].map((array) => array.buffer as ArrayBuffer);
  return transfer({ status: 'running', snapshot: snapshot.value }, buffers);
}

/** Brings a new run to where it goes on from; whether no other took its place. */
async function goThere(owner: Run, { unit, from, firstRmse }: Past): Promise<boolean> {
  seconds = from?.seconds ?? 0;
  // What divergence is measured by has to be the same as the first time.
  if (unit > 0 && firstRmse === null && !(await finish(owner.snapshot(0), owner))) return false;
  if (unit <= owner.unitsDone) return true;
  const begun = performance.now();
  const done = await finish(owner.advance(unit - owner.unitsDone), owner);
  seconds += (performance.now() - begun) / 1000;
  return done !== null;
}

async function advance(owner: Run, { units, milliseconds }: Going): Promise<Advance> {
  // Measuring large data takes longer than a frame: then fewer pictures, so that most of the time is training.
  const allowed =
    milliseconds === undefined ? Number.POSITIVE_INFINITY : Math.max(milliseconds, 3 * measuring);
  const until = performance.now() + allowed;
  const look = milliseconds === undefined ? units : owner.unitsPerLook;
  for (let left = units; left > 0 && !owner.diverged && performance.now() < until; left -= look) {
    const begun = performance.now();
    const done = await finish(owner.advance(Math.min(look, left)), owner);
    if (!done) return { status: 'superseded' };
    seconds += (performance.now() - begun) / 1000;
  }
  return measured(owner);
}

/** Shared memory is worked on as it is; else the ratings are put into a memory of this worker's own, if it can. */
const load: TrainerApi['load'] = async (method, ratings, { split, layout, memory }) => {
  run = null;
  starts++;
  loaded?.crew.dismiss();
  loaded = null;
  const opening = (async (): Promise<Loaded> => {
    const module = isolated && !memory ? null : await simdModule();
    if (!module)
      return {
        ratings,
        split,
        crew: crewOf(null, breathe),
        fresh: () => pageKernels,
        shown: null,
      };
    const room = layout.methods[method];
    const own = memory ?? memoryOf(layout, false);
    return {
      ratings,
      split: memory ? split : placedSplit(split, arraysIn({ memory: own, ...layout.ratings })),
      crew: crewOf(memory ? { module, memory, room } : null, breathe),
      fresh: () => simdKernels(module, { memory: own, ...room.run }, scratchOf(room, 0)),
      shown: memory ? { memory, ...room.snapshot } : null,
    };
  })();
  loading = opening;
  return (await opening).fresh() === pageKernels ? 'page' : 'simd';
};

async function start(config: RunConfig, past: Past): Promise<Advance> {
  run = null;
  const opening = loading;
  if (!opening) throw new Error('start before load');
  const ticket = ++starts;
  const data = await opening;
  // The run before may be at work on the arrays that the new one takes.
  await working;
  if (loading !== opening || ticket !== starts) return { status: 'superseded' };
  loaded = data;
  data.crew.resize(workers);
  kernels = data.fresh();
  const goingOn = kernels === pageKernels ? { ...past, from: null } : past;
  const preparing = atOnceOf(config.method).begin(kernels, data.ratings, data.split, config, goingOn);
  for (;;) {
    const slice = preparing.next();
    if (slice.done) {
      run = slice.value;
      return (await goThere(run, goingOn)) ? measured(slice.value) : { status: 'superseded' };
    }
    await breathe();
    if (ticket !== starts) return { status: 'superseded' };
  }
}

const api: TrainerApi = {
  ping() {},
  load,
  start(config, past) {
    const begun = start(config, past);
    starting = begun.catch(() => {});
    return begun;
  },
  async advance(going) {
    return run ? advance(run, going) : { status: 'superseded' };
  },
  async apply(settings) {
    await starting;
    return run?.apply(settings) ?? null;
  },
  async visit(unit) {
    // Not in the middle of an epoch that is being learnt: another's order would take its place.
    await Promise.all([starting, working]);
    return run?.visit(unit) ?? null;
  },
  resize(count) {
    workers = count;
    loaded?.crew.resize(count);
  },
};

expose(api);
