import { type Arrays, type Floats, gatherLines, heapArrays, type Lines } from './lines';
import { seededRandom } from './random';
import type { RatingSet } from './rating-set';

/** Known ratings, some of them kept from training, gathered for whoever reads them line by line. */
export interface Split {
  readonly trainingCount: number;
  readonly validationCount: number;
  /** The training ratings, by user and by item. */
  readonly byUser: Lines;
  readonly byItem: Lines;
  /** The held-out ratings, by user. */
  readonly validation: Lines;
}

/**
 * Keeps a seeded random share of the ratings from training: exactly round(share · n) of them, but never all.
 * Chosen in one pass (Knuth's selection sampling, TAOCP 3.4.2 S). The arrays come from `arrays`.
 *
 * @param share 0…0.9
 */
export function holdOut(ratings: RatingSet, share: number, seed: number, arrays: Arrays = heapArrays): Split {
  const { userCount, itemCount, ratingCount } = ratings;
  const validationCount = heldOutCount(ratingCount, share);
  const trainingCount = ratingCount - validationCount;
  const held = new Uint8Array(validationCount > 0 ? ratingCount : 0);
  const random = seededRandom(seed ^ 0x2c1b3c6d);
  for (let j = 0, needed = validationCount; needed > 0; j++) {
    if (random.uniform() * (ratingCount - j) >= needed) continue;
    held[j] = 1;
    needed--;
  }
  const keep = validationCount > 0 ? (j: number) => held[j] === 0 : null;
  const training = gatherLines(ratings, userCount, itemCount, trainingCount, keep, arrays);
  const { byUser: validation } = gatherLines(
    ratings,
    userCount,
    itemCount,
    validationCount,
    (j) => held[j] === 1,
  );
  return { trainingCount, validationCount, ...training, validation: placed(validation, arrays) };
}

export function heldOutCount(ratingCount: number, share: number): number {
  return Math.max(0, Math.min(Math.round(share * ratingCount), ratingCount - 1));
}

/** The same split in arrays of `arrays`. */
export function placedSplit(split: Split, arrays: Arrays): Split {
  const { byUser, byItem, validation } = split;
  return {
    ...split,
    byUser: placed(byUser, arrays),
    byItem: placed(byItem, arrays),
    validation: placed(validation, arrays),
  };
}

function placed(lines: Lines, arrays: Arrays): Lines {
  const copied = <T extends Uint32Array | Floats>(to: T, from: ArrayLike<number>) => {
    to.set(from);
    return to;
  };
  return {
    ...lines,
    start: copied(arrays.indices(lines.start.length), lines.start),
    other: copied(arrays.indices(lines.other.length), lines.other),
    value: copied(arrays.floats(lines.value.length), lines.value),
  };
}
