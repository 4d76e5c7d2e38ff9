import { meanOf } from '../kernels/baseline';
import type { Kernels, Model } from '../kernels/kernels';
import { methodOf } from '../methods';
import { type GrowingLines, growingLines } from '../methods/growing-lines';
import { freshModel, knownOf, type Learner, type Surroundings } from '../methods/learner';
import { type Known, measuring } from '../methods/measure';
import type { MethodId } from '../methods/method';
import { copyModel } from '../methods/run';
import type { Snapshot } from '../methods/snapshot';
import { solveAll } from '../methods/solving';
import { arrivedAfter, type Stream, scattered, streamOf, turned } from '../methods/stream';
import { type Entrant, entrantsOf, type StreamConfig } from '../methods/stream-config';
import type { Work } from '../methods/work';
import { emptyTally, type Tally } from '../metrics/tally';
import type { Split } from '../ratings/hold-out';
import type { Arrays, Triples } from '../ratings/lines';
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
  /** Of who still learns: methods, or the candidates of a search, by their ids. */
  readonly methods: Readonly<Record<MethodId, MethodMoment>>;
}

/** Validation ratings that every moment is measured on, and batch ALS as well, at most: one line, one meaning. */
const mostMeasured = 20_000;

/** Iterations of batch ALS on all the data: enough for what an RMSE shows. */
const batchIterations = 15;

/** A stream has so many moments, and so many snapshots of every method, at least and about. */
const momentsInAll = 2000;
const snapshotsInAll = 100;

/** A method on the stream, and what it has come to. */
interface Member extends Pick<Entrant, 'id'> {
  readonly method: MethodId;
  readonly learner: Learner;
  /** Errors of all that has arrived, each batch predicted before it was learnt. */
  readonly prequential: Tally;
  /** Of compute. */
  seconds: number;
}

/** All methods on one stream; their units are batches. */
export interface Lab extends Learning<Moment> {
  readonly stream: Stream;
  /** Ratings that are not learnt from, to be measured on. */
  readonly validationCount: number;
  /** They were hidden from the beginning. */
  readonly isHidden: boolean;
  /** Validation ratings that each moment, and batch ALS, is measured on. */
  readonly measuredCount: number;
  readonly members: readonly Member[];
  readonly around: Surroundings;
  readonly lines: GrowingLines;
  /** A model of ALS that is nobody's. */
  readonly scratch: Model;
  /** The error, once all has arrived, of batch ALS on all of it, and what it costs: before anything has arrived. */
  batchAls(): Work<{ readonly validation: Tally; readonly seconds: number }>;
  /** Of rating units, in arrays of the caller's; whom the method does not know has zeros. */
  snapshot(method: MethodId): Snapshot;
}

/**
 * Puts the training ratings into the order of arrival and gets every method ready.
 *
 * @param now seconds of any clock: what compute costs, never what is computed
 * @param candidates who learns in place of the methods: judged by the stream alone, and never pictured
 */
