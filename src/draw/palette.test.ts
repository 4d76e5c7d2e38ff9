import { expect, test } from 'vitest';
import { crispSide } from './cell-image';
import { aroundZeroFor, colourTable, palettes, rgbOf, wordOf } from './palette';

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

test('zero is as light or as dark as the page is, blue lies below it and red above', () => {
  const brightness = (word: number) => Math.max(...rgbOf(word));
  const [light, dark] = [false, true].map(aroundZeroFor);
  expect(brightness(light[128])).toBeGreaterThan(230);
  expect(brightness(dark[128])).toBeLessThan(40);
  for (const table of [light, dark])
    for (const [at, stronger] of [
      [64, 2],
      [192, 0],
    ])
      expect(rgbOf(table[at])[stronger]).toBe(brightness(table[at]));
  // The farther from zero, the less like the page.
  for (let i = 129; i < 256; i++) expect(rgbOf(dark[i])[0]).toBeGreaterThanOrEqual(rgbOf(dark[i - 1])[0]);
});

test('cells take whole pixels where that fills the room', () => {
  expect([crispSide(300, 330), crispSide(300, 660), crispSide(300, 500), crispSide(512, 300)]).toEqual([
    300, 600, 500, 300,
  ]);
});
