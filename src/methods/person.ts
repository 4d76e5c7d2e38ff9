import { normalEquations } from '../kernels/als';
import { damping } from '../kernels/baseline';
import { implicitEquations } from '../kernels/implicit-als';
import type { Model } from '../kernels/kernels';
import { type NormalEquations, type RowSolverId, rowSolvers } from '../kernels/row-solvers';
import type { Lines } from '../ratings/lines';
import type { RatingScale } from '../ratings/rating-set';
import { type RunConfig, usualAlpha } from './config';
import { preferenceUnit, ratingUnit, starUnit, stepsOn } from './rating-unit';
import { rateIn, usualSteps } from './schedules';
import type { Snapshot } from './snapshot';

/** What somebody has rated: items ascending, each once, with its rating in rating units. */
export interface KnownOf {
  readonly items: Uint32Array;
  readonly values: Float32Array;
}

/** Somebody's row against the items of a frame, in rating units. */
export interface Person {
  /** b_x */
  readonly bias: number;
  /** U_x, k entries. */
  readonly factors: Float32Array;
}

/** A row that was made of ratings. */
export interface FoldedIn extends Person {
  /** How much of U_x·P_y is owed to each of the ratings, in their order, rating units: what they add up to is U_x·P_y. */
  owedTo(item: number): Float64Array;
}

/**
 * Makes somebody's row of their ratings, with the items as a frame has them: nothing else changes.
 *
 * @param config λ and γ as they are in force at the frame
 */
export type FoldIn = (frame: Snapshot, config: RunConfig, scale: RatingScale, known: KnownOf) => FoldedIn;

/** One user who has rated so much, and the items of a frame as they are in a model of some unit. */
function alone(frame: Snapshot, unit: number, { items, values }: KnownOf, bias = 0) {
  const { rank, mean, itemBias, itemFactors, itemCount } = frame;
  const [root, userFactors] = [Math.sqrt(unit), new Float64Array(rank)];
  const model: Model = {
    ...{ rank, rowLength: rank, userCount: 1, itemCount, unit, mean: mean / unit, userFactors },
    userBias: Float64Array.of(bias / unit),
    itemBias: unit === 1 ? itemBias : itemBias.map((value) => value / unit),
    itemFactors: unit === 1 ? itemFactors : itemFactors.map((value) => value / root),
  };
  const start = Uint32Array.of(0, items.length);
  const lines: Lines = {
    lineCount: 1,
    otherCount: itemCount,
    start,
    other: items,
    value: values,
    time: null,
  };
  return { model, lines };
}

const rowOf = ({ rank, itemFactors }: Pick<Model, 'rank' | 'itemFactors'>, y: number) =>
  itemFactors.subarray(y * rank, (y + 1) * rank);

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let f = 0; f < a.length; f++) sum += a[f] * b[f];
  return sum;
}

/**
 * U_x = G⁻¹ Σ t_j P_j, and so U_x·P_y = Σ t_j P_j·z with Gz = P_y: what is owed to each rating (Hu, Koren, Volinsky,
 * 2008, section 5). Of factors that are held at 0, both say nothing.
 *
 * @param targets t_j of each rating
 */
function solved(
  { model, lines }: ReturnType<typeof alone>,
  equations: NormalEquations,
  solver: RowSolverId,
  bias: number,
  targets: ArrayLike<number>,
): FoldedIn {
  const { rank, unit } = model;
  const row = targets.length > 0 ? rowSolvers[solver](equations, rank) : new Float64Array(rank);
  const free = [...row.keys()].filter((f) => solver === 'exact' || row[f] > 0);
  const among = {
    gram: Float64Array.from(free.flatMap((i) => free.map((j) => equations.gram[i * equations.stride + j]))),
    stride: free.length,
  };
  const freeOf = (y: number) => Float64Array.from(free, (f) => model.itemFactors[y * rank + f]);
  return {
    bias,
    factors: Float32Array.from(row, (value) => value * Math.sqrt(unit)),
    owedTo(item) {
      const z = rowSolvers.exact({ ...among, rightSide: freeOf(item) }, free.length);
      return Float64Array.from(targets, (target, j) => unit * target * dot(z, freeOf(lines.other[j])));
    },
  };
}

