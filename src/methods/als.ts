import { alternating, alternatingRun } from './alternating';
import type { Method } from './method';

/** Batch ALS: every row is solved exactly (kernels/als.ts). */
export const als: Method = {
  id: 'als',
  name: 'ALS',
  title: 'batch ALS',
  words: 'Solves all users exactly, then all items, on all that is known.',
  colours: ['#2468a8', '#6aa9e0'],
  step: { one: 'iteration', many: 'iterations', digits: 0 },
  formula: (baseline) => ({ none: 'R ≈ U·P', mean: 'R ≈ μ + U·P', biases: 'R ≈ μ + b + U·P' })[baseline],
  atOnce: {
    ...alternating,
    settings: [
      'rank',
      'lambda',
      'regularisation',
      'baseline',
      'alsInitial',
      'initialNoise',
      'seed',
      'iterations',
    ],
    initial: 'alsInitial',
    solver: 'exact',
    foldsIn: 'exact',
    begin: (...ratings) => alternatingRun('als', 'exact', ...ratings),
  },
};
