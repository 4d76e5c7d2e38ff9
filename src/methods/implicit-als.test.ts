import { describe, expect, test } from 'vitest';
import { bothKernels } from '../kernels/fixtures/golden';
import { rankItems } from '../kernels/ranking';
import { placedSplit, type Split } from '../ratings/hold-out';
import type { Lines } from '../ratings/lines';
import { settle } from '../ratings/sliced';
import { bundledSample } from '../sessions/fixtures/labs';
import { atOnceOf } from '.';
import { noPast, type Past } from './changes';
import type { RunConfig } from './config';
import { finish, snapshotOf } from './fixtures/finish';
import { judge, judgingOf, listReferences, scoringBy, scoringOf } from './judging';
import type { Snapshot } from './snapshot';

const config: RunConfig = {
  ...{ method: 'implicit-als', rank: 8, lambda: 0.12, regularisation: 'weighted', baseline: 'none' },
  ...{ learningRate: 0.02, initial: 'normal', initialNoise: 0.01, seed: 3, holdOutShare: 0.2, alpha: 2 },
};
const sample = bundledSample();
const { lineCount: userCount, otherCount: itemCount } = sample.split.byUser;
/** All ratings so many times as large. */
const times = (by: number): Split => {
  const of = (lines: Lines): Lines => ({ ...lines, value: lines.value.map((value) => by * value) });
  const { byUser, byItem, validation } = sample.split;
  return { ...sample.split, byUser: of(byUser), byItem: of(byItem), validation: of(validation) };
};
const { min, max, step } = sample.scale;

function learnt(halves: number, change: Partial<RunConfig> = {}, by = 1, past: Past = noPast): Snapshot {
  const [, simd] = bothKernels;
  const kernels = simd.fresh();
  const split = placedSplit(times(by), kernels.ratings);
  const on = { userCount, itemCount, scale: { min: by * min, max: by * max, step: by * step } };
  const run = settle(atOnceOf('implicit-als').begin(kernels, on, split, { ...config, ...change }, past));
  for (let i = run.unitsDone; i < halves; i++) {
    finish(run.advance(1));
    finish(run.measure(0));
    expect(run.diverged).toBeNull();
  }
  return snapshotOf(run);
}

describe('implicit ALS on the bundled sample', () => {
  test('ranks better than the most popular items, and predicts no ratings', () => {
    const { split, scale } = sample;
    const options = { size: 10, likedFrom: 0.75, mostUsers: 300, seed: 1 };
    const judging = judgingOf(split, scale, options);
    if (!judging) throw new Error('nobody likes anything');
    const ndcgOf = (model: Parameters<typeof judge>[1]) => judge(rankItems, model, judging).ndcg.value;
    const [popular] = listReferences(split);
    const frame = learnt(12, { alpha: 1, lambda: 0.4 });
    expect(ndcgOf(scoringOf(frame, judging.users))).toBeGreaterThan(ndcgOf(scoringBy(popular.itemBias)));
    expect(frame).toMatchObject({ mean: 0, step: 6 });
    expect(frame.userBias.every((bias) => bias === 0)).toBe(true);
  });

  test('goes on from a snapshot with the same bits', () => {
    const from = learnt(4);
    const whole = learnt(8);
    const resumed = learnt(8, {}, 1, { changes: [], unit: 4, from, firstRmse: null });
    expect(resumed.userFactors).toEqual(whole.userFactors);
    expect(resumed.itemFactors).toEqual(whole.itemFactors);
  });

  test('every setting changes what is learnt', () => {
    const usual = learnt(2).itemFactors;
    for (const change of [
      { alpha: 20 },
      { lambda: 1 },
      { regularisation: 'plain' as const },
      { seed: 4 },
      { initialNoise: 0.1 },
    ])
      expect(learnt(2, change).itemFactors).not.toEqual(usual);
    expect(learnt(2, { rank: 9 }).itemFactors).toHaveLength(9 * itemCount);
  });

  test('prefers the same where all ratings are four times as large, and λ with them', () => {
    const one = learnt(6);
    const four = learnt(6, { lambda: 4 * config.lambda }, 4);
    // A preference of 1 stands for four times as much.
    for (const i of [0, 5, 99]) expect(four.itemFactors[i] / one.itemFactors[i]).toBeCloseTo(2, 2);
  });
});