/** The fold-in of ALS: the row is solved as any other is. */
const solvedRow =
  (solver: RowSolverId): FoldIn =>
  (frame, { baseline, lambda, regularisation }, _scale, known) => {
    const { items, values } = known;
    const level = (j: number) => frame.mean + frame.itemBias[items[j]];
    let sum = 0;
    for (let j = 0; j < values.length; j++) sum += values[j] - level(j);
    const bias = baseline === 'biases' ? sum / (values.length + damping) : 0;
    const one = alone(frame, 1, known, bias);
    const equations = normalEquations(one.model, 'users', one.lines, lambda, regularisation, 0);
    const targets = Float64Array.from(values, (value, j) => value - level(j) - bias);
    return solved(one, equations, solver, bias, targets);
  };

/** The fold-in of implicit ALS: all that was not rated is in it too, as not preferred. */
const implicitRow: FoldIn = (frame, { lambda, alpha = usualAlpha, regularisation }, scale, known) => {
  const star = starUnit(scale);
  const one = alone(frame, preferenceUnit(scale), known);
  const line = [one.model, 'users', one.lines, lambda / star, regularisation] as const;
  const equations = implicitEquations(...line, alpha / star, 0);
  const targets = Float64Array.from(known.values, (r) => (r > 0 ? 1 + (alpha / star) * r : 0));
  return solved(one, equations, 'exact', 0, targets);
};

/**
 * The fold-in of B-SGD: the ratings are visited as often as the run has begun an epoch, from a row of zeros on. Row and
 * bias are linear in the ratings, so that what is owed to each is found by going all the way back.
 */
const visitedRow: FoldIn = (frame, config, scale, known) => {
  const unit = ratingUnit(scale);
  const { model } = alone(frame, unit, known);
  const { rank } = model;
  const { items, values } = known;
  const steps = { ...usualSteps, ...config };
  const epochs = Array.from({ length: Math.ceil(frame.step) }, (_, epoch) => {
    const rate = rateIn(epoch, config.learningRate, steps);
    return stepsOn(scale, unit, {
      ...{ learningRate: rate, factorRate: rate * steps.factorRateTimes },
      ...{ lambda: config.lambda, biasLambda: config.lambda * steps.biasLambdaTimes },
    });
  });
  const row = new Float64Array(rank);
  let bias = 0;
  for (const { learningRate, lambda, factorRate, factorLambda } of epochs)
    for (let j = 0; j < items.length; j++) {
      const p = rowOf(model, items[j]);
      const error = values[j] / unit - model.mean - bias - model.itemBias[items[j]] - dot(row, p);
      bias += learningRate * (error - lambda * bias);
      for (let f = 0; f < rank; f++) row[f] += factorRate * (error * p[f] - factorLambda * row[f]);
    }
  return {
    bias: bias * unit,
    factors: Float32Array.from(row, (value) => value * Math.sqrt(unit)),
    owedTo(item) {
      const owed = new Float64Array(items.length);
      // How much U·P_y grows with the bias, and with each factor, as they were before a visit.
      const z = Float64Array.from(rowOf(model, item));
      let ofBias = 0;
      for (const { learningRate, lambda, factorRate, factorLambda } of epochs.toReversed())
        for (let j = items.length - 1; j >= 0; j--) {
          const p = rowOf(model, items[j]);
          const ofError = learningRate * ofBias + factorRate * dot(z, p);
          owed[j] += ofError * (values[j] - unit * (model.mean + model.itemBias[items[j]]));
          ofBias -= learningRate * lambda * ofBias + ofError;
          for (let f = 0; f < rank; f++) z[f] -= factorRate * factorLambda * z[f] + ofError * p[f];
        }
      return owed;
    },
  };
};

/** Ways to fold somebody in, of which every method that learns at once names its own. */
export const foldIns = {
  exact: solvedRow('exact'),
  nonNegative: solvedRow('nonNegative'),
  implicit: implicitRow,
  visits: visitedRow,
} as const satisfies Record<string, FoldIn>;
export type FoldInId = keyof typeof foldIns;
