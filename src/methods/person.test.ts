import { describe, expect, test } from 'vitest';
import { pageKernels } from '../kernels/page-kernels';
import { holdOut } from '../ratings/hold-out';
import { sourceOf } from '../ratings/lines';
import { seededRandom } from '../ratings/random';
import { settle } from '../ratings/sliced';
import { atOnceOf, raceMethodIds } from '.';
import type { RunConfig } from './config';
import { finish, snapshotOf } from './fixtures/finish';
import { type FoldedIn, foldIns } from './person';
import type { Snapshot } from './snapshot';

/** 12 users and 9 items, about half of the cells known, on bytes: the unit of B-SGD is not 1 there. */
const scale = { min: 0, max: 255, step: 1 };
const { uniform } = seededRandom(3);
const cells = Array.from({ length: 12 * 9 }, (_, i) => i).filter(() => uniform() < 0.5);
const ratings = {
  users: Uint32Array.from(cells, (i) => Math.floor(i / 9)),
  items: Uint32Array.from(cells, (i) => i % 9),
  values: Float32Array.from(cells, () => Math.floor(256 * uniform())),
};
const split = settle(holdOut(sourceOf(ratings, 12, 9), { kind: 'random', share: 0, seed: 1 }));

const configOf = (method: string, change: Partial<RunConfig> = {}): RunConfig => ({
  ...{ method, rank: 3, lambda: 40, regularisation: 'plain', baseline: 'biases', learningRate: 0.02 },
  ...{ initial: 'normal', initialNoise: 0.15, seed: 4, holdOutShare: 0 },
  ...change,
  ...atOnceOf(method).fixed,
});

/** A run after so many units, and whom it folds in from what a user has rated. */
function folded(config: RunConfig, units: number, user: number): { frame: Snapshot; row: FoldedIn } {
  const { begin, foldsIn } = atOnceOf(config.method);
  const run = settle(begin(pageKernels, { userCount: 12, itemCount: 9, scale }, split, config));
  finish(run.advance(units));
  const frame = snapshotOf(run);
  const [from, to] = [split.byUser.start[user], split.byUser.start[user + 1]];
  const items = split.byUser.other.slice(from, to);
  return {
    frame,
    row: foldIns[foldsIn](frame, config, scale, {
      items,
      values: Float32Array.from(split.byUser.value.slice(from, to)),
    }),
  };
}

const productOf = ({ rank, itemFactors }: Snapshot, { factors }: FoldedIn, item: number) =>
  factors.reduce((sum, value, f) => sum + value * itemFactors[item * rank + f], 0);
const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

describe.each(raceMethodIds)('%s', (method) => {
  test('what is owed to each rating adds up to what the factors say, of every item', () => {
    const { frame, row } = folded(configOf(method), method === 'sgd' ? 3 * split.trainingCount : 3, 2);
    for (let item = 0; item < 9; item++) {
      const product = productOf(frame, row, item);
      expect(Math.abs(sumOf(row.owedTo(item)) - product)).toBeLessThan(1e-3);
    }
    expect(Math.max(...row.factors.map(Math.abs))).toBeGreaterThan(0.1);
  });

  test('who has rated nothing has no row, and nobody owes anything', () => {
    const { frame } = folded(configOf(method), 2, 0);
    const none = { items: new Uint32Array(0), values: new Float32Array(0) };
    const row = foldIns[atOnceOf(method).foldsIn](frame, configOf(method), scale, none);
    expect([row.bias, ...row.factors]).toEqual([0, 0, 0, 0]);
    expect(row.owedTo(1)).toHaveLength(0);
  });
});

describe.each(raceMethodIds.filter((id) => atOnceOf(id).sweeps))('%s', (method) => {
  test.each([
    ['plain', 'biases'],
    ['weighted', 'mean'],
    ['weighted', 'none'],
  ] as const)(
    '%s λ on what %s leave: it is the row that the half-sweep has solved',
    (regularisation, baseline) => {
      for (const user of [0, 5, 11]) {
        const lambda = regularisation === 'plain' ? 40 : 4;
        const { frame, row } = folded(configOf(method, { regularisation, baseline, lambda }), 5, user);
        const size = Math.max(...row.factors.map(Math.abs));
        for (let f = 0; f < 3; f++)
          expect(Math.abs(row.factors[f] - frame.userFactors[3 * user + f])).toBeLessThan(1e-4 * size);
        expect(row.bias).toBeCloseTo(frame.userBias[user], 3);
      }
    },
  );
});

test('B-SGD visits the ratings as often as it has begun an epoch, with γ and λ in its own unit', () => {
  const { frame } = folded(configOf('sgd'), 1, 0);
  const foldIn = foldIns.visits;
  const known = { items: Uint32Array.of(4), values: Float32Array.of(200) };
  // A byte scale has units of 64, and a star of 64: ε is in units, the bias moves by γε, the factors by γεP.
  const one = foldIn(frame, configOf('sgd', { lambda: 0 }), scale, known);
  const error = 200 - frame.mean - frame.itemBias[4];
  expect(one.bias).toBeCloseTo(0.02 * error, 3);
  for (let f = 0; f < 3; f++)
    expect(one.factors[f]).toBeCloseTo(0.02 * (error / 64) * frame.itemFactors[12 + f], 4);
  expect(foldIn({ ...frame, step: 0 }, configOf('sgd'), scale, known).bias).toBe(0);
  expect(foldIn({ ...frame, step: 7 }, configOf('sgd'), scale, known).bias).toBeGreaterThan(one.bias);
});
