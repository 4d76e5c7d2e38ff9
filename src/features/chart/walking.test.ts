import { expect, test } from 'vitest';
import { walked } from './walking';

test('keys lead from place to place, and never beyond the first and the last', () => {
  expect(walked('ArrowRight', 3, 10)).toBe(4);
  expect(walked('ArrowUp', 9, 10)).toBe(9);
  expect(walked('ArrowLeft', 0, 10)).toBe(0);
  expect(walked('PageUp', 3, 100)).toBe(13);
  expect(walked('PageDown', 3, 100)).toBe(0);
  expect([walked('Home', 5, 10), walked('End', 5, 10)]).toEqual([0, 9]);
});

test('other keys, and a chart without places, lead nowhere', () => {
  for (const key of ['a', 'Tab', 'toString', 'Enter']) expect(walked(key, 3, 10)).toBeNull();
  expect(walked('End', 0, 0)).toBeNull();
});
