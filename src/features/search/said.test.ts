import { expect, test } from 'vitest';
import { pictureDefaults } from '../../settings/race';
import { searchDefaults } from '../../settings/search';
import { defaultsOf } from '../../settings/values';
import { linkOf, readLink } from '../../state/link/link';
import { lookSettings } from '../../state/looks';
import { fixedBy, type Recipe } from './recipe';
import { recipeIn, said } from './said';

const recipe: Recipe = fixedBy(
  {
    ...searchDefaults,
    ...{ method: 'sgd', strategy: 'halving', folds: 4, seeds: 2, metric: 'mae' },
    axes: [
      { name: 'learningRate', values: [0.01, 0.02] },
      { name: 'rank', values: [2, 4, 8] },
      { name: 'schedule', values: ['constant', 'step'] },
    ],
    fixed: null,
  },
  pictureDefaults,
);

test('a search comes back from its link as it was', () => {
  expect(recipeIn(said(recipe))).toEqual(recipe);
  const place = { window: null, orderBy: null, marks: [], search: said(recipe) };
  const link = linkOf({ kind: 'picture' }, pictureDefaults, defaultsOf(lookSettings), place);
  const { linked, problems } = readLink(link);
  expect(problems).toEqual([]);
  expect(recipeIn(linked?.search ?? '')).toEqual(recipe);
  expect(readLink('v=1&rank=3').linked).not.toHaveProperty('search');
});

test('what of a link cannot be followed is no search', () => {
  const values = Array.from({ length: 30 }, (_, i) => i + 1).join('+');
  for (const text of [
    '',
    'method=als',
    'method=als&rank=2',
    'method=als&rank=0+4',
    'method=als&rank=2+four',
    'method=als&rank=2+2',
    'method=als&learningRate=0.1+0.2',
    'method=nobody&rank=2+4',
    'method=als&rank=2+4&folds=1',
    'method=als&rank=2+4&iterations=9999',
    `method=als&rank=${values}`,
  ])
    expect([text, recipeIn(text)]).toEqual([text, null]);
  // Keys that nobody knows are left aside, as everywhere in links.
  const axes = [{ name: 'rank', values: [2, 4] }];
  expect(recipeIn('method=als&rank=2+4&size=40+50&__proto__=1+2')).toEqual({
    ...{ ...searchDefaults, axes, fixed: {} },
  });
});
