import { expect, test } from 'vitest';
import { oneOfEach, stepName, stepWords, unitName } from './words';

test('steps are called what their method calls them: sweeps by wholes and halves, epochs with two digits', () => {
  expect([0, 7.5, 30].map((step) => stepWords('als', step))).toEqual([
    'iteration 0',
    'iteration 7.5',
    'iteration 30',
  ]);
  expect([0, 3.214].map((step) => stepWords('sgd', step))).toEqual(['epoch 0.00', 'epoch 3.21']);
});

test('one step of each method that races, and one of their smallest units', () => {
  expect(oneOfEach(['als', 'sgd'], stepName)).toBe('one iteration and one epoch');
  expect(oneOfEach(['als', 'sgd'], unitName)).toBe('one half-sweep and one rating');
  expect(oneOfEach(['als', 'sgd'], () => 'iteration')).toBe('one iteration');
});
