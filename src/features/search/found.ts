import { choiceOf, type ErrorOf, rungsOf, summaryOf, taskCount, tasksOf } from '../../experiments/search';
import { metricOf } from '../../metrics';
import { isOfLists } from '../../metrics/metric';
import { valueAt } from '../../metrics/moment';
import { planOf, type Recipe, simplerFirst } from './recipe';
import type { Found } from './slice';

/** What decides where a search goes on. */
type SoFar = Pick<Found, 'recipe' | 'costs' | 'outcomes'>;

/** What is told of a mean by the metric of a recipe: of what is better the more there is, less of it counts as worse. */
export const told = ({ metric }: Pick<Recipe, 'metric'>, mean: number): number =>
  isOfLists(metricOf(metric)) ? 0 - mean : mean;

/** The errors of outcomes, by the metric of the recipe: always the less the better. */
function errorsOf({ recipe, outcomes }: SoFar): ErrorOf {
  const { parts } = planOf(recipe);
  const metric = metricOf(recipe.metric);
  return (cell, part) => {
    const outcome = outcomes[cell * parts + part];
    const value = outcome && valueAt(outcome, 'validation', metric);
    return typeof value === 'number' ? told(recipe, value) : value;
  };
}

/** What is to be done next: of the rung that is under way. */
export function openTasks(found: SoFar) {
  const errorOf = errorsOf(found);
  const rungs = rungsOf(planOf(found.recipe, found.costs), errorOf);
  return tasksOf(rungs[rungs.length - 1], errorOf);
}

/** All that a search has come to: every cell, and which are chosen. */
export function resultsOf(found: SoFar) {
  const plan = planOf(found.recipe, found.costs);
  const errorOf = errorsOf(found);
  const cells = Array.from({ length: plan.cells }, (_, cell) => summaryOf(cell, plan.parts, errorOf));
  const choice = choiceOf(plan, errorOf, simplerFirst(found.recipe));
  return { plan, cells, choice, rungs: rungsOf(plan, errorOf) };
}
export type Results = ReturnType<typeof resultsOf>;

/** How far a search is: runs, operations as a share of those of all cells on all parts, and seconds that are left. */
export function progressOf({ costs, outcomes, seconds }: Found, { plan, rungs }: Results) {
  const isDone = (_: unknown, i: number) => outcomes[i] !== undefined;
  const done = outcomes.filter(isDone).length;
  const count = taskCount(plan, rungs);
  const all = plan.parts * costs.reduce((sum, cost) => sum + cost, 0);
  const work = outcomes.reduce<number>(
    (sum, one, i) => sum + (one === undefined ? 0 : costs[Math.floor(i / plan.parts)]),
    0,
  );
  return { done, count, share: work / all, remaining: done > 0 ? (seconds * (count - done)) / done : null };
}
