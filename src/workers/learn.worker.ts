import { transfer } from 'comlink';
import type { Kernels } from '../kernels/kernels';
import { pageKernels } from '../kernels/page-kernels';
import { type Ranker, rankItems } from '../kernels/ranking';
import { simdRanker } from '../kernels/simd/ranker';
import { arraysIn } from '../kernels/simd/space';
import { judge, judgingOf, scoringOf } from '../methods/judging';
import type { Snapshot } from '../methods/snapshot';
import type { Result, Work } from '../methods/work';
import { learnAtOnce } from '../sessions/at-once';
import { type Lab, openLab } from '../sessions/lab';
import type { Learning } from '../sessions/learning';
import { type Rater, raterOf } from '../sessions/own-rating';
import { goingOn, type Stretch } from '../sessions/stretch';
import { type Ground, groundOfRuns, groundOfStream, judgedBiases } from './grounds';
import { canShare, simdModule } from './kernel-modules';
import type { NoRoom } from './layout';
import type { Answer, LearnApi, Loadable, Plan, StreamFacts } from './learn-protocol';
import { serve } from './serve';

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

/** What ranks fastest; nobody who does not judge waits for it. */
const ranker = async (): Promise<Ranker> => {
  const module = await simdModule();
  return module ? simdRanker(module, canShare) : rankItems;
};

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
  const { ratings } = loaded;
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
  const { config, candidates } = plan;
  const ground = await groundOfStream(loaded, config, candidates);
  if ('ok' in ground) return ground;
  kernels = ground.fresh();
  ground.crew.resize(workers);
  const opening = openLab(kernels, ground.split, ratings.scale, config, now, candidates);
  const opened = await finish(opening, ground, owner);
  if (opened && candidates) return { learning: opened.value, ground };
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
  const { count, you, users, items, driftsFrom, drifting, ratings } = lab.stream;
  // A part of the kernels' memory would take all of it along.
  const copies = {
    users: ratings.users.slice(),
    items: ratings.items.slice(),
    values: ratings.values.slice(),
  };
  return {
    ...{ validationCount, measuredCount, isHidden, batchCount },
    ...{ count, you, users, items, driftsFrom, drifting },
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
  const answer = await goOn(next, { units, ...(plan.shown && { shown: plan.shown }) }, owner);
  return answer.status === 'running' && next.stream ? { ...answer, facts: next.stream.facts } : answer;
}

serve<LearnApi<unknown>>({
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
  judgeBiases: (damping) =>
    inTurn(async () => {
      const ground = await runGround;
      if (!loaded || !ground) throw new Error('biases before load');
      return judgedBiases(ground.split, loaded.ratings.scale, damping);
    }),
  judge(options) {
    const owner = ticket;
    return inTurn(async () => {
      if (!begun || !loaded || owner !== ticket) return null;
      const { learning, ground } = begun;
      const judging = judgingOf(ground.split, loaded.ratings.scale, options);
      const measured = judging && (await finish(learning.measured(learning.methods), ground, owner));
      const [model] = measured?.value.snapshots ?? [];
      return judging && model ? judge(await ranker(), scoringOf(model, judging.users), judging) : null;
    });
  },
  undo: () => inTurn(async () => begun?.stream?.rater.undo() ?? null),
  resize(count) {
    workers = count;
    begun?.ground.crew.resize(count);
  },
});
