import { type Predictor, predictionOf } from '../methods/measure';
import {
  addCold,
  addWarm,
  asPredicted,
  type Counting,
  clipped,
  emptyTally,
  fields,
  type Tally,
} from '../metrics/tally';
import { countsOf, type Lines } from '../ratings/lines';
import type { RatingScale } from '../ratings/rating-set';
import { pause, type Sliced } from '../ratings/sliced';

/** Ratings that somebody gave, or something got, in training: at most so many, group by group. */
export const activityGroups = [0, 5, 20, 100, 500, Number.POSITIVE_INFINITY] as const;

/** A rating that a model is far off from, rating units. */
export interface FarRating {
  readonly user: number;
  readonly item: number;
  readonly rating: number;
  readonly prediction: number;
}

/** Where the errors of a model are, on some ratings. */
export interface ErrorSurvey {
  /** A group of users after the other (`activityGroups`), by how much each rated in training. */
  readonly byUser: Tally;
  /** Of items, by how often each was rated in training. */
  readonly byItem: Tally;
  /** The largest |ε| first; of equal ones the earlier. */
  readonly largest: readonly FarRating[];
}

/** Which ratings are asked about, on what scale, and by how much each user and item was rated in training. */
export interface Surveyed {
  readonly scale: RatingScale;
  /** By user. */
  readonly measured: Lines;
  readonly ofUsers: Uint32Array;
  readonly ofItems: Uint32Array;
}

/** @param training by user and by item */
export const surveyedOf = (
  measured: Lines,
  training: { byUser: Lines; byItem: Lines },
  scale: RatingScale,
): Surveyed => ({
  ...{ measured, scale },
  ofUsers: countsOf(training.byUser),
  ofItems: countsOf(training.byItem),
});

/** Ratings between two pauses: a few milliseconds at rank 20. */
const ratingsPerPause = 1 << 15;

/**
 * Adds up a model's errors ε = r − r̂ by activity, and keeps the largest of those that count.
 *
 * @param most how many of the largest are kept
 */
export function* surveyErrors(
  model: Predictor,
  { measured, ofUsers, ofItems, scale }: Surveyed,
  most: number,
  counting: Counting = asPredicted,
): Sliced<ErrorSurvey> {
  const byUser = emptyTally(activityGroups.length);
  const byItem = emptyTally(activityGroups.length);
  let largest: (FarRating & { readonly off: number })[] = [];
  let far = 0;
  let seen = 0;
  const mean = model.mean * (model.unit ?? 1);
  const ofCold = { bias: (said: number) => said, mean: () => mean, zero: () => 0, drop: () => null };
  function add(tally: Tally, ratings: number, isCold: boolean, rating: number, said: number) {
    const at = activityGroups.findIndex((most) => ratings <= most) * fields;
    if (isCold) addCold(tally, at, rating, [said, mean], scale);
    else addWarm(tally, at, rating, said, scale);
  }
  for (let user = 0; user < measured.lineCount; user++)
    for (let p = measured.start[user]; p < measured.start[user + 1]; p++) {
      const item = measured.other[p];
      const rating = measured.value[p];
      const said = predictionOf(model, user, item);
      const isCold = ofUsers[user] === 0 || ofItems[item] === 0;
      add(byUser, ofUsers[user], isCold, rating, said);
      add(byItem, ofItems[item], isCold, rating, said);
      if (++seen % ratingsPerPause === 0) yield pause;
      const counts = isCold ? ofCold[counting.cold](said) : said;
      if (counts === null) continue;
      const prediction = counting.clip ? clipped(counts, scale) : counts;
      const off = Math.abs(rating - prediction);
      if (off > far || largest.length < most) {
        largest.push({ user, item, rating, prediction, off });
        if (largest.length >= 2 * most) settleLargest();
      }
    }
  settleLargest();
  return { byUser, byItem, largest: largest.map(({ off: _, ...rating }) => rating) };

  /** Sorting is stable, so of equal ones the earlier stays. */
  function settleLargest() {
    largest = largest.toSorted((a, b) => b.off - a.off).slice(0, most);
    if (largest.length === most) far = largest[most - 1]?.off ?? 0;
  }
}
