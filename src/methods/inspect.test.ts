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
import { observe, sideAfter, solveRow, withRow } from './inspect';
import type { MethodId } from './method';
import type { Run } from './run';

/** Not square, with gaps. */
const ratings = shopRatings(
  drawPicture({ kind: 'portrait', size: 32, seed: 1, rank: 1 }).slice(0, 20 * 32),
  20,
  32,
  'portrait',
  { knownShare: 0.6, noise: 0, seed: 1 },
);
const split = settle(holdOut(sourceOf(ratings, 20, 32), { kind: 'random', share: 0.1, seed: 1 }));
const config: RunConfig = {
  method: 'als',
  rank: 4,
  lambda: 0.3,
  regularisation: 'weighted',
  baseline: 'biases',
  learningRate: 0.03,
  initial: 'normal',
  initialNoise: 0.15,
  seed: 4,
  holdOutShare: 0.1,
};

const start = (method: MethodId): Run =>
  settle(atOnceOf(method).begin(pageKernels, ratings, split, { ...config, method }));

describe('a row that ALS solves', () => {
  test.each(['users', 'items'] as const)('comes out as the half-sweep makes it: %s', (side) => {
    const run = start('als');
    finish(run.advance(side === 'users' ? 2 : 1));
    const before = snapshotOf(run);
    expect(sideAfter(before)).toBe(side);
    finish(run.advance(1));
    const after = snapshotOf(run);
    let frame = before;
    const count = side === 'users' ? ratings.userCount : ratings.itemCount;
    for (let line = 0; line < count; line++) {
      const solved = solveRow(before, split, config, line);
      expect(solved.lineCount).toBe(count);
      const lines = side === 'users' ? split.byUser : split.byItem;
      expect(solved.known).toHaveLength(lines.start[line + 1] - lines.start[line]);
      // The system, times the new row, is its right-hand side.
      for (let i = 0; i < 4 && solved.known.length > 0; i++) {
        const product = solved.newRow.reduce((sum, value, j) => sum + solved.system[i * 4 + j] * value, 0);
        expect(product).toBeCloseTo(solved.rightSide[i], 6);
      }
      frame = withRow(frame, solved);
    }
    const [rows, expected] =
      side === 'users' ? [frame.userFactors, after.userFactors] : [frame.itemFactors, after.itemFactors];
    for (const [i, value] of rows.entries()) expect(value).toBeCloseTo(expected[i], 3);
    expect(frame.step).toBe(before.step);
  });
});

test('an observation of B-SGD is the one that was learnt, and moves its own user and item only', () => {
  const run = start('sgd');
  finish(run.advance(7));
  for (let unit = 7; unit < 10; unit++) {
    const before = snapshotOf(run);
    const visit = run.visit?.(unit);
    if (!visit) throw new Error('no observation');
    finish(run.advance(1));
    const after = snapshotOf(run);
    const observed = observe(before, after, visit);
    expect(observed.unit).toBe(unit);
    const known = ratings.users.findIndex((x, j) => x === visit.user && ratings.items[j] === visit.item);
    expect(visit.value).toBe(ratings.values[known]);
    const moved = (from: Float32Array, to: Float32Array, rank: number) => [
      ...new Set([...from.keys()].filter((i) => from[i] !== to[i]).map((i) => Math.floor(i / rank))),
    ];
    expect(moved(before.userFactors, after.userFactors, 4)).toEqual([visit.user]);
    expect(moved(before.itemFactors, after.itemFactors, 4)).toEqual([visit.item]);
    expect(moved(before.userBias, after.userBias, 1)).toEqual([visit.user]);
    // b_x += γ(ε − λb_x), in rating units.
    const [b, c] = observed.userBias;
    const { learningRate: rate } = config;
    expect(c - b).toBeCloseTo(rate * (observed.error - (config.lambda / 64) * b), 3);
  }
  // So does who was told the order, and not the run.
  const { trainingCount, byUser } = split;
  for (const unit of [0, 9, trainingCount - 1, trainingCount + 4]) {
    const order = atOnceOf('sgd').orderOf?.(config, trainingCount, Math.floor(unit / trainingCount));
    const place = order?.[unit % trainingCount] ?? -1;
    const visit = run.visit?.(unit);
    expect([byUser.other[place], byUser.value[place]]).toEqual([visit?.item, visit?.value]);
    expect(byUser.start.findLastIndex((start) => start <= place)).toBe(visit?.user);
  }
  // Looking at another epoch's order does not disturb the run.
  const other = start('sgd');
  finish(other.advance(10));
  other.visit?.(3 * other.unitsPerStep);
  finish(other.advance(5));
  finish(run.advance(5));
  expect(snapshotOf(other)).toEqual(snapshotOf(run));
});
