import type { Method } from './method';
import { inBatches } from './mini-batch';

/** Mini-batch B-SGD with the defects of the post's published Spark code, each of which can be switched off. */
export const spark: Method = {
  id: 'spark',
  name: 'Spark’s code',
  title: 'Spark’s code',
  words: 'What the post’s published code does, defect by defect: a lesson, not a proposal.',
  colours: ['#a1348f', '#e07fd0'],
  step: { one: 'batch', many: 'batches', digits: 0 },
  formula: () => 'R ≈ μ + b + U·P',
  arriving: {
    settings: ['factorRate', 'learningRate', 'rank', 'passes'],
    isExtra: true,
    begin: (around) => inBatches(around, around.config.defects),
  },
};
