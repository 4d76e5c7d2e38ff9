import { expect, test } from 'vitest';
import { productWords, sumWords } from './breakdown';

test('products are printed by weight, the others as one, and add up as printed', () => {
  const user = Float64Array.of(1, -2, 0.5, 0.1, 3);
  const item = Float64Array.of(0.2, 0.5, 0.04, 1, 0.111);
  expect(productWords(user, item)).toBe(
    'U·P = −0.347 = −1.000 (factor 2) + 0.333 (factor 5) + 0.200 (factor 1) + 0.120 (2 others)',
  );
  expect(productWords(Float64Array.of(2), Float64Array.of(0.5))).toBe('U·P = 1.000 = 1.000 (factor 1)');
});

test('the prediction is the sum of its terms, each by its letter; of a model without a baseline, of one', () => {
  const terms = { mean: 3.5, userBias: 0.204, itemBias: -0.1, product: 0.012, prediction: 3.616 };
  expect(sumWords(terms)).toBe('r̂ = μ + bₓ + bᵧ + U·P = 3.500 + 0.204 − 0.100 + 0.012 = 3.616');
  const alone = { mean: 0, userBias: 0, itemBias: 0, product: 12.34, prediction: 12.34 };
  expect(sumWords(alone)).toBe('r̂ = U·P = 12.34');
});
