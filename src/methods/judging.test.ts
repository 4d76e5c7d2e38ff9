import { describe, expect, test } from 'vitest';
import { rankItems } from '../kernels/ranking';
import { listMetrics } from '../metrics';
import { holdOut } from '../ratings/hold-out';
import { sourceOf } from '../ratings/lines';
import { seededRandom } from '../ratings/random';
import { settle } from '../ratings/sliced';
import { judge, judgingOf, leastLiked, listReferences, scoringBy, scoringOf } from './judging';

const scale = { min: 1, max: 5, step: 1 };
const options = { size: 4, likedFrom: 0.75, mostUsers: 1000, seed: 1 };
const random = seededRandom(9);
const [userCount, itemCount, rank] = [40, 60, 3];
const rows = Array.from({ length: userCount }, (_, x) =>
  [...Array(itemCount).keys()]
    .filter(() => random.uniform() < 0.25)
    .map((y) => [x, y, 1 + random.below(5)] as const),
).flat();
const split = settle(
  holdOut(
    sourceOf(
      {
        users: Uint32Array.from(rows, ([x]) => x),
        items: Uint32Array.from(rows, ([, y]) => y),
        values: Float32Array.from(rows, ([, , r]) => r),
      },
      userCount,
      itemCount,
    ),
    { kind: 'random', share: 0.3, seed: 2 },
  ),
);
const normals = (length: number) => Float32Array.from({ length }, () => random.normal());
const model = {
  ...{ rank, itemBias: normals(itemCount) },
  ...{ userFactors: normals(userCount * rank), itemFactors: normals(itemCount * rank) },
};

/** All metrics once more, in another way: every candidate's place by counting those that come before it. */
function independent(size: number, least: number, order: readonly number[]) {
  const has = (lines: typeof split.byUser, x: number) =>
    new Map(
      Array.from({ length: lines.start[x + 1] - lines.start[x] }, (_, i) => {
        const p = lines.start[x] + i;
        return [lines.other[p], lines.value[p]];
      }),
    );
  const counts = [...Array(itemCount).keys()].map(
    (y) => [...Array(userCount).keys()].filter((x) => has(split.byUser, x).has(y)).length,
  );
  const recommended = new Set<number>();
  const sums: Record<string, number> = {
    ndcg: 0,
    recall: 0,
    precision: 0,
    mrr: 0,
    hitRate: 0,
    meanPopularity: 0,
  };
  let users = 0;
  for (let x = 0; x < userCount; x++) {
    const seen = has(split.byUser, x);
    const liked = new Set([...has(split.validation, x)].filter(([, r]) => r >= least).map(([y]) => y));
    if (liked.size === 0) continue;
    users++;
    const candidates = [...Array(itemCount).keys()].filter((y) => !seen.has(y));
    const score = (y: number) => {
      let sum = model.itemBias[y];
      for (let f = 0; f < rank; f++) sum += model.userFactors[x * rank + f] * model.itemFactors[y * rank + f];
      return sum;
    };
    const comesBefore = (a: number, b: number) =>
      score(a) > score(b) || (score(a) === score(b) && order.indexOf(a) < order.indexOf(b));
    const place = (y: number) => 1 + candidates.filter((other) => comesBefore(other, y)).length;
    const top = candidates.filter((y) => place(y) <= size);
    const hits = top.filter((y) => liked.has(y));
    for (const y of top) recommended.add(y);
    const gain = (places: number[]) => places.reduce((sum, one) => sum + Math.LN2 / Math.log(one + 1), 0);
    const ideal = Array.from({ length: Math.min(size, liked.size) }, (_, i) => i + 1);
    sums.ndcg += gain(hits.map(place)) / gain(ideal);
    sums.recall += hits.length / liked.size;
    sums.precision += hits.length / size;
    sums.mrr += 1 / Math.min(...[...liked].map(place));
    sums.hitRate += hits.length > 0 ? 1 : 0;
    sums.meanPopularity += top.reduce((sum, y) => sum + counts[y], 0) / top.length;
  }
  const means = Object.entries(sums).map(([id, sum]) => [id, sum / users] as const);
  return Object.fromEntries([...means, ['catalogueCoverage', recommended.size / itemCount]]);
}

describe('what a model recommends', () => {
  test.each([1, 4, 100])('is judged as an independent page has it, with lists of %i', (size) => {
    const judging = judgingOf(split, scale, { ...options, size });
    if (!judging) throw new Error('nobody likes anything');
    const judged = judge(rankItems, scoringOf(model, judging.users), judging);
    const expected = independent(size, leastLiked(scale, 0.75), [...judging.task.order]);
    expect(Object.keys(expected).toSorted()).toEqual(listMetrics.map(({ id }) => id).toSorted());
    for (const [id, value] of Object.entries(expected)) expect(judged[id].value).toBeCloseTo(value, 10);
  });

  test('is judged by users who like something; of too many, a part is drawn, by the seed alone', () => {
    const all = judgingOf(split, scale, options);
    const some = judgingOf(split, scale, { ...options, mostUsers: 5 });
    const again = judgingOf(split, scale, { ...options, mostUsers: 5 });
    const other = judgingOf(split, scale, { ...options, mostUsers: 5, seed: 2 });
    const likers = [...Array(userCount).keys()].filter((x) => {
      const { start, value } = split.validation;
      return value.subarray(start[x], start[x + 1]).some((r) => r >= 4);
    });
    expect([...(all?.users ?? [])]).toEqual(likers);
    expect(some).toMatchObject({ among: likers.length });
    expect(some?.users).toHaveLength(5);
    expect(again).toEqual(some);
    expect(other?.users).not.toEqual(some?.users);
  });

  test('counts as liked by the scale, whatever its units are', () => {
    expect(leastLiked({ min: 0.5, max: 5, step: 0.5 }, 0.75)).toBeCloseTo(3.875, 6);
    expect(leastLiked({ min: 20, max: 100, step: 20 }, 0.75)).toBeCloseTo(80, 6);
    expect(leastLiked({ min: 1, max: 5, step: 1 }, 1)).toBeLessThan(5);
    expect(
      judgingOf({ ...split, validation: split.byUser }, scale, { ...options, likedFrom: 0 })?.among,
    ).toBe(40);
    expect(judgingOf(split, { ...scale, max: 9 }, { ...options, likedFrom: 1 })).toBeNull();
  });

  test('has references, of which the most popular has the highest popularity that there can be', () => {
    const judging = judgingOf(split, scale, options);
    if (!judging) throw new Error('nobody likes anything');
    const [popular, ...others] = listReferences(split).map(({ itemBias }) =>
      judge(rankItems, scoringBy(itemBias), judging),
    );
    const factors = judge(rankItems, scoringOf(model, judging.users), judging);
    for (const other of [...others, factors])
      expect(other.meanPopularity.value).toBeLessThan(popular.meanPopularity.value);
  });
});
