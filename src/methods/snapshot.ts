import type { Moment } from '../metrics/moment';
import type { MethodId } from './config';

/**
 * A run at one moment: the factors, and how good they are. Owned by whoever holds it; the run keeps no reference.
 * r̂(x, y) = mean + userBias[x] + itemBias[y] + userFactors[x]·itemFactors[y], in rating units.
 */
export interface Snapshot extends Moment {
  readonly method: MethodId;
  readonly rank: number;
  readonly userCount: number;
  readonly itemCount: number;
  readonly mean: number;
  readonly userBias: Float32Array;
  readonly itemBias: Float32Array;
  /** userCount × rank, row-major. */
  readonly userFactors: Float32Array;
  /** itemCount × rank, row-major. */
  readonly itemFactors: Float32Array;
}

/** Whether all its numbers are finite: a sum of float32 in float64 is, where all of them are. */
export const hasFiniteFactors = ({ userBias, itemBias, userFactors, itemFactors }: Snapshot): boolean =>
  [userBias, itemBias, userFactors, itemFactors].every((array) => {
    let sum = 0;
    for (let i = 0; i < array.length; i++) sum += array[i];
    return Number.isFinite(sum);
  });
