import type { Method } from './method';
import { onlineSgd } from './online';

/** B-SGD without factors. */
export const biases: Method = {
  id: 'biases',
  name: 'Biases only',
  title: 'biases only',
  words: 'μ + b_x + b_y, learnt one observation at a time.',
  colours: ['#5f5aa8', '#a9a4f0'],
  step: { one: 'batch', many: 'batches', digits: 0 },
  formula: () => 'R ≈ μ + b',
  arriving: { settings: ['learningRate', 'lambda'], begin: (around) => onlineSgd(around, 0) },
};
