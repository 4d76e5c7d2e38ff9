import type { Kernels } from '../kernels/kernels';
import { atOnceOf } from '../methods';
import type { Past } from '../methods/changes';
import type { RunConfig } from '../methods/config';
import type { Work } from '../methods/work';
import type { Moment } from '../metrics/moment';
import type { Split } from '../ratings/hold-out';
import type { RatingSet } from '../ratings/rating-set';
import type { Learning } from './learning';

/**
 * One run on ratings that are all known, at the snapshot that it goes on from.
 *
 * @param now seconds of any clock: what training costs, never what it comes to
 */
export function* learnAtOnce(
  kernels: Kernels,
  ratings: Pick<RatingSet, 'userCount' | 'itemCount' | 'scale'>,
  split: Split,
  config: RunConfig,
  past: Past,
  now: () => number,
): Work<Learning<Moment>> {
  const { momentsPerStep, begin } = atOnceOf(config.method);
  const run = yield* begin(kernels, ratings, split, config, past);
  // What divergence is measured by has to be the same as the first time.
  if (past.unit > 0 && past.firstRmse === null) yield* run.measure(0);
  const unitsPerMoment = run.unitsPerStep / momentsPerStep(split.trainingCount);
  let seconds = past.from?.seconds ?? 0;
  return {
    get unitsDone() {
      return run.unitsDone;
    },
    lastUnit: Number.POSITIVE_INFINITY,
    unitsPerLook: run.unitsPerLook,
    nextMoment: (unit) => nextMoment(unit, unitsPerMoment),
    unitsPerSnapshot: Number.POSITIVE_INFINITY,
    methods: [config.method],
    *advance(units) {
      const begun = now();
      yield* run.advance(units);
      seconds += now() - begun;
    },
    *measured(shown, room) {
      const moment = yield* run.measure(seconds);
      return { moment, snapshots: shown.length > 0 && !run.diverged ? [run.copy(moment, room)] : [] };
    },
    get diverged() {
      return run.diverged !== null;
    },
    divergence: () => ({
      cause: run.diverged ?? 'grew',
      step: run.unitsDone / run.unitsPerStep,
      proposedLearningRate: run.proposeLearningRate?.() ?? null,
    }),
    apply: run.apply,
    ...(run.visit && { visit: run.visit }),
  };
}

/** The next of evenly spread moments, each at the nearest whole unit. */
function nextMoment(unit: number, unitsPerMoment: number): number {
  for (let moment = Math.floor(unit / unitsPerMoment); ; moment++) {
    const at = Math.round(moment * unitsPerMoment);
    if (at > unit) return at;
  }
}
