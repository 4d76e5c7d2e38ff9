import type { Split } from '../ratings/hold-out';
import type { Lines } from '../ratings/lines';
import { type RatingInfo, type RatingScale, scaleSpan } from '../ratings/rating-set';
import type { Lens } from './lens';

/** What is known, laid out under a lens: everything about the ratings that painting needs again every frame. */
export interface Scene {
  readonly ratings: RatingInfo;
  readonly split: Split;
  readonly lens: Lens;
  /** Pixels: a row per bin of users, a column per bin of items. */
  readonly height: number;
  readonly width: number;
  readonly scale: RatingScale;
  /** Known ratings of each pixel, and of those the ones held out. */
  readonly known: Uint32Array;
  readonly heldOut: Uint32Array;
  /** Mean of the known ratings of each pixel, rating units; NaN where none is known. */
  readonly mean: Float32Array;
}

export function sceneOf(ratings: RatingInfo, split: Split, lens: Lens): Scene {
  const height = lens.users.binCount;
  const width = lens.items.binCount;
  const known = new Uint32Array(height * width);
  const heldOut = new Uint32Array(height * width);
  const mean = new Float32Array(height * width);
  for (const lines of [split.byUser, split.validation]) {
    forEachKnown(lines, lens, (pixel, _x, _y, value) => {
      known[pixel]++;
      mean[pixel] += value;
      if (lines === split.validation) heldOut[pixel]++;
    });
  }
  for (let i = 0; i < mean.length; i++) mean[i] /= known[i];
  return { ratings, split, lens, height, width, scale: ratings.scale, known, heldOut, mean };
}

/** Visits ratings by user with the pixel that they fall on. */
export function forEachKnown(
  byUser: Lines,
  { users, items }: Lens,
  visit: (pixel: number, x: number, y: number, value: number) => void,
): void {
  for (let x = 0; x < byUser.lineCount; x++) {
    const row = users.binOf[x] * items.binCount;
    for (let p = byUser.start[x]; p < byUser.start[x + 1]; p++) {
      const y = byUser.other[p];
      visit(row + items.binOf[y], x, y, byUser.value[p]);
    }
  }
}

/** Largest error the error view tells apart, rating units: a quarter of the scale. */
export function errorReach(scale: RatingScale): number {
  return scaleSpan(scale) / 4;
}
