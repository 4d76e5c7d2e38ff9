import { expect, test } from 'vitest';
import { crispSide } from './cell-image';
import { colourTable, palettes, wordOf } from './palette';

test('every palette gives 256 opaque colours; viridis, the first, its own', () => {
  expect(palettes[0].id).toBe('viridis');
  for (const { colourAt } of palettes) {
    const table = colourTable(colourAt);
    expect(table.every((word) => word >>> 24 === 255)).toBe(true);
    expect(new Set(table).size).toBeGreaterThan(60);
  }
  expect(wordOf('#440154')).toBe(0xff540144);
  expect(wordOf('rgb(68, 1, 84)')).toBe(0xff540144);
});

test('cells take whole pixels where that fills the room', () => {
  expect([crispSide(300, 330), crispSide(300, 660), crispSide(300, 500), crispSide(512, 300)]).toEqual([
    300, 600, 500, 300,
  ]);
});
