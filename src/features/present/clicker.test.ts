import { expect, test } from 'vitest';
import { markAfter } from './clicker';

test('a clicker goes from mark to mark, and stays at the first and the last', () => {
  expect(markAfter('PageDown', 0, 3)).toBe(1);
  expect(markAfter('ArrowRight', 2, 3)).toBe(2);
  expect(markAfter('PageUp', 2, 3)).toBe(1);
  expect(markAfter('ArrowLeft', 0, 3)).toBe(0);
});

test('from a frame that is no mark it goes to the first, or back to the last', () => {
  expect(markAfter('PageDown', -1, 3)).toBe(0);
  expect(markAfter('PageUp', -1, 3)).toBe(2);
});

test('without marks, and by other keys, it goes nowhere: the keys mean what they always do', () => {
  for (const [key, count] of [
    ['PageDown', 0],
    ['Home', 3],
    ['toString', 3],
  ] as const)
    expect(markAfter(key, 0, count)).toBeNull();
});
