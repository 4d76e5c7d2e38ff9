import { isComplete, type RatingSet } from '../ratings/rating-set';

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
export function lensOf(ratings: RatingSet, asPicture: boolean, mostBins = 400): Lens {
  const byPlace = asPicture || isComplete(ratings);
  return {
    users: axisOf(
      byPlace ? identity(ratings.userCount) : byCount(ratings.users, ratings.userCount),
      asPicture ? 512 : mostBins,
    ),
    items: axisOf(
      byPlace ? identity(ratings.itemCount) : byCount(ratings.items, ratings.itemCount),
      asPicture ? 512 : mostBins,
    ),
  };
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

function byCount(keys: Uint32Array, count: number): Uint32Array {
  const counts = new Uint32Array(count);
  for (const key of keys) counts[key]++;
  return identity(count).sort((a, b) => counts[b] - counts[a] || a - b);
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
