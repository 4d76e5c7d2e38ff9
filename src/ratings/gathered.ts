import type { Collector } from './collector';
import type { RatingSet } from './rating-set';
import type { Sliced } from './sliced';
import type { Warning } from './warning';

/** Ratings as they were read. */
export interface ReadRatings {
  readonly ratings: RatingSet;
  readonly warnings: readonly Warning[];
}

/** The ratings of one file, or of several, as one set. */
export function* gathered(
  rows: Collector,
  name: string,
  files: readonly Pick<ReadRatings, 'warnings'>[],
): Sliced<ReadRatings> {
  const { ratings, duplicates, offScale, someTimes } = yield* rows.finish(name);
  const { userCount, itemCount, ratingCount, scale } = ratings;
  const warnings: Warning[] = [];
  if (duplicates.count > 0) warnings.push({ code: 'duplicates', ...duplicates });
  if (ratingCount < 2) warnings.push({ code: 'too-few-ratings' });
  else if (userCount === 1) warnings.push({ code: 'single-user' });
  else if (itemCount === 1 && ratingCount > 5) warnings.push({ code: 'single-item' });
  if (hasMissingMarker(ratings)) warnings.push({ code: 'maybe-missing-marker', usual: [0, 10] });
  else if (offScale.count > 0)
    warnings.push({ code: 'off-scale', count: offScale.count, lines: offScale.lines, usual: offScale.usual });
  if (someTimes) warnings.push({ code: 'some-times' });
  if (ratingCount > 5 && scale.min === scale.max) warnings.push({ code: 'all-ratings-equal' });
  const ofFiles = files.flatMap((file) => file.warnings);
  return { ratings, warnings: [...ofFiles, ...warnings] };
}

/** Whether −1 stands below, or 99 above, ratings that are otherwise 0 to 10: some write so what is not known. */
function hasMissingMarker({ values, scale }: RatingSet): boolean {
  const marker = scale.min === -1 && scale.max <= 10 ? -1 : scale.max === 99 && scale.min >= 0 ? 99 : null;
  if (marker === null) return false;
  return values.every((value) => value === marker || (value >= 0 && value <= 10));
}
