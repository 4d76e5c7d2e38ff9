import { expect, test } from 'vitest';
import { modelOf, triplesOf } from './fixtures/golden';
import { objective, squaredError } from './rmse';

/** Two users, three items, rank 1: U = (1, 2), P = (1, 3, 5). */
function small() {
  const model = modelOf(2, 3, 1);
  model.userFactors.set([1, 2]);
  model.itemFactors.set([1, 3, 5]);
  return model;
}

test('squares every error, computed by hand', () => {
  const model = small();
  model.mean = 0.5;
  model.userBias.set([0, 1]);
  model.itemBias.set([0, 0, -2]);
  const ratings = triplesOf([
    [0, 1, 4], // 0.5 + 0 + 0 + 1·3 = 3.5: error 0.5
    [1, 2, 7], // 0.5 + 1 − 2 + 2·5 = 9.5: error −2.5
  ]);
  expect(squaredError(model, ratings, 0, 2)).toBe(6.5);
  expect(squaredError(model, ratings, 1, 2)).toBe(6.25);
  expect(squaredError(model, ratings, 1, 1)).toBe(0);
});

test('the objective adds the penalty, plain or weighted by counts, computed by hand', () => {
  // ‖U‖² = 1 + 4, ‖P‖² = 1 + 9 + 25; weighted: 3·1 + 1·4 and 2·1 + 1·9 + 1·25.
  expect(objective(10, small(), [3, 1], [2, 1, 1], 0.5, 'plain')).toBe(10 + 0.5 * 40);
  expect(objective(10, small(), [3, 1], [2, 1, 1], 0.5, 'weighted')).toBe(10 + 0.5 * 43);
});
