import { atOnceOf } from '../../methods';
import { racingOf, type Settings } from '../../settings/race';
import type { LinkedRuns } from '../../state/link/runs';
import type { LoadedData } from '../../state/loaded-data';

/** Work that a link may ask for without anybody pressing a button: some ten seconds of one core, in operations. */
const mostUnasked = 4e10;

/** Whether the runs of a link are so long a way that somebody has to want them. */
export function areFar(runs: LinkedRuns, settings: Settings, data: LoadedData): boolean {
  const { userCount, itemCount } = data.ratings;
  const { trainingCount } = data;
  const complete = trainingCount === userCount * itemCount;
  const work = { rank: settings.rank, userCount, itemCount, trainingCount, complete };
  const operations = racingOf(settings).map((method) => {
    const { flops, limit, unitsPerStep } = atOnceOf(method);
    return flops(work, Math.min(runs[method]?.unit ?? 0, settings[limit] * unitsPerStep(trainingCount)));
  });
  return operations.reduce((sum, count) => sum + count, 0) > mostUnasked;
}
