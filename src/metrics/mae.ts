import type { ErrorMetric } from './metric';

/** Mean absolute error: Σ|ε| / n. Every point off counts alike, so a few bad misses do not hide many good guesses. */
export const mae: ErrorMetric = {
  id: 'mae',
  name: 'MAE',
  words: 'Mean absolute error: how far off a prediction is on average.',
  of: ({ count, absolute }) => absolute / count,
};
