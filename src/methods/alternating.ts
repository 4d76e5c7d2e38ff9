import { meanOf } from '../kernels/baseline';
import type { RowSolverId } from '../kernels/row-solvers';
import { hasFiniteErrors } from '../metrics/moment';
import { isComplete, scaleSpan } from '../ratings/rating-set';
import { pause, type Sliced } from '../ratings/sliced';
import { liveSettings, noPast } from './changes';
import { flopsOfHalfSweeps } from './flops';
import { beginRows, emptyModel } from './initial-factors';
import type { AtOnce, MethodId } from './method';
import { objectiveWatch } from './objective-watch';
import { copyModel, measureModel, type Run } from './run';
import { setBaseline } from './solving';
import { halfSweep } from './work';

/** What every method has in common that solves one side after the other. */
export const alternating = {
  limit: 'iterations',
  unit: 'half-sweep',
  sweeps: true,
  inspects: 'rows',
  unitsPerStep: () => 2,
  momentsPerStep: () => 2,
  room: () => 0,
  flops: flopsOfHalfSweeps,
} as const satisfies Partial<AtOnce>;

/**
 * Alternating least squares: users, then items, each half-sweep solving every row against the other side, on what the
 * chosen baseline leaves of the ratings. The baseline stays fixed.
 */
export function* alternatingRun(
  method: MethodId,
  solver: RowSolverId,
  ...[kernels, ratings, split, config, past = noPast]: Parameters<AtOnce['begin']>
): Sliced<Run> {
  const model = emptyModel(kernels, ratings, config.rank, 1);
  const level = meanOf(split.byUser.value);
  const span = scaleSpan(ratings.scale);
  setBaseline(model, split.byUser, config.baseline, level);
  yield pause;
  beginRows(model, split, past.from, config, span, config.baseline === 'none' ? level : 0);
  yield pause;
  const complete = isComplete({ ...ratings, ratingCount: split.trainingCount });
  const work = { ...ratings, rank: config.rank, trainingCount: split.trainingCount, complete };
  const begun = past.from ? 2 * past.from.step : 0;
  const live = liveSettings(config, past.changes, begun);
  const objective = objectiveWatch(model, split, config.regularisation, span);
  if (past.from) objective.note(begun, past.from);

  return {
    method,
    unitsPerStep: 2,
    unitsPerLook: 1,
    unitsDone: begun,
    diverged: null,
    *advance(units) {
      for (const end = this.unitsDone + units; this.unitsDone < end; this.unitsDone++) {
        const { lambda } = live.begin(this.unitsDone, this.unitsDone + 1);
        const side = this.unitsDone % 2 === 0 ? 'users' : 'items';
        const lines = side === 'users' ? split.byUser : split.byItem;
        yield halfSweep(solver, [model, side, lines, lambda, config.regularisation], complete);
      }
    },
    apply: live.apply,
    *measure(seconds) {
      const { unitsDone } = this;
      const moment = yield* measureModel(model, split, ratings.scale, {
        step: unitsDone / 2,
        observations: unitsDone * split.trainingCount,
        flops: flopsOfHalfSweeps(work, unitsDone),
        seconds,
      });
      const { lambda } = live.at(unitsDone - 1);
      if (!hasFiniteErrors(moment)) this.diverged = 'not-finite';
      else if (objective.rose(unitsDone, moment, lambda)) this.diverged = 'rose';
      return moment;
    },
    copy: (moment, room) => ({ ...moment, method, ...copyModel(model, room) }),
  };
}
