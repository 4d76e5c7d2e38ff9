import type { GradientSums, Model } from '../kernels/kernels';
import type { Floats, Triples } from '../ratings/lines';
import { scaleSpan } from '../ratings/rating-set';
import { pause, type Sliced } from '../ratings/sliced';
import { emptyModel } from './initial-factors';
import { freshModel, knownOf, type Learner, rowsOf, type Surroundings } from './learner';
import { predictionOf } from './measure';
import type { Method } from './method';
import { divergence, observationsPerPause } from './online';
import { ratingUnit } from './rating-unit';
import { rowFinder } from './rows';
import { defectDecay, defectLambda, type SparkDefect } from './stream-config';

const sides = ['users', 'items'] as const;

/**
 * What γ becomes for a row that has n ratings in a batch: (1 − (1 − γ)ⁿ)/n. Their summed gradient then moves it about as
 * far as n single steps would; γ itself would move it n steps' length at once, and diverges from n = 2/γ on.
 */
export function boundedStep(gamma: number, n: number): number {
  if (n === 1) return gamma;
  // By squaring: `**` may differ in its last bit between engines.
  let left = 1;
  for (let power = Math.max(0, 1 - gamma), rest = n; rest > 0; rest = Math.floor(rest / 2), power *= power)
    if (rest % 2 === 1) left *= power;
  return (1 - left) / n;
}

/** Mini-batch B-SGD, as the post describes it. */
export const miniBatch: Method = {
  id: 'mini-batch',
  name: 'Mini-batch B-SGD',
  title: 'mini-batch B-SGD',
  words:
    'Gradients of a whole batch from the old values, summed per user and item, then applied. Keeps no ratings.',
  colours: ['#8a7a00', '#d8c23a'],
  step: { one: 'batch', many: 'batches', digits: 0 },
  formula: () => 'R ≈ μ + b + U·P',
  arriving: { begin: (around) => inBatches(around, []) },
};

/**
 * The gradients of a batch, all from the values before it, summed per user and per item, then applied
 * (kernels/mini-batch.ts); in several passes, from one to the next with a smaller γ.
 *
 * @param defects what the post's published Spark code does differently; with none of them it is mini-batch B-SGD
 */
export function inBatches(around: Surroundings, defects: readonly SparkDefect[]): Learner {
  const { kernels, stream, config, scale, seen, means } = around;
  const has = (defect: SparkDefect) => defects.includes(defect);
  const unit = ratingUnit(scale);
  const span = scaleSpan(scale);
  const model = freshModel(around, unit, config.rank);
  const { ratings } = stream;
  const sums: GradientSums = emptyModel(kernels, stream, config.rank, unit);
  const most = Math.min(config.batchSize, stream.count);
  const finder = (count: number) => rowFinder(count, kernels.ratings.indices(Math.min(most, count)));
  const users = finder(stream.userCount);
  const items = finder(stream.itemCount);
  const step = config.step === 'summed' || has('divides') ? (gamma: number) => gamma : boundedStep;
  const known = has('forgets') ? knownOf(stream, 0) : seen;
  /** What new users and items begin with, to begin again with it. */
  const first = has('forgets') ? rowsOf(model) : null;
  const copies = has('copies')
    ? { users: new Float64Array(stream.userCount).fill(1), items: new Float64Array(stream.itemCount).fill(1) }
    : null;
  const lambda = (has('heavy-lambda') ? defectLambda : config.lambda) / unit;
  const decay = has('decays') ? defectDecay : config.decay;
  const [low, high] = has('clips')
    ? [scale.min / unit, scale.max / unit]
    : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

  function* addGradients(from: number, to: number): Sliced<void> {
    for (let at = from; at < to; at += observationsPerPause) {
      const end = Math.min(to, at + observationsPerPause);
      if (copies) addCopiedGradients(model, sums, ratings, at, end, lambda, low, high, copies);
      else kernels.addGradients(model, sums, ratings, at, end, lambda, low, high);
      yield pause;
    }
  }

  return {
    model,
    known,
    keepsRatings: false,
    learnt: 0,
    diverged: false,
    *learn(from, to) {
      if (this.diverged) return;
      model.mean = (has('frozen-mean') ? means.first : means.now) / unit;
      const inBatch = { users: users(ratings.users, from, to), items: items(ratings.items, from, to) };
      if (copies) countCopies(copies, ratings, from, to);
      const share = has('divides') ? to - from : 1;
      for (let pass = 0, fading = 1; pass < config.passes; pass++, fading *= decay) {
        yield* addGradients(from, to);
        for (const side of sides) {
          const { rows, groups } = inBatch[side];
          for (const group of groups) {
            const among = rows.subarray(group.from, group.to);
            const rate = (gamma: number) => step(gamma * fading, group.ratings) / share;
            const rates = [rate(config.learningRate), rate(config.factorRate)] as const;
            kernels.applyGradients(model, sums, side, among, among.length, ...rates);
          }
        }
      }
      if (first) {
        const { users: u, items: i } = inBatch;
        forget(known.users, u.rows, model.userBias, model.userFactors, first.users, model.rowLength);
        forget(known.items, i.rows, model.itemBias, model.itemFactors, first.items, model.rowLength);
        if (copies) {
          for (let x = 0; x < known.users.length; x++) if (!known.users[x]) copies.users[x] = 1;
          for (let y = 0; y < known.items.length; y++) if (!known.items[y]) copies.items[y] = 1;
        }
      }
      // Sums can grow beyond all bounds between two looks: the batch just learnt tells.
      for (let j = from; j < to && !this.diverged; j++) {
        const error = ratings.values[j] - predictionOf(model, ratings.users[j], ratings.items[j]);
        if (!(Math.abs(error) <= divergence * span)) this.diverged = true;
      }
      if (!this.diverged) this.learnt = to;
    },
  };
}

