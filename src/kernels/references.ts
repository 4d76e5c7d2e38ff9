import type { Split } from '../ratings/hold-out';
import type { Lines } from '../ratings/lines';
import { pause, type Sliced } from '../ratings/sliced';
import { dampedBiases, meanOf } from './baseline';

/** RMSE, rating units, of predictors that need no factors. `on` says what they are measured on. */
export interface References {
  readonly on: 'train' | 'validation';
  /** Of predicting μ for everything. */
  readonly mean: number;
  /** Of μ and damped user and item biases. */
  readonly biases: number;
}

/** Learnt from the training ratings; measured on the held-out ones, or where there are none on the training ones. */
export function* referencesOf({ byUser, validation, validationCount }: Split): Sliced<References> {
  const on = validationCount > 0 ? validation : byUser;
  const mean = meanOf(byUser.value);
  yield pause;
  const { userBias, itemBias } = dampedBiases(byUser, mean);
  yield pause;
  const ofMean = rmse(on, () => mean);
  yield pause;
  const ofBiases = rmse(on, (x, y) => mean + userBias[x] + itemBias[y]);
  return { on: validationCount > 0 ? 'validation' : 'train', mean: ofMean, biases: ofBiases };
}

function rmse({ lineCount, start, other, value }: Lines, predict: (x: number, y: number) => number): number {
  let sum = 0;
  for (let x = 0; x < lineCount; x++)
    for (let p = start[x]; p < start[x + 1]; p++) sum += (value[p] - predict(x, other[p])) ** 2;
  return Math.sqrt(sum / value.length);
}
