import type { GradientSums, Kernels, Side } from '../kernels/kernels';
import { ownOf } from '../kernels/sides';
import type { Floats } from '../ratings/lines';
import { scaleSpan } from '../ratings/rating-set';
import { pause, type Sliced } from '../ratings/sliced';
import { emptyModel } from './initial-factors';
import { freshModel, knownOf, type Learner, rowsOf, type Surroundings } from './learner';
import { predictionOf } from './measure';
import type { Method } from './method';
import { divergence, observationsPerPause } from './online';
import { ratingUnit, stepsOn } from './rating-unit';
import { type Rows, rowFinder } from './rows';
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
  arriving: {
    settings: ['factorRate', 'learningRate', 'lambda', 'rank', 'passes', 'decay', 'step'],
    begin: (around) => inBatches(around, []),
  },
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
  const asked = { ...config, lambda: has('heavy-lambda') ? defectLambda : config.lambda };
  const { lambda, factorLambda } = stepsOn(scale, unit, asked);
  const decay = has('decays') ? defectDecay : config.decay;
  const [low, high] = has('clips')
    ? [scale.min / unit, scale.max / unit]
    : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

  function* addGradients(from: number, to: number): Sliced<void> {
    for (let at = from; at < to; at += observationsPerPause) {
      const end = Math.min(to, at + observationsPerPause);
      const args = [model, sums, ratings, at, end, lambda, low, high, factorLambda] as const;
      if (copies) addCopiedGradients(copies, ...args);
      else kernels.addGradients(...args);
      yield pause;
    }
  }

  /** Joined by their ratings, factors are multiplied by the number of ratings, batch after batch. */
  function countCopies(copies: Float64Array, { rows, groups }: Rows) {
    for (const { ratings, from, to } of groups)
      for (const x of rows.subarray(from, to)) copies[x] = Math.min(mostCopies, copies[x] * ratings);
  }

  /** Only who stands in the batch stays; everybody else is as if they had never come, and begins again as at `first`. */
  function forget(side: Side, { rows }: Rows, first: Floats) {
    const { bias, factors } = ownOf(model, side);
    const { rowLength } = model;
    const isKnown = known[side];
    const before = isKnown.slice();
    isKnown.fill(0);
    for (const x of rows) isKnown[x] = 1;
    for (let x = 0; x < isKnown.length; x++) {
      if (isKnown[x]) continue;
      if (copies) copies[side][x] = 1;
      if (!before[x]) continue;
      bias[x] = 0;
      factors.set(first.subarray(x * rowLength, (x + 1) * rowLength), x * rowLength);
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
      if (copies) for (const side of sides) countCopies(copies[side], inBatch[side]);
      const share = has('divides') ? to - from : 1;
      for (let pass = 0, fading = 1; pass < config.passes; pass++, fading *= decay) {
        yield* addGradients(from, to);
        for (const side of sides) {
          const { rows, groups } = inBatch[side];
          for (const group of groups) {
            const among = rows.subarray(group.from, group.to);
            const rate = (gamma: number) => step(gamma * fading, group.ratings) / share;
            // What is bounded is a step of ratings in stars.
            const { learningRate, factorRate } = stepsOn(scale, unit, {
              ...config,
              ...{ learningRate: rate(config.learningRate), factorRate: rate(config.factorRate) },
            });
            const rates = [learningRate, factorRate] as const;
            kernels.applyGradients(model, sums, side, among, among.length, ...rates);
          }
        }
      }
      if (first) for (const side of sides) forget(side, inBatch[side], first[side]);
      // Sums can grow beyond all bounds between two looks: the batch just learnt tells.
      for (let j = from; j < to && !this.diverged; j++) {
        const error = ratings.values[j] - predictionOf(model, ratings.users[j], ratings.items[j]);
        if (!(Math.abs(error) <= divergence * span)) this.diverged = true;
      }
      if (!this.diverged) this.learnt = to;
    },
  };
}

/** More copies than this of one user or item are not made: a cluster would be out of memory long before. */
const mostCopies = 1e4;

/** Of each user and item. */
interface Copies {
  readonly users: Float64Array;
  readonly items: Float64Array;
}

/**
 * Gradients of factors that are kept in copies: a rating meets each copy of its user with each copy of its item. The
 * copies differ by their random starts only; here they are one, and count as often as there are copies.
 */
function addCopiedGradients(copies: Copies, ...of: Parameters<Kernels['addGradients']>): void {
  const [model, sums, { users, items, values }, from, to, lambda, low, high, factorLambda = lambda] = of;
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
      sums.userFactors[u + f] += times * (error * itemFactors[p + f] - factorLambda * userFactors[u + f]);
      sums.itemFactors[p + f] += times * (error * userFactors[u + f] - factorLambda * itemFactors[p + f]);
    }
  }
}
