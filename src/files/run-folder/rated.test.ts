import { expect, test } from 'vitest';
import { memoryFolder } from './fixtures/memory-folder';
import { ratedReader } from './rated';

/** Bytes of pairs of user and item. */
const pairs = (...numbers: number[]) => new Uint8Array(new Uint32Array(numbers).buffer);

test('what a user has rated is told as it grows; half a pair is read once it is whole', async () => {
  const { folder, files } = memoryFolder();
  const rated = ratedReader(folder, 7);
  expect([...(await rated())]).toEqual([]);
  const all = pairs(7, 1, 8, 2, 7, 3, 7, 1, 7, 70_000);
  files.set('rated.bin', all.slice(0, 20));
  expect([...(await rated())]).toEqual([1]);
  files.set('rated.bin', all);
  expect([...(await rated())]).toEqual([1, 3, 70_000]);
  expect([...(await rated())]).toEqual([1, 3, 70_000]);
  expect([...(await ratedReader(folder, 8)())]).toEqual([2]);
});

test('what is shorter than it was has begun anew', async () => {
  const { folder, files } = memoryFolder();
  const rated = ratedReader(folder, 7);
  files.set('rated.bin', pairs(7, 1, 7, 2));
  await rated();
  files.set('rated.bin', pairs(7, 5));
  expect([...(await rated())]).toEqual([5]);
  files.delete('rated.bin');
  expect([...(await rated())]).toEqual([]);
});
