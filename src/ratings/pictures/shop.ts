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
 * Cells known at a smaller share are known at every larger one too; those that are not known are hidden. Fresh arrays.
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
  const shuffled =
    count === pixels.length ? null : shuffledIndices(pixels.length, seededRandom(seed ^ 0x6b6e6f77));
  const known = shuffled?.subarray(0, count).sort() ?? Uint32Array.from({ length: count }, (_, cell) => cell);
  const triples = (cells: Uint32Array) => ({
    users: cells.map((cell) => Math.floor(cell / columns)),
    items: cells.map((cell) => cell % columns),
    values: Float32Array.from(cells, (cell) => noisy[cell]),
  });
  return {
    name,
    userCount: rows,
    itemCount: columns,
    ratingCount: count,
    ...triples(known),
    ...(shuffled && { hidden: triples(shuffled.subarray(count)) }),
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
