import { expect, test } from 'vitest';
import { meanOf } from '../kernels/baseline';
import { pageKernels } from '../kernels/page-kernels';
import { emptyModel, fillInitialFactors } from './initial-factors';

/** Factors of 1000 users and as many items, as a run begins with them. */
function factorsOf(initial: 'normal' | 'uniform', { seed = 1, rank = 10, level = 0, padding = 0 } = {}) {
  const kernels = { ...pageKernels, rowLength: (k: number) => k + padding };
  const model = emptyModel(kernels, { userCount: 1000, itemCount: 1000 }, rank, 1);
  fillInitialFactors(model, { initial, initialNoise: 0.5, seed }, 2, level);
  return [...model.userFactors, ...model.itemFactors];
}

test('the same seed gives the same factors', () => {
  for (const initial of ['normal', 'uniform'] as const) {
    expect(factorsOf(initial, { seed: 7 })).toEqual(factorsOf(initial, { seed: 7 }));
    expect(factorsOf(initial, { seed: 8 })).not.toEqual(factorsOf(initial, { seed: 7 }));
  }
});

test('uniform factors lie in [0, top), around its middle, so that their products reach the level', () => {
  // Of 40 among ten factors: from 0 to 2√(40/10), so that ten products of 2 by 2 are 40.
  const factors = factorsOf('uniform', { level: 40 });
  expect(factors.every((value) => value >= 0 && value < 4)).toBe(true);
  expect(meanOf(factors)).toBeCloseTo(2, 1);
});

test('normal factors have mean 0 and standard deviation σ', () => {
  const factors = factorsOf('normal', { rank: 16 });
  expect(meanOf(factors)).toBeCloseTo(0, 1);
  expect(Math.sqrt(meanOf(factors.map((value) => value * value)))).toBeCloseTo(0.5, 1);
});

test('padding stays 0, and takes no number from the source', () => {
  const padded = factorsOf('normal', { rank: 3, padding: 1 });
  expect(padded.filter((_, i) => i % 4 === 3)).toEqual(Array(2000).fill(0));
  expect(padded.filter((_, i) => i % 4 < 3)).toEqual(factorsOf('normal', { rank: 3 }));
});
