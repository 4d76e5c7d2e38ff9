import { expect, test } from 'vitest';
import { linesOf, triplesOf } from '../kernels/fixtures/golden';
import { pageKernels } from '../kernels/page-kernels';
import { settle } from '../ratings/sliced';
import { referencesOf } from './references';

const lines = (rows: Parameters<typeof triplesOf>[0]) => linesOf(pageKernels, triplesOf(rows), 2, 2);

test('errors of the mean by hand: on what is held out, and where nothing is on what was learnt', () => {
  const { byUser, byItem } = lines([
    [0, 0, 5],
    [1, 1, 1],
  ]);
  const validation = lines([[0, 1, 2.5]]).byUser;
  const nothing = lines([]).byUser;
  const split = { byUser, byItem, trainingCount: 2 };
  const onTraining = settle(referencesOf({ ...split, validation: nothing, validationCount: 0 }));
  expect(onTraining.on).toBe('train');
  expect(onTraining.mean).toEqual({ count: 2, absolute: 4, squares: 8 });
  // With biases both come nearer to their rating.
  expect(onTraining.biases.absolute).toBeLessThan(4);
  const heldOut = settle(referencesOf({ ...split, validation, validationCount: 1 }));
  expect(heldOut.on).toBe('validation');
  expect(heldOut.mean).toEqual({ count: 1, absolute: 0.5, squares: 0.25 });
});
