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
import { goingOn, type Stretch } from '../sessions/stretch';
import { type Ground, groundOfRuns, groundOfStream } from './grounds';
import type { NoRoom } from './layout';
import type { Answer, LearnApi, Loadable, Plan, StreamFacts } from './learn-protocol';

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
  const { validationCount, measuredCount, isHidden, lastUnit: batchCount } = lab;
  const { count, you, users, items, driftsFrom, ratings } = lab.stream;
  // A part of the kernels' memory would take all of it along.
  const copies = {
    users: ratings.users.slice(),
    items: ratings.items.slice(),
    values: ratings.values.slice(),
  };
  return {
    ...{ validationCount, measuredCount, isHidden, batchCount, count, you, users, items, driftsFrom },
    ratings: copies,
  };
}

const stretch = goingOn(() => performance.now());

/** Goes on as far as is wanted, measuring and keeping what is due on the way. */
async function goOn({ learning, ground }: Begun, asked: Stretch, owner: number): Promise<Answer<unknown>> {
  const { shown } = ground;
  const room = shown ? (arraysIn(shown).floats as (length: number) => Float32Array) : undefined;
  const went = await finish(stretch(learning, asked, room), ground, owner);
  if (!went) return superseded;
  const { value } = went;
  return value.status === 'diverged' || shown ? value : transfer(value, buffersOf(value.snapshots));
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
