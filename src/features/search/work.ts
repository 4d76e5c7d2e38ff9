import { atOnceOf } from '../../methods';
import type { RunConfig } from '../../methods/config';
import type { JudgingOptions } from '../../methods/judging';
import { choosingMetrics, metricOf } from '../../metrics';
import { isOfLists } from '../../metrics/metric';
import type { Fold } from '../../ratings/folds';
import { isComplete } from '../../ratings/rating-set';
import type { LoadedData } from '../../state/loaded-data';
import { leftOut, type Recipe } from './recipe';

/** What a worker is to learn, from the ratings that it has loaded. */
export interface Wanted {
  readonly config: RunConfig;
  /** Iterations or epochs. */
  readonly steps: number;
}

/** Which ratings are apart while a part of a search is learnt. */
export function foldOf(recipe: Recipe, part: number): Fold {
  const { fixed, folds } = recipe;
  const leave = leftOut(recipe);
  const seed = (fixed?.seed ?? 0) + Math.floor(part / folds);
  return { fold: part % folds, folds, seed, ...(leave !== undefined && { leave }) };
}

/** Users whose lists are judged at most, on each fold. */
const mostUsers = 1000;

/** What is chosen by where ratings are not predicted. */
export const [{ id: ranking }] = choosingMetrics.filter(isOfLists);

/** How what runs recommend is judged; null where they are chosen by their errors. */
export function judgedBy({ metric, listSize: size, likedFrom, fixed }: Recipe): JudgingOptions | null {
  if (!isOfLists(metricOf(metric))) return null;
  return { size, likedFrom: Number(likedFrom), mostUsers, seed: fixed?.seed ?? 0 };
}

/** Operations of a run on the training ratings; a fold takes its share of all of them alike. */
export function costOf(
  { config: { method, rank }, steps }: Wanted,
  { ratings, trainingCount }: LoadedData,
): number {
  const { flops, unitsPerStep } = atOnceOf(method);
  const complete = isComplete({ ...ratings, ratingCount: trainingCount });
  return flops({ ...ratings, rank, trainingCount, complete }, steps * unitsPerStep(trainingCount));
}
