import { expose, transfer } from 'comlink';
import type { Kernels } from '../kernels/kernels';
import { pageKernels } from '../kernels/page-kernels';
import { arraysIn } from '../kernels/simd/space';
import type { Snapshot } from '../methods/snapshot';
import type { Result, Work } from '../methods/work';
import { learnAtOnce } from '../sessions/at-once';
import { type Lab, openLab } from '../sessions/lab';
import type { Learning } from '../sessions/learning';
import { type Rater, raterOf } from '../sessions/own-rating';
import { type Ground, groundOfRuns, groundOfStream } from './grounds';
import type { NoRoom } from './layout';
import type { Answer, LearnApi, Loadable, Plan, StreamFacts, Stretch } from './learn-protocol';

/** Sessions that are learning here, what they stand on, and what only streams have beside. */
interface Begun {
  readonly learning: Learning<unknown>;
  readonly ground: Ground;
  readonly stream?: { readonly rater: Rater; readonly facts: StreamFacts };
}

let loaded: Loadable | null = null;
/** Where runs of the ratings that are loaded stand; made once, since it may hold a copy of them. */
let runGround: Promise<Ground> | null = null;
let begun: Begun | null = null;
/** Counts calls of `load` and `start`: what belongs to an older one is dropped. */
let ticket = 0;
/** The newest `start`, settled or not: what is applied meanwhile waits for it. */
let starting: Promise<unknown> = Promise.resolve();
/** Work on what has begun, one after the other. */
let working: Promise<unknown> = Promise.resolve();
/** How long measuring took last, ms: training that is paced by time gets a multiple of it. */
let measuring = 0;
let workers = 1;

const now = () => performance.now() / 1000;

/** After all work that was begun before. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = working.then(work);
  working = done.catch(() => {});
  return done;
}

/** What the newest sessions are computed with. */
let kernels: Kernels = pageKernels;

/** Does work to its end, answering the worker's mail in between; null where something newer took over. */
async function finish<T>(work: Work<T>, { crew }: Ground, owner: number): Promise<{ value: T } | null> {
  const wanted = () => owner === ticket;
  for (let results: readonly Result[] = []; ; ) {
    if (!wanted()) return null;
    const batch = work.next(results);
    if (batch.done) return { value: batch.value };
    const done = await crew.perform(kernels, batch.value, wanted);
    if (!done) return null;
    results = done;
  }
}
const superseded = { status: 'superseded' } as const;

/** Begins what a plan says, where it goes on from. */
async function begin(plan: Plan, owner: number): Promise<Begun | NoRoom | null> {
  if (!loaded) throw new Error('start before load');
  const { ratings, split } = loaded;
  if (plan.feed === 'all') {
    const ground = await runGround;
    if (!ground) throw new Error('a run, where streams were to learn');
    if (owner !== ticket) return null;
    kernels = ground.fresh();
    ground.crew.resize(workers);
    // Kernels in float64 cannot go on from a snapshot, which is float32: they do it all again.
    const past = kernels === pageKernels ? { ...plan.past, from: null } : plan.past;
    const work = learnAtOnce(kernels, ratings, ground.split, plan.config, past, now);
    const learning = await finish(work, ground, owner);
    return learning && { learning: learning.value, ground };
  }
  const ground = await groundOfStream(split, plan.config);
  if ('ok' in ground) return ground;
  kernels = ground.fresh();
  ground.crew.resize(workers);
  const opened = await finish(openLab(kernels, split, ratings.scale, plan.config, now), ground, owner);
  const batchAls = opened && (await finish(opened.value.batchAls(), ground, owner));
  if (!batchAls) {
    ground.crew.dismiss();
    return null;
  }
  const lab = opened.value;
  const facts = { ...factsOf(lab), batchAls: batchAls.value };
  return { learning: lab, ground, stream: { rater: raterOf(lab, now), facts } };
}

function factsOf(lab: Lab): Omit<StreamFacts, 'batchAls'> {
  const { validationCount, measuredCount, lastUnit: batchCount } = lab;
  const { count, you, users, items, driftsFrom, ratings } = lab.stream;
  // A part of the kernels' memory would take all of it along.
  const copies = {
    users: ratings.users.slice(),
    items: ratings.items.slice(),
    values: ratings.values.slice(),
  };
  return {
    ...{ validationCount, measuredCount, batchCount, count, you, users, items, driftsFrom },
    ratings: copies,
  };
}

