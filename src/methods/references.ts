import { type Damping, dampedBiases, meanOf } from '../kernels/baseline';
import { addCold, addWarm, emptyTally, type Tally } from '../metrics/tally';
import type { Split } from '../ratings/hold-out';
import type { Lines } from '../ratings/lines';
import type { RatingScale } from '../ratings/rating-set';
import { pause, type Sliced } from '../ratings/sliced';

/** Errors of predictors that need no factors. `on` says what they are measured on. */
export interface References {
  readonly on: 'train' | 'validation' | 'hidden';
  /** Of predicting μ for everything. */
  readonly mean: Tally;
  /** Of μ and damped user and item biases. */
  readonly biases: Tally;
}

export const noErrors: Tally = emptyTally(1);

/** Learnt from the training ratings; measured on what leads: what is hidden, else held out, else what was learnt from. */
export function* referencesOf(split: Split, scale: RatingScale): Sliced<References> {
  const { byUser, validation, validationCount, hidden } = split;
  const unseen = validationCount > 0 ? validation : byUser;
  const on = hidden ?? unseen;
  const mean = meanOf(byUser.value);
  yield pause;
  const { userBias, itemBias } = dampedBiases(byUser, mean);
  yield pause;
  const tallyOf = (predict: Predict) => errorsOf(on, split, scale, mean, predict);
  const ofMean = tallyOf(() => mean);
  yield pause;
  const ofBiases = tallyOf((x, y) => mean + userBias[x] + itemBias[y]);
  const part = validationCount > 0 ? 'validation' : 'train';
  return { on: hidden ? 'hidden' : part, mean: ofMean, biases: ofBiases };
}

/** Errors of μ and biases alone on what is held out, where biases are found so. */
export function* biasErrors(split: Split, scale: RatingScale, damping: Damping): Sliced<Tally> {
  const mean = meanOf(split.byUser.value);
  yield pause;
  const { userBias, itemBias } = dampedBiases(split.byUser, mean, damping);
  yield pause;
  return errorsOf(split.validation, split, scale, mean, (x, y) => mean + userBias[x] + itemBias[y]);
}

type Predict = (x: number, y: number) => number;

function errorsOf(
  { lineCount, start, other, value }: Lines,
  { byUser, byItem }: Pick<Split, 'byUser' | 'byItem'>,
  scale: RatingScale,
  mean: number,
  predict: Predict,
): Tally {
  const tally = emptyTally(1);
  for (let x = 0; x < lineCount; x++)
    for (let p = start[x]; p < start[x + 1]; p++) {
      const prediction = predict(x, other[p]);
      if (isCold(byUser, x) || isCold(byItem, other[p]))
        addCold(tally, 0, value[p], [prediction, mean], scale);
      else addWarm(tally, 0, value[p], prediction, scale);
    }
  return tally;
}

const isCold = ({ start }: Lines, x: number) => start[x] === start[x + 1];
