import { expect, test } from 'vitest';
import { linesOf, triplesOf } from '../kernels/fixtures/golden';
import { pageKernels } from '../kernels/page-kernels';
import { sumsOf } from '../metrics/tally';
import { settle } from '../ratings/sliced';
import { referencesOf } from './references';

const scale = { min: 1, max: 5, step: 1 };
const lines = (rows: Parameters<typeof triplesOf>[0]) => linesOf(pageKernels, triplesOf(rows), 2, 2);

test('errors of the mean by hand: on what is held out, and where nothing is on what was learnt', () => {
  const { byUser, byItem } = lines([
    [0, 0, 5],
    [1, 1, 1],
  ]);
  const validation = lines([[0, 1, 2.5]]).byUser;
  const nothing = lines([]).byUser;
  const split = { byUser, byItem, trainingCount: 2 };
  const onTraining = settle(referencesOf({ ...split, validation: nothing, validationCount: 0 }, scale));
  expect(onTraining.on).toBe('train');
  expect(sumsOf(onTraining.mean)).toEqual({ count: 2, absolute: 4, squares: 8 });
  // With biases both come nearer to their rating.
  expect(sumsOf(onTraining.biases).absolute).toBeLessThan(4);
  const heldOut = settle(referencesOf({ ...split, validation, validationCount: 1 }, scale));
  expect(heldOut.on).toBe('validation');
  expect(sumsOf(heldOut.mean)).toEqual({ count: 1, absolute: 0.5, squares: 0.25 });
});

test('whoever has no training rating is cold for the references too, and what they say is cut to the scale', () => {
  const { byUser, byItem } = lines([[0, 0, 5]]);
  const validation = lines([
    [0, 0, 4],
    [1, 0, 3],
    [0, 1, 2],
  ]).byUser;
  const split = { byUser, byItem, trainingCount: 1, validation, validationCount: 3 };
  const { mean, biases } = settle(referencesOf(split, { min: 1, max: 4, step: 1 }));
  const countIn = (cold: 'bias' | 'drop') => sumsOf(mean, { cold, clip: false }).count;
  expect([countIn('bias'), countIn('drop')]).toEqual([3, 1]);
  expect(sumsOf(mean, { cold: 'bias', clip: false })).toEqual({ count: 3, absolute: 6, squares: 14 });
  expect(sumsOf(mean, { cold: 'bias', clip: true })).toEqual({ count: 3, absolute: 3, squares: 5 });
  expect(sumsOf(biases, { cold: 'zero', clip: false }).absolute).toBe(1 + 3 + 2);
});
