import { expect, test } from 'vitest';
import { oneOfEach, stepName, unitName } from './words';

test('one step of each method that races, and one of their smallest units', () => {
  expect(oneOfEach(['als', 'sgd'], stepName)).toBe('one iteration and one epoch');
  expect(oneOfEach(['als', 'sgd'], unitName)).toBe('one half-sweep and one rating');
  expect(oneOfEach(['als', 'sgd'], () => 'iteration')).toBe('one iteration');
});
