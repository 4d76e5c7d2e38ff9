import { describe, expect, test } from 'vitest';
import { pageKernels } from '../kernels/page-kernels';
import { holdOut } from '../ratings/hold-out';
import { sourceOf } from '../ratings/lines';
import { drawPicture } from '../ratings/pictures/pictures';
import { shopRatings } from '../ratings/pictures/shop';
import { settle } from '../ratings/sliced';
import { atOnceOf } from '.';
import type { RunConfig } from './config';
import { finish, snapshotOf } from './fixtures/finish';
import { rateIn, type SgdSteps, usualSteps } from './schedules';
import type { Snapshot } from './snapshot';

test('γ by hand, after 0, 1, 2 and 5 epochs', () => {
  const rates = (steps: Partial<SgdSteps>) =>
    [0, 1, 2, 5].map((epoch) => Number(rateIn(epoch, 0.1, { ...usualSteps, ...steps }).toPrecision(12)));
  expect(rates({})).toEqual([0.1, 0.1, 0.1, 0.1]);
  expect(rates({ schedule: 'epoch', rateLoss: 0.5 })).toEqual([0.1, 0.05, 0.025, 0.003125]);
  expect(rates({ schedule: 'step', rateLoss: 0.5, rateEvery: 2 })).toEqual([0.1, 0.1, 0.05, 0.025]);
  expect(rates({ schedule: 'inverse', rateLoss: 0.5 })).toEqual([
    0.1,
    Number((0.1 / 1.5).toPrecision(12)),
    0.05,
    Number((0.1 / 3.5).toPrecision(12)),
  ]);
});

const ratings = shopRatings(
  drawPicture({ kind: 'portrait', size: 32, seed: 1, rank: 1 }).slice(0, 20 * 32),
  20,
  32,
  'portrait',
  { knownShare: 0.7, noise: 0, seed: 1 },
);
const split = settle(holdOut(sourceOf(ratings, 20, 32), { kind: 'random', share: 0.1, seed: 1 }));
const config: RunConfig = {
  ...{ method: 'sgd', rank: 4, lambda: 3, regularisation: 'weighted', baseline: 'none', learningRate: 0.02 },
  ...{ initial: 'normal', initialNoise: 0.15, seed: 4, holdOutShare: 0.1 },
};
const begin = (steps: Partial<SgdSteps>) =>
  settle(atOnceOf('sgd').begin(pageKernels, ratings, split, { ...config, ...steps }));
const learnt = (epochs: number, steps: Partial<SgdSteps>): Snapshot => {
  const run = begin(steps);
  finish(run.advance(epochs * run.unitsPerStep));
  return snapshotOf(run);
};
const rows = ({ userBias, userFactors, itemFactors }: Snapshot) => ({ userBias, userFactors, itemFactors });

describe('B-SGD', () => {
  test('goes as without a schedule until γ first goes down, and otherwise from then on', () => {
    const steps = { schedule: 'step', rateLoss: 0.5, rateEvery: 2 } as const;
    expect(rows(learnt(2, steps))).toEqual(rows(learnt(2, {})));
    expect(rows(learnt(3, steps))).not.toEqual(rows(learnt(3, {})));
  });

  test('goes in an epoch as with γ as the schedule has it there', () => {
    const run = begin({});
    finish(run.advance(run.unitsPerStep));
    run.apply({ lambda: 3, learningRate: 0.01 });
    finish(run.advance(run.unitsPerStep));
    expect(rows(learnt(2, { schedule: 'epoch', rateLoss: 0.5 }))).toEqual(rows(snapshotOf(run)));
  });

  test('is the same in pieces of any size, by any schedule', () => {
    for (const schedule of ['epoch', 'step', 'inverse'] as const) {
      const run = begin({ schedule, rateEvery: 1 });
      for (let left = 3 * run.unitsPerStep; left > 0; left -= 37) finish(run.advance(Math.min(37, left)));
      expect(rows(snapshotOf(run))).toEqual(rows(learnt(3, { schedule, rateEvery: 1 })));
    }
  });

  test('has γ and λ of biases and factors apart', () => {
    const usual = learnt(1, {});
    const onlyBiases = learnt(1, { factorRateTimes: 0 });
    const start = learnt(0, {});
    expect(onlyBiases.userFactors).toEqual(start.userFactors);
    expect(onlyBiases.userBias).not.toEqual(start.userBias);
    expect(learnt(1, { factorRateTimes: 2 }).userFactors).not.toEqual(usual.userFactors);
    const norm = ({ userBias }: Snapshot) => userBias.reduce((sum, b) => sum + b * b, 0);
    const free = norm(learnt(3, { biasLambdaTimes: 0 }));
    const held = norm(learnt(3, { biasLambdaTimes: 10 }));
    expect(norm(learnt(3, {}))).toBeLessThan(free);
    expect(held).toBeLessThan(norm(learnt(3, {})));
  });
});
