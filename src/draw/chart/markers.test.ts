import { expect, test } from 'vitest';
import { methods } from '../../methods';
import { markerOf } from './markers';

test('no two methods have the same marker', () => {
  expect(new Set(methods.map(({ id }) => markerOf(id))).size).toBe(methods.length);
});