/** Goes on as far as is wanted, measuring and keeping what is due on the way. */
async function goOn(begun: Begun, stretch: Stretch, owner: number): Promise<Answer<unknown>> {
  const { learning, ground } = begun;
  const { milliseconds, shown = learning.methods } = stretch;
  // Measuring large data takes longer than a frame: then fewer pictures, so that most of the time is training.
  const allowed = milliseconds === undefined ? Infinity : Math.max(milliseconds, 3 * measuring);
  const until = performance.now() + allowed;
  const end = Math.min(learning.lastUnit, learning.unitsDone + stretch.units);
  const { unitsPerLook, unitsPerMoment, unitsPerSnapshot, methods } = learning;
  const isDue = (every: number) => learning.unitsDone % every === 0;
  const untilDue = (every: number) => every - (learning.unitsDone % every);
  const look = milliseconds === undefined ? Infinity : unitsPerLook;
  const moments: unknown[] = [];
  const snapshots: Snapshot[] = [];

  async function measure(wanted: readonly string[]): Promise<boolean> {
    const room = ground.shown ? arraysIn(ground.shown).floats : undefined;
    const work = learning.measured(wanted, room as ((length: number) => Float32Array) | undefined);
    const measured = await finish(work, ground, owner);
    if (!measured) return false;
    moments.push(measured.value.moment);
    snapshots.push(...measured.value.snapshots);
    return true;
  }

  while (learning.unitsDone < end && !learning.diverged) {
    const units = Math.min(
      look,
      end - learning.unitsDone,
      untilDue(unitsPerMoment),
      untilDue(unitsPerSnapshot),
    );
    if (!(await finish(learning.advance(units), ground, owner))) return superseded;
    if (learning.unitsDone >= end || learning.diverged || performance.now() >= until) break;
    if (!isDue(unitsPerMoment) && !isDue(unitsPerSnapshot)) continue;
    if (!(await measure(isDue(unitsPerSnapshot) ? methods : []))) return superseded;
  }
  const before = performance.now();
  const all = isDue(unitsPerSnapshot) || learning.unitsDone === learning.lastUnit;
  if (!learning.diverged && !(await measure(all ? methods : shown))) return superseded;
  measuring = performance.now() - before;
  if (learning.diverged) return { status: 'diverged', ...learning.divergence() };
  const running = { status: 'running', unit: learning.unitsDone, moments, snapshots } as const;
  return ground.shown ? running : transfer(running, buffersOf(snapshots));
}

const buffersOf = (snapshots: readonly Snapshot[]) =>
  snapshots.flatMap(({ userBias, itemBias, userFactors, itemFactors }) =>
    [userBias, itemBias, userFactors, itemFactors].map(({ buffer }) => buffer as ArrayBuffer),
  );

async function start(plan: Plan, owner: number): Promise<Answer<unknown>> {
  if (owner !== ticket) return superseded;
  if (begun?.stream) begun.ground.crew.dismiss();
  begun = null;
  const next = await begin(plan, owner);
  if (!next || owner !== ticket) return superseded;
  if ('ok' in next) return { status: 'no-room', needed: next.problem.needed, most: next.problem.most };
  begun = next;
  const units = plan.feed === 'all' ? Math.max(0, plan.past.unit - next.learning.unitsDone) : 0;
  const answer = await goOn(next, { units, ...(plan.feed === 'arriving' && { shown: plan.shown }) }, owner);
  return answer.status === 'running' && next.stream ? { ...answer, facts: next.stream.facts } : answer;
}

const api: LearnApi<unknown> = {
  ping() {},
  async load(data, method) {
    ticket++;
    const ground = runGround;
    void ground?.then(({ crew }) => crew.dismiss());
    begun = null;
    loaded = data;
    runGround = method === null ? null : groundOfRuns(method, data);
    return runGround && (await runGround).fresh() === pageKernels ? 'page' : 'simd';
  },
  start(plan) {
    const owner = ++ticket;
    const done = inTurn(() => start(plan, owner));
    starting = done.catch(() => {});
    return done;
  },
  advance(stretch) {
    const owner = ticket;
    return inTurn(async () => (begun && owner === ticket ? goOn(begun, stretch, owner) : superseded));
  },
  async apply(settings) {
    await starting;
    return begun?.learning.apply?.(settings) ?? null;
  },
  // Not in the middle of an epoch that is being learnt: another's order would take its place.
  visit: (unit) => inTurn(async () => begun?.learning.visit?.(unit) ?? null),
  look(shown) {
    const owner = ticket;
    return inTurn(async () => {
      if (!begun || owner !== ticket) return [];
      const measured = await finish(begun.learning.measured(shown), begun.ground, owner);
      const snapshots = measured?.value.snapshots ?? [];
      return transfer([...snapshots], buffersOf(snapshots));
    });
  },
  rate(rating) {
    const owner = ticket;
    return inTurn(async () => {
      if (!begun?.stream || owner !== ticket) return null;
      const rated = await finish(begun.stream.rater.rate(rating), begun.ground, owner);
      return rated?.value ?? null;
    });
  },
  undo: () => inTurn(async () => begun?.stream?.rater.undo() ?? null),
  resize(count) {
    workers = count;
    begun?.ground.crew.resize(count);
  },
};

expose(api);
