import { expect, test } from 'vitest';
import { plainRows } from '../ratings/formats/plain-rows';
import { fakeWorker } from './fixtures/fake-worker';
import type { RowsApi } from './protocol';
import { rowReader } from './row-reader';

const form = { roles: ['user', 'item', 'rating'], delimiter: ',' } as const;
const chunks = ['1,2,3\n4,5,6\n', '7,8,9\n', '1,1,1\nodd\n', '2,2,2\n'].map((text) =>
  new TextEncoder().encode(text),
);
const expected = chunks.map((bytes) => plainRows(bytes, form));

test('a helper reads what it has time for, and the reader the rest', async () => {
  const helper = fakeWorker<RowsApi>();
  const { read } = rowReader(() => helper);
  const all = Promise.all(chunks.map((bytes) => read(bytes, form)));
  expect(helper.called).toHaveLength(2);
  for (const wanted of expected.slice(0, 2)) (await helper.asked('read')).answer(wanted);
  expect(await all).toEqual(expected);
});

test('what a helper had when it was lost is read all the same, and so is what comes after', async () => {
  const helper = fakeWorker<RowsApi>();
  const { read } = rowReader(() => helper);
  const first = Promise.all(chunks.slice(0, 2).map((bytes) => read(bytes, form)));
  helper.die();
  expect(await first).toEqual(expected.slice(0, 2));
  expect(await Promise.all(chunks.map((bytes) => read(bytes, form)))).toEqual(expected);
  expect(helper.called).toHaveLength(2);
});
