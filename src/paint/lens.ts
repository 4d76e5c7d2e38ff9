import type { Split } from '../ratings/hold-out';
import { countsOf } from '../ratings/lines';
import { isComplete } from '../ratings/rating-set';

/**
 * Which users and items stand where on the picture, and how many share a line of it. Bin b of `binCount` holds
 * order[⌊b·n/binCount⌋] … ; with as many bins as users every row of pixels is one user.
 */
export interface Lens {
  readonly users: Axis;
  readonly items: Axis;
}

export interface Axis {
  readonly order: Uint32Array;
  readonly binCount: number;
  /** Of each user (or item), its bin. */
  readonly binOf: Uint32Array;
}

/** A picture is shown as it is; a ratings file ordered by count, the busiest first, in so many bins at most. */
export function lensOf(split: Split, asPicture: boolean, mostBins = 400): Lens {
  const { byUser, byItem, validation } = split;
  const ratingCount = split.trainingCount + split.validationCount;
  const byPlace =
    asPicture || isComplete({ userCount: byUser.lineCount, itemCount: byItem.lineCount, ratingCount });
  const users = countsOf(byUser);
  const items = countsOf(byItem);
  for (let x = 0; x < validation.lineCount; x++) users[x] += validation.start[x + 1] - validation.start[x];
  for (const y of validation.other) items[y]++;
  const axis = (counts: Uint32Array) =>
    axisOf(byPlace ? identity(counts.length) : byCount(counts), asPicture ? 512 : mostBins);
  return { users: axis(users), items: axis(items) };
}

function axisOf(order: Uint32Array, mostBins: number): Axis {
  const binCount = Math.min(order.length, mostBins);
  const binOf = new Uint32Array(order.length);
  for (let b = 0; b < binCount; b++) {
    for (let p = firstOfBin(order.length, binCount, b); p < firstOfBin(order.length, binCount, b + 1); p++)
      binOf[order[p]] = b;
  }
  return { order, binCount, binOf };
}

/** The place in `order` at which bin b begins. */
export function firstOfBin(count: number, binCount: number, b: number): number {
  return Math.floor((b * count) / binCount);
}

function identity(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i);
}

function byCount(counts: Uint32Array): Uint32Array {
  return identity(counts.length).sort((a, b) => counts[b] - counts[a] || a - b);
}

/**
 * Averages rows of factors (or biases, rank 1) over the bins of an axis. Predictions are linear in each side, so
 * the product of averaged rows is exactly the average prediction over a block: large matrices cost no more.
 *
 * @param out binCount × rank, row-major; overwritten
 */
export function binRows(rows: Float32Array, rank: number, axis: Axis, out: Float32Array): Float32Array {
  const { order, binCount } = axis;
  out.fill(0);
  for (let b = 0; b < binCount; b++) {
    const from = firstOfBin(order.length, binCount, b);
    const to = firstOfBin(order.length, binCount, b + 1);
    for (let p = from; p < to; p++) {
      for (let f = 0; f < rank; f++) out[b * rank + f] += rows[order[p] * rank + f];
    }
    if (to - from > 1) for (let f = 0; f < rank; f++) out[b * rank + f] /= to - from;
  }
  return out;
}
