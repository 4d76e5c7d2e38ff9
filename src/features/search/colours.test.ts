import { expect, test } from 'vitest';
import { coloursFor } from '../../draw/theme';
import { goodness, groundAndInk, spanOf } from './colours';

const cells = (...means: (number | null)[]) =>
  means.map((mean, cell) => ({ cell, mean, parts: 1, error: null, isDiverged: mean === null }));

test('a cell that is far worse than most, or diverged, leaves the others apart', () => {
  expect(spanOf(cells(1, 1.1, 1.2, 1e6, null))).toEqual({ low: 1, high: 1.4 });
  expect(spanOf(cells(1, 1.1, 1.15))).toEqual({ low: 1, high: 1.15 });
  expect(spanOf(cells(null, null))).toBeNull();
  const span = { low: 1, high: 1.4 };
  expect([1, 1.2, 1e6].map((mean) => Number(goodness(span, mean).toFixed(6)))).toEqual([1, 0.5, 0]);
});

test('what is written on a colour can be read: 4.5 to 1 at least', () => {
  const { table } = coloursFor('viridis', false);
  const luminanceOf = (colour: string) => {
    const [r, g, b] = (colour.match(/\d+/g) ?? []).map((value) => {
      const linear = Number(value) / 255;
      return linear <= 0.04045 ? linear / 12.92 : ((linear + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  for (let i = 0; i <= 100; i++) {
    const { ground, ink } = groundAndInk(table, i / 100);
    const [one, other] = [luminanceOf(ground), ink === '#000' ? 0 : 1];
    expect((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)).toBeGreaterThan(4.5);
  }
});
