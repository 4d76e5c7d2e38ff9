import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Kernels } from '../kernels/kernels';
import { pageKernels } from '../kernels/page-kernels';
import { scratchBytes, simdKernels } from '../kernels/simd/simd-kernels';
import { valueAt } from '../metrics/moment';
import { rmse } from '../metrics/rmse';
import { gatherByUser } from '../ratings/gather';
import { holdOut, placedSplit, type Split } from '../ratings/hold-out';
import { sourceOf } from '../ratings/lines';
import { drawPicture } from '../ratings/pictures/pictures';
import { shopRatings } from '../ratings/pictures/shop';
import { seededRandom } from '../ratings/random';
import type { RatingSet } from '../ratings/rating-set';
import { settle } from '../ratings/sliced';
import { atOnceOf } from '.';
import { type Change, noPast, type Past } from './changes';
import type { RunConfig } from './config';
import { type Run, trainingRmse } from './run';
import type { Snapshot } from './snapshot';
import { blockedFrom, blockedVisits, visitAt } from './visits';
import { perform, type Result, type Work } from './work';

const module = new WebAssembly.Module(
  readFileSync(new URL('../kernels/simd/wasm/shared.wasm', import.meta.url)),
);
const config: RunConfig = {
  method: 'als',
  rank: 10,
  lambda: 0.05,
  regularisation: 'weighted',
  baseline: 'biases',
  learningRate: 0.02,
  initial: 'normal',
  initialNoise: 0.1,
  seed: 4,
  holdOutShare: 0.1,
};

/** So many kernels over one shared memory, each with a scratch of its own; the first one's arrays are the run's. */
function crew(workers: number, megabytes: number): Kernels[] {
  const pages = 16 * (megabytes + 1);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const space = { memory, from: 8 * scratchBytes, to: memory.buffer.byteLength };
  return Array.from({ length: workers }, (_, w) => simdKernels(module, space, (w + 1) * scratchBytes));
}

/** Does the pieces of every batch in a random order, each by another of the workers. */
function finish<T>(work: Work<T>, workers: Kernels[]): T {
  const random = seededRandom(workers.length);
  for (let results: Result[] = []; ; ) {
    const batch = work.next(results);
    if (batch.done) return batch.value;
    const left = [...batch.value.entries()];
    results = [];
    for (let turn = 0; left.length > 0; turn++) {
      const [[i, piece]] = left.splice(workers.length > 1 ? random.below(left.length) : 0, 1);
      results[i] = perform(workers[turn % workers.length], piece);
    }
  }
}

/** What a run is now. */
const seenAt = (run: Run, workers: Kernels[]): Snapshot => run.copy(finish(run.measure(0), workers));

const small = shopRatings(drawPicture({ kind: 'portrait', size: 64, seed: 1, rank: 1 }), 64, 64, 'portrait', {
  knownShare: 1,
  noise: 0,
  seed: 1,
});

/** More ratings than B-SGD shuffles: 1000 × 900, about two thirds known, in half-stars with long tails. */
function large(): RatingSet {
  const random = seededRandom(9);
  const [userCount, itemCount] = [1000, 900];
  const users: number[] = [];
  const items: number[] = [];
  for (let x = 0; x < userCount; x++)
    for (let y = 0; y < itemCount; y++) {
      if (random.uniform() > 1.2 / (1 + (x + y) / 1500)) continue;
      users.push(x);
      items.push(y);
    }
  const taste = Float32Array.from({ length: userCount + itemCount }, () => random.normal());
  const values = Float32Array.from(users, (x, j) =>
    Math.min(5, Math.max(0.5, Math.round(2 * (3.5 + taste[x] * taste[userCount + items[j]])) / 2)),
  );
  return {
    name: 'large',
    userCount,
    itemCount,
    ratingCount: users.length,
    users: Uint32Array.from(users),
    items: Uint32Array.from(items),
    values,
    times: null,
    userIds: null,
    itemIds: null,
    scale: { min: 0.5, max: 5, step: 0.5 },
  };
}

const largeRatings = large();
const divided = (ratings: RatingSet, share: number) =>
  settle(
    holdOut(sourceOf(ratings, ratings.userCount, ratings.itemCount), {
      kind: 'random',
      share: share,
      seed: 1,
    }),
  );
const largeSplit = divided(largeRatings, 0.1);

