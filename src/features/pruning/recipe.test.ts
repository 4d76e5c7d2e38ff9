import { expect, test } from 'vitest';
import { methodOf } from '../../methods';
import { pruningDefaults, pruningSettings } from '../../settings/pruning';
import { streamDefaults } from '../../settings/stream';
import {
  candidatesOf,
  fixedBy,
  isFollowed,
  isSound,
  type PruningRecipe,
  searchable,
  usualAxes,
} from './recipe';
import { recipeIn, said } from './said';

const usual = (method: string): PruningRecipe => ({
  ...pruningDefaults,
  ...{ method, axes: usualAxes(method, streamDefaults, 48_000), fixed: null },
});

test('every method that can be searched has a search to begin with, of at most sixteen candidates', () => {
  for (const method of Object.keys(pruningSettings.method.options)) {
    const recipe = usual(method);
    const candidates = candidatesOf(recipe, streamDefaults);
    expect([method, isSound(recipe)]).toEqual([method, true]);
    expect(candidates.length).toBeGreaterThanOrEqual(8);
    expect(candidates.length).toBeLessThanOrEqual(16);
    expect(new Set(candidates.map((one) => JSON.stringify(one))).size).toBe(candidates.length);
    expect(recipeIn(said(fixedBy(recipe, streamDefaults, 48_000)))).toEqual({
      ...fixedBy(recipe, streamDefaults, 48_000),
      axes: expect.arrayContaining([...recipe.axes]),
    });
  }
});

test('what is tried is a setting of the method, at least two values within its bounds', () => {
  const recipe = usual('sgd');
  const axes = (...values: number[]) => [{ name: 'rank' as const, values }];
  expect(isSound({ ...recipe, axes: axes(2, 4) })).toBe(true);
  expect(isSound({ ...recipe, axes: axes(2) })).toBe(false);
  expect(isSound({ ...recipe, axes: axes(2, 2) })).toBe(false);
  expect(isSound({ ...recipe, axes: axes(2, 400) })).toBe(false);
  expect(isSound({ ...recipe, axes: [] })).toBe(false);
  expect(isSound({ ...recipe, method: 'fold-in' })).toBe(false);
  expect(isSound({ ...recipe, fixed: { speed: 5 } })).toBe(false);
  const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const square = [...axes(...nine), { name: 'lambda' as const, values: nine }];
  expect(isSound({ ...recipe, axes: square })).toBe(false);
  expect(isSound({ ...recipe, axes: square, tried: 'drawn' })).toBe(true);
});

test('who is pruned is followed unasked only where that is cheap', () => {
  const [sgd, refit] = [usual('sgd'), usual('refit')];
  expect(isFollowed(sgd, 16, 48_000, 10)).toBe(true);
  expect(isFollowed(sgd, 16, 8_000_000, 10)).toBe(false);
  expect(isFollowed(refit, 16, 48_000, 10)).toBe(true);
  expect(isFollowed(refit, 16, 800_000, 10)).toBe(false);
  expect(isFollowed({ ...refit, follow: 'all' }, 16, 8_000_000, 10)).toBe(true);
  expect(isFollowed({ ...sgd, follow: 'none' }, 2, 10, 1)).toBe(false);
});

test('who says the same of everybody has nothing to be searched', () => {
  for (const method of ['mean', 'als']) expect(searchable(methodOf(method).id)).toEqual([]);
});