/** Only who stands in the batch stays; everybody else is as if they had never come. */
function forget(
  known: Uint8Array,
  rows: Uint32Array,
  bias: Floats,
  factors: Floats,
  first: Floats,
  rowLength: number,
): void {
  const before = known.slice();
  known.fill(0);
  for (const x of rows) known[x] = 1;
  for (let x = 0; x < known.length; x++) {
    if (known[x] || !before[x]) continue;
    bias[x] = 0;
    factors.set(first.subarray(x * rowLength, (x + 1) * rowLength), x * rowLength);
  }
}

/** More copies than this of one user or item are not made: a cluster would be out of memory long before. */
const mostCopies = 1e4;

interface Copies {
  readonly users: Float64Array;
  readonly items: Float64Array;
}

/** Joined by their ratings, factors are multiplied by the number of ratings, batch after batch. */
function countCopies(copies: Copies, { users, items }: Triples, from: number, to: number): void {
  const times = (who: Uint32Array, of: Float64Array) => {
    const ratings = new Map<number, number>();
    for (let j = from; j < to; j++) ratings.set(who[j], (ratings.get(who[j]) ?? 0) + 1);
    for (const [x, count] of ratings) of[x] = Math.min(mostCopies, of[x] * count);
  };
  times(users, copies.users);
  times(items, copies.items);
}

/**
 * Gradients of factors that are kept in copies: a rating meets each copy of its user with each copy of its item. The
 * copies differ by their random starts only; here they are one, and count as often as there are copies.
 */
function addCopiedGradients(
  model: Model,
  sums: GradientSums,
  { users, items, values }: Triples,
  from: number,
  to: number,
  lambda: number,
  low: number,
  high: number,
  copies: Copies,
): void {
  const { rank, rowLength, unit, userBias, itemBias, userFactors, itemFactors } = model;
  for (let j = from; j < to; j++) {
    const x = users[j];
    const y = items[j];
    const u = x * rowLength;
    const p = y * rowLength;
    const times = copies.users[x] * copies.items[y];
    const prediction = predictionOf(model, x, y) / unit;
    const error = values[j] / unit - Math.min(high, Math.max(low, prediction));
    sums.userBias[x] += times * (error - lambda * userBias[x]);
    sums.itemBias[y] += times * (error - lambda * itemBias[y]);
    for (let f = 0; f < rank; f++) {
      sums.userFactors[u + f] += times * (error * itemFactors[p + f] - lambda * userFactors[u + f]);
      sums.itemFactors[p + f] += times * (error * userFactors[u + f] - lambda * itemFactors[p + f]);
    }
  }
}
