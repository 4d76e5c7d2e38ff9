import { meanOf } from '../kernels/baseline';
import type { Kernels, Model } from '../kernels/kernels';
import { methodOf } from '../methods';
import { type GrowingLines, growingLines } from '../methods/growing-lines';
import { freshModel, knownOf, type Learner, type Surroundings } from '../methods/learner';
import { type Known, measuring, pairsPerPause } from '../methods/measure';
import type { MethodId } from '../methods/method';
import { copyModel } from '../methods/run';
import type { Snapshot } from '../methods/snapshot';
import { solveAll } from '../methods/solving';
import { arrivedAfter, type Stream, streamOf, turned } from '../methods/stream';
import type { StreamConfig } from '../methods/stream-config';
import type { Work } from '../methods/work';
import { addTally, emptyTally, type Tally } from '../metrics/tally';
import type { Split } from '../ratings/hold-out';
import { type Arrays, sourceOfLines, type Triples } from '../ratings/lines';
import { seededRandom, shuffledIndices } from '../ratings/random';
import type { RatingScale } from '../ratings/rating-set';
import { pause, type Sliced } from '../ratings/sliced';
import type { Learning } from './learning';

/** How good a method is after a batch, and what it cost. */
export interface MethodMoment {
  /** On the ratings held out, as they are at this time. */
  readonly validation: Tally;
  /** Of all that has arrived, each batch predicted before it was learnt: differences of two moments are a window. */
  readonly prequential: Tally;
  /** Seconds of compute since the beginning. */
  readonly seconds: number;
  readonly kept: number;
  readonly learnt: number;
  readonly diverged: boolean;
}

/** The stream after a batch. */
export interface Moment {
  readonly batch: number;
  /** Ratings, users and items that have arrived. */
  readonly ratings: number;
  readonly users: number;
  readonly items: number;
  readonly methods: Readonly<Record<MethodId, MethodMoment>>;
}

/** Validation ratings that a moment is measured on, at most; the last one is measured on all. */
const mostMeasured = 20_000;

/** Iterations of batch ALS on all the data: enough for what an RMSE shows. */
const batchIterations = 15;

/** A stream has so many moments, and so many snapshots of every method, at least and about. */
const momentsInAll = 2000;
const snapshotsInAll = 100;

/** All methods on one stream; their units are batches. */
export interface Lab extends Learning<Moment> {
  readonly stream: Stream;
  /** Ratings that have arrived. */
  readonly arrived: number;
  readonly validationCount: number;
  /** Validation ratings that each moment is measured on; the last one on all. */
  readonly measuredCount: number;
  readonly learners: readonly Learner[];
  readonly around: Surroundings;
  readonly lines: GrowingLines;
  /** A model of ALS that is nobody's. */
  readonly scratch: Model;
  /** Of each user, ratings that have arrived. */
  readonly history: Uint32Array;
  /** The error, once all has arrived, of batch ALS on all of it, and what it costs: before anything has arrived. */
  batchAls(): Work<{ readonly validation: Tally; readonly seconds: number }>;
  /** Of rating units, in arrays of the caller's; whom the method does not know has zeros. */
  snapshot(method: MethodId): Snapshot;
}

/**
 * Puts the training ratings into the order of arrival and gets every method ready.
 *
 * @param now seconds of any clock: what compute costs, never what is computed
 */
