import { seededRandom, shuffledIndices } from '../random';
import type { RatingSet } from '../rating-set';
import type { PictureRecipe } from './pictures';

export interface ShopRecipe extends PictureRecipe {
  /** Share of cells whose rating is known, above 0, at most 1. */
  readonly knownShare: number;
  /** Standard deviation of what is added to every cell, rating units. */
  readonly noise: number;
}

/**
 * A made-up shop: users are rows, products are columns, ratings are 8-bit tones 0…255, in row-major order.
 * Cells known at a smaller share are known at every larger one too. Fresh arrays.
 */
export function shopRatings(
  pixels: Uint8Array,
  rows: number,
  columns: number,
  name: string,
  { knownShare, noise, seed }: Pick<ShopRecipe, 'knownShare' | 'noise' | 'seed'>,
): RatingSet {
  const noisy = noise > 0 ? addNoise(pixels, noise, seed) : pixels;
  const count = Math.max(1, Math.round(knownShare * pixels.length));
  const known =
    count === pixels.length
      ? Uint32Array.from({ length: count }, (_, cell) => cell)
      : shuffledIndices(pixels.length, seededRandom(seed ^ 0x6b6e6f77))
          .subarray(0, count)
          .sort();
  return {
    name,
    userCount: rows,
    itemCount: columns,
    ratingCount: count,
    users: known.map((cell) => Math.floor(cell / columns)),
    items: known.map((cell) => cell % columns),
    values: Float32Array.from(known, (cell) => noisy[cell]),
    times: null,
    userIds: null,
    itemIds: null,
    scale: { min: 0, max: 255, step: 1 },
  };
}

function addNoise(pixels: Uint8Array, deviation: number, seed: number): Uint8Array {
  const random = seededRandom(seed ^ 0x6e6f6973);
  return Uint8Array.from(pixels, (tone) =>
    Math.min(255, Math.max(0, Math.round(tone + deviation * random.normal()))),
  );
}
