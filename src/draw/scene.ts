import type { Split } from '../ratings/hold-out';
import type { Lines, Triples } from '../ratings/lines';
import type { RatingInfo, RatingScale } from '../ratings/rating-set';
import { binAt, binsOf, type Lens } from './lens';

/** What is known under a lens, pixel by pixel: a row per bin of users, a column per bin of items. */
export interface Cells {
  readonly lens: Lens;
  /** Known ratings of each pixel, and of those the ones held out. */
  readonly known: Uint32Array;
  readonly heldOut: Uint32Array;
  /** Mean of the known ratings of each pixel, rating units; NaN where none is known. */
  readonly mean: Float32Array;
  /** Known ratings to measure errors on, all or evenly so many of them, and the pixel of each. */
  readonly sample: Triples & { readonly pixels: Uint32Array; readonly every: number };
}

/** Cells, and whose they are. */
export interface Scene extends Cells {
  readonly ratings: RatingInfo;
  readonly height: number;
  readonly width: number;
  readonly scale: RatingScale;
}

/** Ratings that the error view takes into account at most: as many as a frame can. */
const mostSampled = 300_000;

/** Counts and averages what is known of the users and items in a lens; touches the ratings of those users only. */
export function cellsOf({ byUser, validation }: Split, lens: Lens): Cells {
  const { users, items } = lens;
  const width = items.binCount;
  const pixelCount = users.binCount * width;
  const known = new Uint32Array(pixelCount);
  const heldOut = new Uint32Array(pixelCount);
  const mean = new Float32Array(pixelCount);
  const columns = binsOf(items);
  const visit = (lines: Lines, each: (pixel: number, x: number, p: number) => void) => {
    for (let place = users.from; place < users.to; place++) {
      const x = users.order[place];
      const row = binAt(users, place) * width;
      for (let p = lines.start[x]; p < lines.start[x + 1]; p++) {
        const column = columns[lines.other[p]];
        if (column >= 0) each(row + column, x, p);
      }
    }
  };
  for (const lines of [byUser, validation]) {
    visit(lines, (pixel, _, p) => {
      known[pixel]++;
      mean[pixel] += lines.value[p];
      if (lines === validation) heldOut[pixel]++;
    });
  }
  let total = 0;
  for (let i = 0; i < pixelCount; i++) {
    mean[i] /= known[i];
    total += known[i];
  }
  const every = Math.max(1, Math.ceil(total / mostSampled));
  const count = Math.ceil(total / every);
  const sample = {
    ...{ users: new Uint32Array(count), items: new Uint32Array(count), values: new Float32Array(count) },
    ...{ pixels: new Uint32Array(count), every },
  };
  let n = 0;
  for (const lines of [byUser, validation]) {
    visit(lines, (pixel, x, p) => {
      if (n++ % every !== 0) return;
      const at = (n - 1) / every;
      sample.users[at] = x;
      sample.items[at] = lines.other[p];
      sample.values[at] = lines.value[p];
      sample.pixels[at] = pixel;
    });
  }
  return { lens, known, heldOut, mean, sample };
}

export function sceneOf(ratings: RatingInfo, cells: Cells): Scene {
  const { users, items } = cells.lens;
  return { ...cells, ratings, height: users.binCount, width: items.binCount, scale: ratings.scale };
}

/** Ratings of the users in a lens: what `cellsOf` would have to touch. */
export function ratingsUnder({ byUser, validation }: Split, { users }: Lens): number {
  if (users.to - users.from === users.order.length) return byUser.value.length + validation.value.length;
  let count = 0;
  for (let place = users.from; place < users.to; place++) {
    const x = users.order[place];
    count += byUser.start[x + 1] - byUser.start[x] + validation.start[x + 1] - validation.start[x];
  }
  return count;
}
