import type { Judged, Model, SummedErrors } from '../kernels/kernels';
import { type Moment, type Place, valueAt } from '../metrics/moment';
import { rmse } from '../metrics/rmse';
import { coldCount, emptyTally, type Tally, warmCount, warmErrors } from '../metrics/tally';
import type { Split } from '../ratings/hold-out';
import type { Floats, Lines } from '../ratings/lines';
import type { RatingScale } from '../ratings/rating-set';
import type { Change } from './changes';
import type { LiveSettings, MethodId } from './config';
import type { Snapshot } from './snapshot';
import type { Observation } from './visits';
import { type Piece, slicesOf, type Work } from './work';

/**
 * Why a run cannot go on: its errors grew beyond all bounds; what its steps can only lower rose, which is rounding's
 * doing; or an error is no finite number.
 */
export type Breakdown = 'grew' | 'rose' | 'not-finite';

/** A run in the making. Units are half-sweeps (ALS) or single observations (B-SGD). */
export interface Run {
  readonly method: MethodId;
  /** Units in one step: 2 half-sweeps an iteration, or as many observations as there are training ratings. */
  readonly unitsPerStep: number;
  /** Units worth a look at the clock in between. */
  readonly unitsPerLook: number;
  /** Units done since the initial factors. */
  unitsDone: number;
  /** Found by `advance` or by measuring. Nothing from then on is worth showing. */
  diverged: Breakdown | null;
  /** Does so many units, or fewer where the method diverges. */
  advance(units: number): Work<void>;
  /** λ and γ from the next unit on that is not being done yet: the answer says which. Later changes are forgotten. */
  apply(settings: LiveSettings): Change;
  /** How good the factors are now; `seconds` is the caller's to know. */
  measure(seconds: number): Work<Moment>;
  /** The factors as they are now, in arrays of `room`, with what was measured of them. */
  copy(moment: Moment, room?: (length: number) => Float32Array): Snapshot;
  /** The observation that follows so many others; absent where units are none. */
  visit?(unit: number): Observation;
  /** A learning rate at which this run, which diverged, would not have; absent where there is none. Ends the run. */
  proposeLearningRate?(): number;
}

/** Ratings measured, or observations learnt, in one piece: about 8 ms of the float64 page at rank 20. */
export const pieceSize = 1 << 16;

/** The errors of a model on the ratings of these lines, rating units; undefined where there are none. */
function* tallyOf(model: Model, byUser: Lines, judged: Judged): Work<Tally | undefined> {
  const count = byUser.value.length;
  if (count === 0) return undefined;
  const pieces = slicesOf(byUser, pieceSize).map(
    ([from, to]): Piece => ({
      call: 'sumErrors',
      args: [model, byUser, from, to, judged],
    }),
  );
  const sums = (yield pieces) as readonly SummedErrors[];
  const total = (of: (errors: SummedErrors) => number) => sums.reduce((sum, errors) => sum + of(errors), 0);
  const tally = emptyTally(1);
  tally[coldCount] = total(({ cold }) => cold);
  tally[warmCount] = count - tally[coldCount];
  for (let i = 0; i < sums[0].sums.length; i++)
    tally[warmErrors + i] = total((errors) => errors.sums[i]) * model.unit ** (1 + (i % 2));
  return tally;
}

/** How good a model is at a place, rating units. */
export function* measureModel(
  model: Model,
  split: Pick<Split, 'byUser' | 'byItem' | 'validation' | 'hidden'>,
  { min: low, max: high }: RatingScale,
  at: Place,
): Work<Moment> {
  const learnt = { users: split.byUser.start, items: split.byItem.start };
  const train = yield* tallyOf(model, split.byUser, { low, high, learnt: null });
  const validation = yield* tallyOf(model, split.validation, { low, high, learnt });
  const hidden = split.hidden && (yield* tallyOf(model, split.hidden, { low, high, learnt }));
  const unseen = { ...(validation && { validation }), ...(hidden && { hidden }) };
  return { ...at, tallies: { ...(train && { train }), ...unseen } };
}

/** RMSE on the training ratings, rating units; 0 where there are none. */
export const trainingRmse = (moment: Moment): number => valueAt(moment, 'train', rmse) ?? 0;

/**
 * A model in rating units, without its padding, in arrays of `room`. 1 of its units is `model.unit` rating units, so
 * biases count unit-fold and factors √unit-fold.
 */
export function copyModel(
  { unit, rank, rowLength, userCount, itemCount, mean, userBias, itemBias, userFactors, itemFactors }: Model,
  room: (length: number) => Float32Array = (length) => new Float32Array(length),
) {
  const root = Math.sqrt(unit);
  return {
    rank,
    userCount,
    itemCount,
    mean: mean * unit,
    userBias: copyRows(userBias, 1, 1, unit, room(userCount)),
    itemBias: copyRows(itemBias, 1, 1, unit, room(itemCount)),
    userFactors: copyRows(userFactors, rank, rowLength, root, room(userCount * rank)),
    itemFactors: copyRows(itemFactors, rank, rowLength, root, room(itemCount * rank)),
  };
}

/** Copies rows, multiplied, without their padding. */
function copyRows(values: Floats, rank: number, rowLength: number, by: number, out: Float32Array) {
  if (rank === rowLength && by === 1) {
    out.set(values);
    return out;
  }
  for (let to = 0, from = 0; from < values.length; from += rowLength)
    for (let f = 0; f < rank; f++) out[to++] = values[from + f] * by;
  return out;
}
