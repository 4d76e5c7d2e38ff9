import { dampedBiases, meanOf } from '../kernels/baseline';
import type { ErrorSums } from '../metrics/tally';
import type { Split } from '../ratings/hold-out';
import type { Lines } from '../ratings/lines';
import { pause, type Sliced } from '../ratings/sliced';

/** Errors of predictors that need no factors. `on` says what they are measured on. */
export interface References {
  readonly on: 'train' | 'validation' | 'hidden';
  /** Of predicting μ for everything. */
  readonly mean: ErrorSums;
  /** Of μ and damped user and item biases. */
  readonly biases: ErrorSums;
}

export const noErrors: ErrorSums = { count: 0, absolute: 0, squares: 0 };

/** Learnt from the training ratings; measured on what leads: what is hidden, else held out, else what was learnt from. */
export function* referencesOf({ byUser, validation, validationCount, hidden }: Split): Sliced<References> {
  const unseen = validationCount > 0 ? validation : byUser;
  const on = hidden ?? unseen;
  const mean = meanOf(byUser.value);
  yield pause;
  const { userBias, itemBias } = dampedBiases(byUser, mean);
  yield pause;
  const ofMean = errorsOf(on, () => mean);
  yield pause;
  const ofBiases = errorsOf(on, (x, y) => mean + userBias[x] + itemBias[y]);
  const part = validationCount > 0 ? 'validation' : 'train';
  return { on: hidden ? 'hidden' : part, mean: ofMean, biases: ofBiases };
}

function errorsOf(
  { lineCount, start, other, value }: Lines,
  predict: (x: number, y: number) => number,
): ErrorSums {
  let [absolute, squares] = [0, 0];
  for (let x = 0; x < lineCount; x++)
    for (let p = start[x]; p < start[x + 1]; p++) {
      const error = value[p] - predict(x, other[p]);
      absolute += Math.abs(error);
      squares += error * error;
    }
  return { count: value.length, absolute, squares };
}
