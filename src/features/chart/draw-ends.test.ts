import { expect, test } from 'vitest';
import { spread } from './draw-ends';

test('names keep apart, in the order of their curves, and stand where these end wherever they can', () => {
  expect(spread([10, 100, 50], 14, 200)).toEqual([10, 100, 50]);
  expect(spread([50, 52, 49], 14, 200)).toEqual([63, 77, 49]);
});

test('at the bottom they give way upwards', () => {
  expect(spread([198, 199, 200], 14, 200)).toEqual([172, 186, 200]);
  expect(spread([], 14, 200)).toEqual([]);
});
