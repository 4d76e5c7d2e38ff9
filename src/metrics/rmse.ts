import type { ErrorMetric } from './metric';

/** Root of the mean square error: √(Σε² / n). Large errors weigh more; it is what both methods lower. */
export const rmse: ErrorMetric = {
  id: 'rmse',
  name: 'RMSE',
  words: 'Root of the mean square error: large errors weigh more.',
  ofSquares: true,
  of: ({ count, squares }) => Math.sqrt(squares / count),
};
