import { describe, expect, test } from 'vitest';
import { pictureDefaults, raceSettings } from '../../settings/race';
import { searchDefaults } from '../../settings/search';
import {
  fixedBy,
  isSound,
  planOf,
  proposed,
  type Recipe,
  settingsAt,
  simplerFirst,
  valuesOf,
  valuesTyped,
} from './recipe';

const recipe: Recipe = {
  ...searchDefaults,
  axes: [
    { name: 'rank', values: [2, 4] },
    { name: 'lambda', values: [0.1, 0.2, 0.4] },
  ],
  fixed: null,
};

test('cells go through the last setting first', () => {
  expect(planOf(recipe)).toEqual({ strategy: 'grid', parts: 5, cells: 6 });
  expect([0, 2, 3].map((cell) => valuesOf(recipe, cell))).toEqual([
    { rank: 2, lambda: 0.1 },
    { rank: 2, lambda: 0.4 },
    { rank: 4, lambda: 0.1 },
  ]);
});

test('what is not searched stays as it was when the search began', () => {
  const begun = fixedBy(recipe, { ...pictureDefaults, iterations: 7 });
  expect(begun.fixed).toMatchObject({ iterations: 7, baseline: 'none', seed: 1 });
  expect(begun.fixed).not.toHaveProperty('rank');
  expect(settingsAt(begun, 5, { ...pictureDefaults, iterations: 9, lambda: 3 })).toMatchObject({
    ...{ rank: 4, lambda: 0.4, iterations: 7 },
  });
});

test('fewer factors are simpler, then more λ', () => {
  expect([0, 1, 2, 3, 4, 5].toSorted(simplerFirst(recipe))).toEqual([2, 1, 0, 5, 4, 3]);
});

test('a number is tried around what it is set to, within its bounds', () => {
  expect(proposed('lambda', { ...pictureDefaults, lambda: 0.12 })).toEqual([
    0.015, 0.03, 0.06, 0.12, 0.24, 0.48,
  ]);
  expect(proposed('rank', { ...pictureDefaults, rank: 64 })).toEqual([8, 16, 32, 64, 128]);
  expect(proposed('lambda', { ...pictureDefaults, lambda: 0 })).toEqual([0, 250, 500, 750, 1000]);
  expect(proposed('baseline', pictureDefaults)).toEqual(['none', 'mean', 'biases']);
});

describe('numbers that are typed', () => {
  const { rank, lambda, initialNoise } = raceSettings;

  test('are taken with blanks or commas between them, each once and in their order', () => {
    expect(valuesTyped(rank, '64, 2 4; 4')).toEqual({ values: [2, 4, 64] });
    expect(valuesTyped(lambda, '1e-2 .1')).toEqual({ values: [0.01, 0.1] });
  });

  test('are as they are shown: per cent are shares', () => {
    expect(valuesTyped(initialNoise, '1 15')).toEqual({ values: [0.01, 0.15] });
  });

  test('are refused with a reason', () => {
    expect(valuesTyped(rank, '2 4 500')).toEqual({ words: '500 is too much: 128 is the most.' });
    expect(valuesTyped(rank, '2 some')).toEqual({ words: '“some” is not a number.' });
    expect(valuesTyped(rank, '2')).toEqual({ words: 'At least two numbers, with blanks between them.' });
  });
});

test('a recipe is sound where all of it can be set, and it is not too large', () => {
  expect(isSound(recipe)).toBe(true);
  const tried = (name: Recipe['axes'][number]['name'], ...values: number[]) => ({
    ...recipe,
    axes: [{ name, values }],
  });
  expect(isSound(tried('rank', 0, 4))).toBe(false);
  expect(isSound(tried('rank', 4, 4))).toBe(false);
  expect(isSound(tried('rank', 4))).toBe(false);
  expect(isSound(tried('learningRate', 0.1, 0.2))).toBe(false);
  expect(isSound({ ...recipe, axes: [] })).toBe(false);
  expect(isSound({ ...recipe, axes: [...recipe.axes, recipe.axes[0]] })).toBe(false);
  expect(isSound({ ...recipe, fixed: { iterations: 1000 } })).toBe(false);
  expect(isSound({ ...recipe, fixed: { size: 40 } })).toBe(false);
});
