import {
  type Cut,
  decidedCuts,
  type ErrorAfter,
  leftAfter,
  type PruningPlan,
  pruningVerdict,
  type Standing,
} from '../../experiments/pruning';
import { toldErrors } from '../../metrics';
import { measure } from '../../metrics/metric';
import type { Moment } from '../../sessions/lab';
import type { PruningRecipe } from './recipe';
import type { Course, Pruning } from './slice';

/** What of a search decides how it goes on. */
type SoFar = Pick<Pruning, 'plan' | 'courses'>;

/** The errors of courses. */
export function errorsOf(courses: readonly Course[]): ErrorAfter {
  return (candidate, batch) => {
    const { batches, errors, divergedAt } = courses[candidate];
    if (divergedAt !== null && batch >= divergedAt) return null;
    const at = placeOf(batches, batch);
    return batches[at] === batch ? errors[at] : undefined;
  };
}

/** Where among ascending numbers one stands, or would stand. */
function placeOf(ascending: readonly number[], one: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < one) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What has become of a candidate. */
export type Fate =
  | { readonly kind: 'left' }
  /** `limit`: the worst who was kept then. */
  | {
      readonly kind: 'pruned';
      readonly cut: Cut;
      readonly error: number;
      readonly limit: Standing;
      readonly place: number;
      /** Where it was followed, and diverged later. */
      readonly divergedAt: number | null;
    }
  | { readonly kind: 'diverged'; readonly batch: number };

/** All that a search has come to: cuts, what became of each candidate, and at the end the verdict. */
export function resultsOf({ plan, courses }: SoFar) {
  const errorAfter = errorsOf(courses);
  const cuts = decidedCuts(plan, errorAfter);
  const fates = courses.map(({ divergedAt }, candidate) => fateOf(candidate, cuts, divergedAt));
  return { cuts, fates, left: leftAfter(plan, cuts), verdict: pruningVerdict(plan, errorAfter) };
}
export type Results = ReturnType<typeof resultsOf>;

function fateOf(candidate: number, cuts: readonly Cut[], divergedAt: number | null): Fate {
  for (const cut of cuts) {
    const found = cut.pruned.find((one) => one.candidate === candidate);
    if (!found) continue;
    const { kept } = cut;
    return {
      kind: 'pruned',
      cut,
      error: found.error,
      limit: kept[kept.length - 1],
      place: kept.length,
      divergedAt,
    };
  }
  return divergedAt === null ? { kind: 'left' } : { kind: 'diverged', batch: divergedAt };
}

/** Who still has something to learn. */
export function learning({ plan, courses, follows }: SoFar & Pick<Pruning, 'follows'>): number[] {
  const all = courses.map((_, candidate) => candidate);
  const wanted = follows ? all : leftAfter(plan, decidedCuts(plan, errorsOf(courses)));
  return wanted.filter((candidate) => courses[candidate].divergedAt === null);
}

/** The last batch of a course. */
export const reachedBy = ({ batches }: Course): number => batches[batches.length - 1] ?? 0;

type Judging = Pick<PruningRecipe, 'metric' | 'cold'>;

/** What candidates are judged by. */
export const judgedBy = ({ metric, cold }: Judging) => toldErrors({ metric, cold, clip: false });

/** Courses as they grow: each batch of a candidate is taken once, whoever computed it. */
export function growing(known: readonly Course[], recipe: Judging) {
  const courses = known.map(({ batches, errors, divergedAt }) => ({
    ...{ batches: [...batches], errors: [...errors], divergedAt },
  }));
  const metric = judgedBy(recipe);
  return {
    courses: courses as readonly Course[],
    take({ batch, methods }: Pick<Moment, 'batch' | 'methods'>) {
      for (const [id, { prequential, diverged }] of Object.entries(methods)) {
        const course = courses[Number(id)];
        if (course.divergedAt !== null || batch <= reachedBy(course)) continue;
        const error = measure(metric, prequential);
        if (diverged || !Number.isFinite(error)) course.divergedAt = batch;
        else {
          course.batches.push(batch);
          course.errors.push(error ?? 0);
        }
      }
    },
    /** As they are now. */
    copy: (): Course[] =>
      courses.map(({ batches, errors, divergedAt }) => ({
        ...{ batches: [...batches], errors: [...errors], divergedAt },
      })),
  };
}

/** Whether a stretch has come to a cut, or to the end, that no moment is due at. */
export const isPlace = ({ cuts, batches }: PruningPlan, batch: number): boolean =>
  batch === batches || cuts.includes(batch);
