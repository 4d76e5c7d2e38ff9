import { expect, test } from 'vitest';
import { positionOf, valueAt } from '../features/settings/slider-position';
import { changed, fileDefaults, pictureDefaults, type RangeName, ranges } from './settings';

test('all defaults are within their bounds', () => {
  expect(changed(pictureDefaults, {})).toEqual(pictureDefaults);
  expect(changed(pictureDefaults, fileDefaults)).toMatchObject(fileDefaults);
});

test('what is out of bounds, not a number or unknown is refused', () => {
  for (const change of [
    { rank: 0 },
    { rank: 65 },
    { rank: 2.5 },
    { lambda: Number.NaN },
    { learningRate: Number.POSITIVE_INFINITY },
    { picture: 'other' as never },
    { more: 1 } as never,
  ]) {
    expect(changed(pictureDefaults, change)).toBeNull();
  }
});

test('every slider reaches both its ends, and moves with every step', () => {
  for (const name of Object.keys(ranges) as RangeName[]) {
    const range = ranges[name];
    expect(valueAt(range, positionOf(range, range.min))).toBe(range.min);
    expect(valueAt(range, positionOf(range, range.max))).toBe(range.max);
  }
  expect(valueAt(ranges.lambda, 50)).toBeCloseTo(0.32, 2);
});
