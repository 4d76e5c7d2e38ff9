import type { Triples } from './lines';
import { seededRandom, shuffledIndices } from './random';
import type { RatingSet } from './rating-set';

/** Known ratings, some of them kept from training. Indices are positions in the RatingSet, ascending. */
export interface Split {
  readonly training: Triples;
  readonly validation: Triples;
  readonly trainingIndex: Uint32Array;
  readonly validationIndex: Uint32Array;
}

/**
 * Keeps a seeded random share of the ratings from training: exactly round(share · n) of them, but never all.
 * Fresh arrays; the order of the ratings is kept.
 *
 * @param share 0…0.9
 */
export function holdOut(ratings: RatingSet, share: number, seed: number): Split {
  const count = ratings.ratingCount;
  const held = Math.min(Math.round(share * count), count - 1);
  const order =
    held > 0
      ? shuffledIndices(count, seededRandom(seed ^ 0x2c1b3c6d))
      : Uint32Array.from({ length: count }, (_, j) => j);
  const validationIndex = order.slice(0, Math.max(0, held)).sort();
  const trainingIndex = order.slice(Math.max(0, held)).sort();
  return {
    training: pick(ratings, trainingIndex),
    validation: pick(ratings, validationIndex),
    trainingIndex,
    validationIndex,
  };
}

function pick({ users, items, values }: RatingSet, index: Uint32Array): Triples {
  return {
    users: index.map((j) => users[j]),
    items: index.map((j) => items[j]),
    values: Float32Array.from(index, (j) => values[j]),
  };
}