export function* openLab(
  kernels: Kernels,
  split: Split,
  scale: RatingScale,
  config: StreamConfig,
  now: () => number,
): Sliced<Lab> {
  const stream = yield* streamOf(split, scale, config, kernels.ratings);
  const seen = knownOf(stream, 0);
  const means = { first: Number.NaN, now: (scale.min + scale.max) / 2 };
  const around: Surroundings = { kernels, stream, config, scale, seen, means };
  const lines = yield* growingLines(stream, kernels.ratings);
  const scratch = freshModel(around, 1, config.rank);
  const learners: Learner[] = [];
  for (const method of config.methods) {
    learners.push(learnerOf(method, around, lines));
    yield pause;
  }
  const pairs = yield* heldOutPairs(split, config.seed, kernels.ratings);
  const measure = measuring(kernels);
  const history = new Uint32Array(stream.userCount);
  const costs = new Map(learners.map((learner) => [learner, 0]));
  const prequential = new Map(learners.map((learner) => [learner, emptyTally()]));
  const batchCount = Math.ceil(stream.count / config.batchSize);
  const sampled = Math.min(mostMeasured, pairs.values.length);
  let batch = 0;
  let arrived = 0;
  let sum = 0;
  let turnedYet = false;

  function arrive(from: number, to: number) {
    const { users, items, values } = stream.ratings;
    for (let j = from; j < to; j++) {
      seen.users[users[j]] = 1;
      seen.items[items[j]] = 1;
      history[users[j]]++;
      sum += values[j];
    }
    arrived = to;
    means.now = sum / to;
    if (from === 0) means.first = means.now;
    lines.append(to);
    if (turnedYet || to < stream.driftsFrom || stream.driftsFrom === stream.count) return;
    turnedYet = true;
    turnPairs();
  }

  function turnPairs() {
    for (let j = 0; j < pairs.values.length; j++)
      if (stream.drifting[pairs.users[j]]) pairs.values[j] = turned(pairs.values[j], scale);
  }

  /** The next batch: predicted, then learnt by every method. */
  function* nextBatch(): Work<void> {
    const from = arrived;
    const to = Math.min(stream.count, from + config.batchSize);
    for (const learner of learners) {
      if (learner.diverged) continue;
      const { model, known } = learner;
      const tally = prequential.get(learner)!;
      for (let at = from; at < to; at += pairsPerPause) {
        measure(model, known, stream.ratings, at, Math.min(to, at + pairsPerPause), history, tally);
        yield pause;
      }
    }
    arrive(from, to);
    for (const learner of learners) {
      const spent = yield* timed(learner.learn(from, to), now);
      costs.set(learner, costs.get(learner)! + spent);
    }
    batch++;
  }

  /** All methods as they are now. */
  function* momentNow(): Work<Moment> {
    const methods: Record<MethodId, MethodMoment> = {};
    const count = arrived === stream.count ? pairs.values.length : sampled;
    for (const learner of learners) {
      const { method, model, known, kept, learnt, diverged } = learner;
      const validation = emptyTally();
      for (let at = 0; at < count && !diverged; at += pairsPerPause) {
        measure(model, known, pairs, at, Math.min(count, at + pairsPerPause), history, validation);
        yield pause;
      }
      const before = emptyTally();
      addTally(before, prequential.get(learner)!);
      const seconds = costs.get(learner)!;
      methods[method] = { validation, prequential: before, seconds, kept, learnt, diverged };
    }
    const users = arrivedAfter(stream.users, arrived);
    const items = arrivedAfter(stream.items, arrived);
    return { batch, ratings: arrived, users, items, methods };
  }

  const every = (count: number) => Math.max(1, Math.ceil(batchCount / count));

  return {
    stream,
    learners,
    around,
    lines,
    scratch,
    history,
    validationCount: pairs.values.length,
    measuredCount: sampled,
    get unitsDone() {
      return batch;
    },
    lastUnit: batchCount,
    unitsPerLook: 1,
    unitsPerMoment: every(momentsInAll),
    unitsPerSnapshot: every(snapshotsInAll),
    methods: config.methods,
    get arrived() {
      return arrived;
    },
    *batchAls() {
      if (arrived > 0) throw new Error('the stream is going already');
      lines.append(stream.count);
      const mean = meanOf(stream.ratings.values);
      const all = lines.compact();
      const seconds = yield* timed(solveAll(around, scratch, all, mean, batchIterations), now);
      const known = knownOf(stream, 0);
      known.users.forEach((_, x) => {
        known.users[x] = lines.users.arrived[x] > 0 ? 1 : 0;
      });
      known.items.forEach((_, y) => {
        known.items[y] = lines.items.arrived[y] > 0 ? 1 : 0;
      });
      const validation = emptyTally();
      if (stream.driftsFrom < stream.count) turnPairs();
      for (let at = 0; at < pairs.values.length; at += pairsPerPause) {
        const to = Math.min(pairs.values.length, at + pairsPerPause);
        measure(scratch, known, pairs, at, to, lines.users.arrived, validation);
        yield pause;
      }
      if (stream.driftsFrom < stream.count) turnPairs();
      lines.reset();
      return { validation, seconds };
    },
    *advance(units) {
      for (const end = Math.min(batchCount, batch + units); batch < end; ) yield* nextBatch();
    },
    *measured(shown) {
      const moment = yield* momentNow();
      const pictured = learners.filter(({ method, diverged }) => shown.includes(method) && !diverged);
      return { moment, snapshots: pictured.map(({ method }) => this.snapshot(method)) };
    },
    // Who diverges stops; the others go on.
    diverged: false,
    divergence: () => ({ step: batch, proposedLearningRate: null }),
    snapshot(method) {
      const learner = learners.find((one) => one.method === method);
      if (!learner) throw new Error(`${method} is not on`);
      return snapshotOf(learner, batch, costs.get(learner)!);
    },
  };
}

function learnerOf(method: MethodId, around: Surroundings, lines: GrowingLines): Learner {
  const { arriving } = methodOf(method);
  if (!arriving) throw new Error(`${method} cannot learn from ratings that arrive`);
  return arriving.begin(around, lines);
}

/** The held-out ratings in a seeded random order, so that the first of them are a fair sample. */
function* heldOutPairs({ validation }: Split, seed: number, arrays: Arrays): Sliced<Triples> {
  const count = validation.value.length;
  const places = shuffledIndices(count, seededRandom(seed ^ 0x76616c69));
  const pairs = {
    users: arrays.indices(count),
    items: arrays.indices(count),
    values: arrays.floats(count),
  };
  yield pause;
  let p = 0;
  sourceOfLines(validation).visit(0, count, (x, y, value) => {
    const at = places[p++];
    pairs.users[at] = x;
    pairs.items[at] = y;
    pairs.values[at] = value;
  });
  return pairs;
}

/** Seconds that work takes. */
function* timed(work: Work<void>, now: () => number): Work<number> {
  const begun = now();
  yield* work;
  return now() - begun;
}

function snapshotOf({ method, model, known, learnt }: Learner, batch: number, seconds: number): Snapshot {
  const copy = copyModel(model);
  blank(copy.userBias, copy.userFactors, known.users, model.rank);
  blank(copy.itemBias, copy.itemFactors, known.items, model.rank);
  return {
    method,
    step: batch,
    observations: learnt,
    seconds,
    // Not counted: a stream's methods are compared by seconds.
    flops: null,
    ...copy,
    tallies: {},
  };
}

/** Whom a method does not know has no row. */
function blank(bias: Float32Array, factors: Float32Array, known: Known['users'], rank: number): void {
  for (let x = 0; x < known.length; x++) {
    if (known[x]) continue;
    bias[x] = 0;
    factors.fill(0, x * rank, (x + 1) * rank);
  }
}
