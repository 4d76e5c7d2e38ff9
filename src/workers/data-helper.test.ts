import { expect, test } from 'vitest';
import { plainRows } from '../ratings/formats/plain-rows';
import { emptyOver, gatherByUser } from '../ratings/gather';
import { heapArrays, sourceOf } from '../ratings/lines';
import { type Sliced, settle } from '../ratings/sliced';
import { dataHelper } from './data-helper';
import { fakeWorker } from './fixtures/fake-worker';
import type { HelperApi } from './protocol';

const finish = async <T>(work: Sliced<T>) => settle(work);
const form = { roles: ['user', 'item', 'rating'], delimiter: ',' } as const;
const chunks = ['1,2,3\n4,5,6\n', '7,8,9\n', '1,1,1\nodd\n', '2,2,2\n'].map((text) =>
  new TextEncoder().encode(text),
);
const expected = chunks.map((bytes) => plainRows(bytes, form));

test('a helper reads what it has time for, and the reader the rest', async () => {
  const helper = fakeWorker<HelperApi>();
  const { read } = dataHelper(
    async (work) => settle(work),
    () => helper,
  );
  const all = Promise.all(chunks.map((bytes) => read(bytes, form)));
  expect(helper.called).toHaveLength(2);
  for (const wanted of expected.slice(0, 2)) (await helper.asked('read')).answer(wanted);
  expect(await all).toEqual(expected);
});

test('what a helper had when it was lost is read all the same, and so is what comes after', async () => {
  const helper = fakeWorker<HelperApi>();
  const { read } = dataHelper(
    async (work) => settle(work),
    () => helper,
  );
  const first = Promise.all(chunks.slice(0, 2).map((bytes) => read(bytes, form)));
  helper.die();
  expect(await first).toEqual(expected.slice(0, 2));
  expect(await Promise.all(chunks.map((bytes) => read(bytes, form)))).toEqual(expected);
  expect(helper.called).toHaveLength(2);
});

test('a helper orders what is much, and is not asked for little', async () => {
  const helper = fakeWorker<HelperApi>();
  const { places } = dataHelper(finish, () => helper);
  expect([...(await places(Uint32Array.of(7, 5)))]).toEqual([1, 0]);
  const much = places(Uint32Array.from({ length: 1 << 20 }, (_, j) => ~j));
  (await helper.asked('places')).answer(Uint32Array.of(1, 2, 3));
  expect([...(await much)]).toEqual([1, 2, 3]);
});

test('what a helper was ordering or turning over when it was lost is done all the same', async () => {
  const helper = fakeWorker<HelperApi>();
  const { places, turnOver } = dataHelper(finish, () => helper);
  const count = 1 << 20;
  const users = Uint32Array.from({ length: count }, (_, j) => count - 1 - j);
  const items = Uint32Array.from({ length: count }, (_, j) => j % 3);
  const byUser = settle(gatherByUser(sourceOf({ users, items, values: new Float32Array(count) }, count, 3)));
  const byItem = settle(emptyOver(byUser, heapArrays));
  const done = Promise.all([places(users), turnOver(byUser, byItem, true)]);
  helper.die();
  const [first] = await done;
  expect([...first.subarray(0, 2), ...first.subarray(-2)]).toEqual([count - 1, count - 2, 1, 0]);
  const rated = (y: number) => byItem.other.subarray(byItem.start[y], byItem.start[y + 1]);
  for (const y of [0, 1, 2]) {
    const expected = users.filter((_, j) => items[j] === y).reverse();
    expect(Buffer.from(rated(y)).equals(Buffer.from(expected))).toBe(true);
  }
});

test('nothing is turned over by a helper that does not share its memory', async () => {
  const helper = fakeWorker<HelperApi>();
  const { turnOver } = dataHelper(finish, () => helper);
  const count = 1 << 20;
  const column = Uint32Array.from({ length: count }, (_, j) => j);
  const byUser = settle(
    gatherByUser(
      sourceOf({ users: column, items: column, values: new Float32Array(count).fill(3) }, count, count),
    ),
  );
  const byItem = settle(emptyOver(byUser, heapArrays));
  await turnOver(byUser, byItem, false);
  expect(helper.called).toEqual([]);
  expect(Buffer.from(byItem.other.buffer).equals(Buffer.from(column.buffer))).toBe(true);
});