describe.each([
  ['ALS on a complete picture', small, divided(small, 0), { ...config, baseline: 'none', lambda: 2 }],
  ['ALS with gaps', small, divided(small, 0.3), { ...config, lambda: 2 }],
  ['ALS on a large file', largeRatings, largeSplit, config],
  [
    'non-negative ALS with gaps',
    small,
    divided(small, 0.3),
    { ...config, method: 'non-negative-als', baseline: 'none', initial: 'uniform', lambda: 2 },
  ],
  ['B-SGD on a picture', small, divided(small, 0.2), { ...config, method: 'sgd' }],
  ['implicit ALS on a large file', largeRatings, largeSplit, { ...config, method: 'implicit-als' }],
  ['B-SGD on a large file', largeRatings, largeSplit, { ...config, method: 'sgd' }],
] as [string, RatingSet, Split, RunConfig][])('%s', (_, ratings, split, how) => {
  const { begin } = atOnceOf(how.method);
  const resultOf = (workers: Kernels[], cut: (step: number) => number[]) => {
    const run = settle<Run>(begin(workers[0], ratings, placedSplit(split, workers[0].ratings), how));
    for (const units of cut(run.unitsPerStep)) finish(run.advance(units), workers);
    return seenAt(run, workers);
  };

  const whole = (step: number) => [2 * step];
  const pieces = (step: number) => [step >> 1, step, step - (step >> 1)];

  test('gives the same bits for 1, 2, 3 and 7 workers, however the work is cut', () => {
    const one = resultOf(crew(1, 48), whole);
    expect(one.step).toBe(2);
    for (const workers of [2, 3, 7]) expect(resultOf(crew(workers, 48), pieces)).toEqual(one);
  });

  /** A run with λ and γ changed on the way: all its changes, and what it was at some units and in the end. */
  const changing = (workers: Kernels[], cuts: (step: number) => number[]) => {
    const run = settle<Run>(begin(workers[0], ratings, placedSplit(split, workers[0].ratings), how));
    const first = seenAt(run, workers);
    const [half, end] = [Math.ceil(run.unitsPerStep / 2), 2 * run.unitsPerStep];
    const changeAt = [half, end - half];
    const changes: Change[] = [];
    const seen: Snapshot[] = [];
    const places = [...new Set([...cuts(run.unitsPerStep), ...changeAt, end])].sort((a, b) => a - b);
    for (const place of places) {
      finish(run.advance(place - run.unitsDone), workers);
      if (cuts(run.unitsPerStep).includes(place)) seen.push(seenAt(run, workers));
      if (changeAt.includes(place))
        changes.push(run.apply({ lambda: how.lambda * (2 + changes.length), learningRate: 0.01 }));
    }
    return { first, changes, seen, end, last: seenAt(run, workers) };
  };
  const restored = (workers: Kernels[], past: Past, units: number) => {
    const run = settle<Run>(begin(workers[0], ratings, placedSplit(split, workers[0].ratings), how, past));
    finish(run.advance(units - run.unitsDone), workers);
    return seenAt(run, workers);
  };
  const somewhere = (step: number) => [1, step + (step >> 1)];

  test('goes on from any snapshot as if it had never stopped, with 1 and 3 workers', () => {
    const { first, changes, seen, end, last } = changing(crew(1, 48), somewhere);
    expect(changes.map(({ unit }) => unit)).toHaveLength(2);
    expect(last).not.toEqual(resultOf(crew(1, 48), whole));
    for (const [i, from] of [first, ...seen].entries()) {
      const past = { changes, unit: 0, from, firstRmse: trainingRmse(first) };
      expect(restored(crew(i % 2 === 0 ? 1 : 3, 48), past, end)).toEqual(last);
    }
  });

  if (ratings === small)
    test('is what its configuration and its changes say, on the page too', () => {
      const { changes, end, last } = changing([pageKernels], () => []);
      expect(restored([pageKernels], { ...noPast, changes }, end)).toEqual(last);
    });

  test('agrees with the page', () => {
    const page = settle<Run>(begin(pageKernels, ratings, split, how));
    const simd = resultOf(crew(1, 48), whole);
    finish(page.advance(2 * page.unitsPerStep), [pageKernels]);
    const expected = seenAt(page, [pageKernels]);
    expect(trainingRmse(simd) / trainingRmse(expected)).toBeCloseTo(1, 4);
    const held = valueAt(expected, 'validation', rmse);
    if (held) expect((valueAt(simd, 'validation', rmse) ?? 0) / held).toBeCloseTo(1, 3);
  });
});

describe('the blocks of a large file', () => {
  const visits = settle(blockedVisits(pageKernels, largeSplit, 16, seededRandom(1)));
  const count = largeSplit.trainingCount;

  test('there are enough ratings for blocks', () => expect(count).toBeGreaterThanOrEqual(blockedFrom));

  test('hold every training rating once', () => {
    const byUser = settle(gatherByUser(sourceOf(visits.triples, 1000, 900)));
    for (const part of ['start', 'other', 'value'] as const)
      expect(Buffer.from(byUser[part].buffer).equals(Buffer.from(largeSplit.byUser[part].buffer))).toBe(true);
  });

  test('tell which rating stands at a position of the epoch', () => {
    visits.begin(seededRandom(5));
    const order = visits
      .batches(0, count)
      .flat()
      .flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i));
    for (const position of [0, 1, 1000, count >> 1, count - 1]) {
      const { user, item, value } = visitAt(visits, position);
      const { users, items, values } = visits.triples;
      const at = order[position];
      expect([user, item, value]).toEqual([users[at], items[at], values[at]]);
    }
  });

  test('share no user and no item within a batch, and cover an epoch however it is cut', () => {
    visits.begin(seededRandom(3));
    const whole = visits.batches(0, count);
    expect(whole.length).toBeGreaterThanOrEqual(8);
    for (const batch of whole) {
      for (const side of ['users', 'items'] as const) {
        const seen = new Int32Array(1000).fill(-1);
        for (const [b, [from, to]] of batch.entries())
          for (let p = from; p < to; p++) {
            const key = visits.triples[side][p];
            if (seen[key] >= 0 && seen[key] !== b) throw new Error(`${side} ${key} in two blocks of a batch`);
            seen[key] = b;
          }
      }
    }
    const cuts = [0, 1, 777, 123_456, 123_457, count - 1, count];
    const positions = (batches: typeof whole) =>
      batches.flat().flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i));
    const pieces = Uint32Array.from(cuts.slice(1).flatMap((to, i) => positions(visits.batches(cuts[i], to))));
    expect(Buffer.from(pieces.buffer).equals(Buffer.from(Uint32Array.from(positions(whole)).buffer))).toBe(
      true,
    );
    expect(new Set(pieces).size).toBe(count);
  });
});