export function* openLab(
  kernels: Kernels,
  split: Split,
  scale: RatingScale,
  config: StreamConfig,
  now: () => number,
  candidates?: readonly Entrant[],
): Sliced<Lab> {
  const stream = yield* streamOf(split, scale, config, kernels.ratings);
  const seen = knownOf(stream, 0);
  const means = { first: Number.NaN, now: (scale.min + scale.max) / 2 };
  const around: Surroundings = { kernels, stream, config, scale, seen, means };
  const lines = yield* growingLines(stream, kernels.ratings);
  const scratch = freshModel(around, 1, config.rank);
  const members: Member[] = [];
  for (const { config: own, ...entrant } of candidates ?? entrantsOf(config)) {
    const learner = learnerOf(entrant.method, { ...around, config: own }, lines);
    members.push({ ...entrant, learner, prequential: emptyTally(), seconds: 0 });
    yield pause;
  }
  const pairs = yield* heldOutPairs(split, config.seed, kernels.ratings);
  const measure = measuring(kernels, scale);
  const batchCount = Math.ceil(stream.count / config.batchSize);
  const sampled = candidates ? 0 : Math.min(mostMeasured, pairs.values.length);
  let learning: readonly Member[] = members;
  let batch = 0;
  let sum = 0;
  let turnedYet = false;

  function arrive(from: number, to: number) {
    const { users, items, values } = stream.ratings;
    for (let j = from; j < to; j++) {
      seen.users[users[j]] = 1;
      seen.items[items[j]] = 1;
      sum += values[j];
    }
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

  /** Adds the errors of pairs to a tally; who makes one that is no finite number has diverged, and adds none. */
  function* addErrors(tally: Tally, learner: Learner, of: Triples, from: number, to: number): Work<void> {
    if (learner.diverged) return;
    const before = tally.slice();
    yield* measure(tally, learner, of, from, to, lines.users.arrived);
    if (tally.every(Number.isFinite)) return;
    learner.diverged = true;
    tally.set(before);
  }

  /** The next batch: predicted, then learnt by every method. */
  function* nextBatch(): Work<void> {
    const from = lines.count;
    const to = Math.min(stream.count, from + config.batchSize);
    for (const { learner, prequential } of learning)
      yield* addErrors(prequential, learner, stream.ratings, from, to);
    arrive(from, to);
    for (const member of learning) member.seconds += yield* timed(member.learner.learn(from, to), now);
    batch++;
  }

  /** All methods as they are now. */
  function* momentNow(): Work<Moment> {
    const methods: Record<MethodId, MethodMoment> = {};
    const arrived = lines.count;
    for (const { id, learner, prequential, seconds } of learning) {
      const validation = emptyTally();
      yield* addErrors(validation, learner, pairs, 0, sampled);
      const { keepsRatings, learnt, diverged } = learner;
      const kept = keepsRatings ? arrived : 0;
      methods[id] = { validation, prequential: prequential.slice(), seconds, kept, learnt, diverged };
    }
    const users = arrivedAfter(stream.users, arrived);
    const items = arrivedAfter(stream.items, arrived);
    return { batch, ratings: arrived, users, items, methods };
  }

  const every = (count: number) => Math.max(1, Math.ceil(batchCount / count));
  const batchesPerMoment = every(momentsInAll);

  return {
    stream,
    members,
    around,
    lines,
    scratch,
    validationCount: pairs.values.length,
    isHidden: split.hidden !== undefined,
    measuredCount: sampled,
    get unitsDone() {
      return batch;
    },
    lastUnit: batchCount,
    unitsPerLook: 1,
    nextMoment: (unit) => unit - (unit % batchesPerMoment) + batchesPerMoment,
    unitsPerSnapshot: candidates ? Number.POSITIVE_INFINITY : every(snapshotsInAll),
    methods: candidates ? [] : config.methods,
    *batchAls() {
      if (lines.count > 0) throw new Error('the stream is going already');
      lines.append(stream.count);
      const mean = meanOf(stream.ratings.values);
      const work = solveAll(around, scratch, lines.compact(), mean, batchIterations);
      const seconds = yield* timed(work, now);
      const came = (count: number) => (count > 0 ? 1 : 0);
      const known = {
        users: Uint8Array.from(lines.users.arrived, came),
        items: Uint8Array.from(lines.items.arrived, came),
      };
      const validation = emptyTally();
      if (stream.driftsFrom < stream.count) turnPairs();
      const all = { model: scratch, known };
      yield* measure(validation, all, pairs, 0, sampled, lines.users.arrived);
      if (stream.driftsFrom < stream.count) turnPairs();
      lines.reset();
      return { validation, seconds };
    },
    *advance(units) {
      for (const end = Math.min(batchCount, batch + units); batch < end; ) yield* nextBatch();
    },
    *measured(shown) {
      const moment = yield* momentNow();
      const pictured = members.filter(({ method, learner }) => shown.includes(method) && !learner.diverged);
      return { moment, snapshots: pictured.map((member) => snapshotOf(member, batch)) };
    },
    stop(who) {
      learning = learning.filter(({ id }) => !who.includes(id));
    },
    // Who diverges stops; the others go on.
    diverged: false,
    divergence: () => ({ cause: 'grew', step: batch, proposedLearningRate: null }),
    snapshot(method) {
      const member = members.find((one) => one.method === method);
      if (!member) throw new Error(`${method} is not on`);
      return snapshotOf(member, batch);
    },
  };
}

function learnerOf(method: MethodId, around: Surroundings, lines: GrowingLines): Learner {
  const { arriving } = methodOf(method);
  if (!arriving) throw new Error(`${method} cannot learn from ratings that arrive`);
  return arriving.begin(around, lines);
}

/** Hidden ratings, or where there are none those held out, in a seeded random order: the first of them are a fair sample. */
function* heldOutPairs(
  { validation: heldOut, hidden }: Split,
  seed: number,
  arrays: Arrays,
): Sliced<Triples> {
  const validation = hidden ?? heldOut;
  const places = shuffledIndices(validation.value.length, seededRandom(seed ^ 0x76616c69));
  yield pause;
  return yield* scattered(validation, places, arrays);
}

/** Seconds that work takes. */
function* timed(work: Work<void>, now: () => number): Work<number> {
  const begun = now();
  yield* work;
  return now() - begun;
}

function snapshotOf({ method, learner, seconds }: Member, batch: number): Snapshot {
  const { model, known, learnt } = learner;
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
