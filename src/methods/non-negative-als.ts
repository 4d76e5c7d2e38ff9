import type { Model } from '../kernels/kernels';
import { alternating, alternatingRun } from './alternating';
import type { Method } from './method';
import { refitting } from './refit';

/** ALS with factors that are never negative, as Spark's `nonnegative`: what they add up to can be read as parts. */
export const nonNegativeAls: Method = {
  id: 'non-negative-als',
  name: 'Non-negative ALS',
  title: 'non-negative ALS',
  words:
    'ALS whose factors are never negative: every row is solved exactly among such. No baseline; starts all-positive.',
  colours: ['#a12c4d', '#f08aa5'],
  step: { one: 'iteration', many: 'iterations', digits: 0 },
  formula: () => 'R ≈ U·P, U, P ≥ 0',
  atOnce: {
    ...alternating,
    settings: ['rank', 'lambda', 'regularisation', 'initialNoise', 'seed', 'iterations'],
    initial: null,
    solver: 'nonNegative',
    foldsIn: 'nonNegative',
    // What a baseline leaves is as often negative as positive, and factors that are not cannot reach it.
    fixed: { baseline: 'none', initial: 'uniform' },
    begin: (...ratings) => alternatingRun('non-negative-als', 'nonNegative', ...ratings),
  },
  arriving: {
    settings: ['alsLambda', 'rank', 'refitEvery'],
    isExtra: true,
    begin: (around, lines) => {
      const config = { ...around.config, alsBaseline: 'none' } as const;
      return refitting({ ...around, config }, lines, 'nonNegative', makePositive);
    },
  },
};

/** A start of mixed signs would leave most rows nothing to reach their ratings by. */
function makePositive({ userFactors, itemFactors }: Model): void {
  for (const factors of [userFactors, itemFactors])
    for (let i = 0; i < factors.length; i++) factors[i] = Math.abs(factors[i]);
}
