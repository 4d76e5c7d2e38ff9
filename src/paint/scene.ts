import type { Split } from '../ratings/hold-out';
import { type RatingScale, type RatingSet, scaleSpan } from '../ratings/rating-set';
import { type Lens, lensOf } from './lens';

/** What is known, laid out under a lens: everything about the ratings that painting needs again every frame. */
export interface Scene {
  readonly ratings: RatingSet;
  readonly lens: Lens;
  /** Pixels: a row per bin of users, a column per bin of items. */
  readonly height: number;
  readonly width: number;
  readonly scale: RatingScale;
  /** Of each rating, its pixel. */
  readonly pixelOf: Uint32Array;
  /** Known ratings of each pixel, and of those the ones held out. */
  readonly known: Uint32Array;
  readonly heldOut: Uint32Array;
  /** Mean of the known ratings of each pixel, rating units; NaN where none is known. */
  readonly mean: Float32Array;
}

export function sceneOf(ratings: RatingSet, split: Split, asPicture: boolean): Scene {
  const lens = lensOf(ratings, asPicture);
  const height = lens.users.binCount;
  const width = lens.items.binCount;
  const pixelOf = new Uint32Array(ratings.ratingCount);
  const known = new Uint32Array(height * width);
  const heldOut = new Uint32Array(height * width);
  const mean = new Float32Array(height * width);
  for (let j = 0; j < pixelOf.length; j++) {
    const pixel = lens.users.binOf[ratings.users[j]] * width + lens.items.binOf[ratings.items[j]];
    pixelOf[j] = pixel;
    known[pixel]++;
    mean[pixel] += ratings.values[j];
  }
  for (const j of split.validationIndex) heldOut[pixelOf[j]]++;
  for (let i = 0; i < mean.length; i++) mean[i] /= known[i];
  return { ratings, lens, height, width, scale: ratings.scale, pixelOf, known, heldOut, mean };
}

/** Largest error the error view tells apart, rating units: a quarter of the scale. */
export function errorReach(scale: RatingScale): number {
  return scaleSpan(scale) / 4;
}
