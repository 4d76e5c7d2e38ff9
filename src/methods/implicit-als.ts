import { implicitErrors } from '../kernels/implicit-als';
import { squaredNorms } from '../kernels/objective';
import { hasFiniteErrors } from '../metrics/moment';
import { pause, type Sliced } from '../ratings/sliced';
import { alternating } from './alternating';
import { liveSettings, noPast } from './changes';
import { usualAlpha } from './config';
import { flopsOfImplicitHalfSweeps } from './flops';
import { beginRows, emptyModel } from './initial-factors';
import type { AtOnce, Method } from './method';
import { preferenceUnit, starUnit } from './rating-unit';
import { copyModel, measureModel, type Run } from './run';
import { implicitHalfSweep } from './work';

/** By less than this share the objective rises by rounding. */
const smallestRise = 1e-3;

/** ALS for implicit feedback (kernels/implicit-als.ts): not what somebody would rate, but what they would choose. */
export const implicitAls: Method = {
  id: 'implicit-als',
  name: 'Implicit ALS',
  title: 'implicit ALS',
  words:
    'What was rated is preferred, the surer the higher the rating; all else is not, and is pulled to 0. Ranks, and predicts no ratings: judge it by NDCG or recall. A preference of 1 is drawn near the highest rating.',
  colours: ['#2c7a4b', '#63c28b'],
  step: { one: 'iteration', many: 'iterations', digits: 0 },
  formula: () => 'preference ≈ U·P',
  atOnce: {
    ...alternating,
    inspects: null,
    predictsNoRatings: true,
    flops: flopsOfImplicitHalfSweeps,
    settings: ['rank', 'lambda', 'regularisation', 'alpha', 'initialNoise', 'seed', 'iterations'],
    initial: null,
    fixed: { baseline: 'none', initial: 'normal' },
    foldsIn: 'implicit',
    begin: implicitRun,
  },
};

/** Users, then items, each half-sweep against all of the other side. The model's units are preferences. */
function* implicitRun(
  ...[kernels, ratings, split, config, past = noPast]: Parameters<AtOnce['begin']>
): Sliced<Run> {
  const model = emptyModel(kernels, ratings, config.rank, preferenceUnit(ratings.scale));
  const star = starUnit(ratings.scale);
  const alpha = (config.alpha ?? usualAlpha) / star;
  beginRows(model, split, past.from, config, model.unit, 0);
  yield pause;
  const work = { ...ratings, rank: config.rank, trainingCount: split.trainingCount, complete: false };
  const begun = past.from ? 2 * past.from.step : 0;
  const live = liveSettings(config, past.changes, begun);
  /** λ is set in rating units, as everywhere; preferences have none. */
  const lambdaAt = (unit: number) => live.at(unit).lambda / star;
  const objective = (lambda: number) =>
    implicitErrors(model, split.byUser, alpha) + lambda * squaredNorms(model, split, config.regularisation);
  let last = { unit: Number.NaN, value: 0 };

  return {
    method: 'implicit-als',
    unitsPerStep: 2,
    unitsPerLook: 1,
    unitsDone: begun,
    diverged: null,
    *advance(units) {
      for (const end = this.unitsDone + units; this.unitsDone < end; this.unitsDone++) {
        live.begin(this.unitsDone, this.unitsDone + 1);
        const side = this.unitsDone % 2 === 0 ? 'users' : 'items';
        const lines = side === 'users' ? split.byUser : split.byItem;
        yield implicitHalfSweep([model, side, lines, lambdaAt(this.unitsDone), config.regularisation], alpha);
      }
    },
    apply: live.apply,
    *measure(seconds) {
      const { unitsDone } = this;
      const moment = yield* measureModel(model, split, ratings.scale, {
        step: unitsDone / 2,
        observations: unitsDone * split.trainingCount,
        flops: flopsOfImplicitHalfSweeps(work, unitsDone),
        seconds,
      });
      yield pause;
      const lambda = lambdaAt(unitsDone - 1);
      const value = objective(lambda);
      const isNext =
        last.unit === unitsDone - 1 && live.at(unitsDone - 2).lambda === live.at(unitsDone - 1).lambda;
      if (!hasFiniteErrors(moment) || !Number.isFinite(value)) this.diverged = 'not-finite';
      else if (isNext && value > last.value * (1 + smallestRise)) this.diverged = 'rose';
      last = { unit: unitsDone, value };
      return moment;
    },
    copy: (moment, room) => ({ ...moment, method: 'implicit-als', ...copyModel(model, room) }),
  };
}
