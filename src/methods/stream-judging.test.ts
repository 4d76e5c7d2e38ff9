import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noItem, rankItems } from '../kernels/ranking';
import { holdOut, type Split } from '../ratings/hold-out';
import { heapArrays, sourceOf, sourceOfLines, type Triples, visit } from '../ratings/lines';
import { seededRandom } from '../ratings/random';
import { settle } from '../ratings/sliced';
import { type Judging, judge, judgingOf, mostPopular, scoringBy, scoringOf } from './judging';
import { streamOf } from './stream';
import { judgingAlong } from './stream-judging';

const scale = { min: 1, max: 5, step: 1 };
const options = { size: 10, likedFrom: 0.75, mostUsers: 1000, seed: 1 };
const triplesOf = (rows: readonly (readonly [x: number, y: number, r: number])[]): Triples => ({
  users: Uint32Array.from(rows, ([x]) => x),
  items: Uint32Array.from(rows, ([, y]) => y),
  values: Float32Array.from(rows, ([, , r]) => r),
});
/** Ratings, of which the last so many are held out. */
function splitOf(
  rows: Parameters<typeof triplesOf>[0],
  heldOut: number,
  userCount: number,
  itemCount: number,
) {
  const source = sourceOf({ ...triplesOf(rows), testCount: heldOut }, userCount, itemCount);
  return settle(holdOut(source, { kind: 'test', share: 0, seed: 1 }));
}
const judgingThere = (judging: Judging | null): Judging => {
  if (!judging) throw new Error('nobody likes anything');
  return judging;
};

describe('a stream of two users and five items, in batches of two', () => {
  const arriving = [
    ...([
      [0, 0, 5],
      [1, 0, 4],
    ] as const),
    ...([
      [1, 3, 2],
      [0, 2, 3],
    ] as const),
    ...([
      [1, 4, 5],
      [0, 1, 1],
    ] as const),
  ] as const;
  /** User 0 likes item 3; user 1 item 1, and not item 2. */
  const heldOut = [
    [0, 3, 5],
    [1, 1, 4],
    [1, 2, 2],
  ] as const;
  const split = splitOf([...arriving, ...heldOut], 3, 2, 5);
  const still = { driftsFrom: 6, count: 6, drifting: new Uint8Array(2) };
  const along = judgingAlong(split, scale, { ratings: triplesOf(arriving), ...still }, options);

  /** What could be recommended to a user after a batch. */
  function candidates(x: number, batch: number): number[] {
    const { task } = judgingThere(along(2 * batch));
    const { top } = rankItems(scoringBy(new Float32Array(5)), task);
    return [...top.subarray(10 * x, 10 * x + 10)].filter((y) => y !== noItem).sort();
  }

  test('has as candidates all that the user has not rated in what has arrived', () => {
    expect(candidates(0, 1)).toEqual([1, 2, 3, 4]);
    expect(candidates(0, 3)).toEqual([3, 4]);
    expect(candidates(1, 1)).toEqual([1, 2, 3, 4]);
    expect(candidates(1, 2)).toEqual([1, 2, 4]);
    // Whoever looks back sees what was.
    expect(candidates(0, 1)).toEqual([1, 2, 3, 4]);
    expect(candidates(0, 0)).toEqual([0, 1, 2, 3, 4]);
  });

  test('knows how popular each item was by then, and recommends the most popular first', () => {
    const countsAt = (batch: number) => [...Array.from(judgingThere(along(2 * batch)).catalogue.counts)];
    expect([1, 3, 2].map(countsAt)).toEqual([
      [2, 0, 0, 0, 0],
      [2, 1, 1, 1, 1],
      [2, 0, 1, 1, 0],
    ]);
    const judging = judgingThere(along(4));
    const { top } = rankItems(scoringBy(mostPopular(judging.catalogue).itemBias), judging.task);
    // User 0 has rated items 0 and 2 by then, user 1 items 0 and 3.
    expect([top[0], top[10]]).toEqual([3, 2]);
  });

  test('is judged by what is held out as it is by then, where taste turns on the way', () => {
    const turning = { driftsFrom: 4, count: 6, drifting: Uint8Array.of(0, 1) };
    const turned = judgingAlong(split, scale, { ratings: triplesOf(arriving), ...turning }, options);
    const likes = (arrived: number) => {
      const { users, task } = judgingThere(turned(arrived));
      return Array.from(users, (x, i) => [
        x,
        ...task.liked.other.subarray(task.liked.start[i], task.liked.start[i + 1]),
      ]);
    };
    expect(likes(2)).toEqual([
      [0, 3],
      [1, 1],
    ]);
    expect(likes(4)).toEqual([
      [0, 3],
      [1, 2],
    ]);
  });

  test('is judged by nobody where nobody likes anything', () => {
    const none = judgingAlong(
      split,
      { ...scale, max: 9 },
      { ratings: triplesOf(arriving), ...still },
      {
        ...options,
        likedFrom: 1,
      },
    );
    expect(none(6)).toBeNull();
  });
});

/** The lines of users as rows. */
function rowsOf(lines: Split['byUser']) {
  const rows: (readonly [x: number, y: number, r: number])[] = [];
  const source = sourceOfLines(lines);
  visit(source, 0, source.ratingCount, (x, y, r) => rows.push([x, y, r]));
  return rows;
}

test('after any batch, and after the last, it is judged as a race on all that has arrived would be', () => {
  const [userCount, itemCount, rank] = [12, 15, 2];
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.nat(1000),
        size: fc.integer({ min: 1, max: 20 }),
        mostUsers: fc.integer({ min: 1, max: 12 }),
        order: fc.constantFrom('random' as const, 'user' as const),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      ({ seed, size, mostUsers, order, share }) => {
        const random = seededRandom(seed);
        const rows = [...Array(userCount * itemCount).keys()]
          .filter(() => random.uniform() < 0.4)
          .map((cell) => [Math.floor(cell / itemCount), cell % itemCount, 1 + random.below(5)] as const);
        const source = sourceOf(triplesOf(rows), userCount, itemCount);
        const split = settle(holdOut(source, { kind: 'random', share: 0.3, seed }));
        const config = { order, seed, drift: { users: 0, at: 0 } };
        const stream = settle(streamOf(split, scale, config, heapArrays));
        const asked = { size, mostUsers, seed, likedFrom: 0.5 };
        const along = judgingAlong(split, scale, stream, asked);
        const normals = (length: number) => Float32Array.from({ length }, () => random.normal());
        const model = {
          ...{ rank, itemBias: normals(itemCount) },
          ...{ userFactors: normals(userCount * rank), itemFactors: normals(itemCount * rank) },
        };
        const heldOut = rowsOf(split.validation);
        for (const arrived of [Math.round(share * stream.count), stream.count]) {
          const { users, items, values } = stream.ratings;
          const known = Array.from({ length: arrived }, (_, j) => [users[j], items[j], values[j]] as const);
          const there = splitOf([...known, ...heldOut], heldOut.length, userCount, itemCount);
          const raced = judgingOf(there, scale, asked);
          const streamed = along(arrived);
          expect(streamed?.users).toEqual(raced?.users);
          if (!raced || !streamed) continue;
          const judged = judge(rankItems, scoringOf(model, streamed.users), streamed);
          expect(judged).toEqual(judge(rankItems, scoringOf(model, raced.users), raced));
        }
      },
    ),
    { numRuns: 60, seed: 20261128 },
  );
});
