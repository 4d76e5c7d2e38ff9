import type { SearchedStream } from '../../files/exports/subject';
import type { Value } from '../search/recipe';
import { judgedBy, resultsOf } from './courses';
import type { Pruning } from './slice';

/** What a search has come to, as files have it. */
export function searchedStream({ recipe, candidates, courses, plan }: Pruning): SearchedStream {
  const { fates } = resultsOf({ plan, courses });
  const names = recipe.axes.map(({ name }) => name);
  return {
    names,
    metric: `prequential ${judgedBy(recipe).name}`,
    candidates: courses.map((course, candidate) => {
      const fate = fates[candidate];
      return {
        ...course,
        settings: names.map((name) => candidates[candidate][name] as Value),
        prunedAt: fate.kind === 'pruned' ? fate.cut.batch : null,
      };
    }),
  };
}
