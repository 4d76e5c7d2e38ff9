import { expect, test, vi } from 'vitest';
import { pageKernels } from '../kernels/page-kernels';
import type { Piece } from '../methods/work';
import { crewOf } from './crew';
import { allQuiet, fakeWorker } from './fixtures/fake-worker';
import type { KernelApi } from './learn-protocol';

/** A kernel that only says which piece it was asked for. */
const kernels = { ...pageKernels, sumErrors: ((i: number) => i) as never };
const pieces = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ call: 'sumErrors', args: [i] }) as never as Piece);
const always = () => true;

function benchOf(workers: number) {
  const made: ReturnType<typeof fakeWorker<KernelApi>>[] = [];
  const shared = { module: null as never, memory: null as never, scratch: 0 };
  const crew = crewOf(
    shared,
    () => {
      made.push(fakeWorker<KernelApi>());
      return made[made.length - 1];
    },
    { count: 0 },
  );
  crew.resize(workers);
  return { crew, made };
}

test('whoever has not begun is not waited for', async () => {
  const { crew, made } = benchOf(2);
  expect(await crew.perform(kernels, pieces(3), always)).toEqual([0, 1, 2]);
  expect(made[0].called).toEqual(['use']);
  (await made[0].asked('use')).answer(undefined);
  await allQuiet();
  const done = crew.perform(kernels, pieces(3), always);
  for (const i of [0, 1]) (await made[0].asked('perform')).answer(10 + i);
  expect(await done).toEqual([10, 11, 2]);
});

test('a helper that cannot be had is done without, and no other is asked for', async () => {
  const { crew, made } = benchOf(2);
  await crew.perform(kernels, pieces(2), always);
  made[0].die();
  await allQuiet();
  for (let batch = 0; batch < 3; batch++)
    expect(await crew.perform(kernels, pieces(2), always)).toEqual([0, 1]);
  expect(made).toHaveLength(1);
});

test('where a helper is lost in the middle of a piece the batch is of no use; those after it are done without', async () => {
  const { crew, made } = benchOf(3);
  await crew.perform(kernels, pieces(2), always);
  for (const helper of made) (await helper.asked('use')).answer(undefined);
  await allQuiet();
  const done = crew.perform(kernels, pieces(5), always);
  const [piece, kept] = [await made[0].asked('perform'), await made[1].asked('perform')];
  made[0].die();
  let isSettled = false;
  const settle = () => {
    isSettled = true;
  };
  done.then(settle, settle);
  await allQuiet();
  // The other one still writes into the memory.
  expect(isSettled).toBe(false);
  kept.answer(1);
  (await made[1].asked('perform')).answer(1);
  await expect(done).rejects.toThrow('a helper was lost');
  piece.answer(0);
  made[1].answers.perform = () => 7;
  expect(await crew.perform(kernels, pieces(3), always)).toEqual([7, 7, 2]);
  expect(made).toHaveLength(2);
});

test('a trainer that is slow solves so many lines at once as leave it time for its mail, and each of them once', async () => {
  const { crew } = benchOf(1);
  const solved: [number, number][] = [];
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  const slow = {
    ...kernels,
    solveLines: ((from: number, to: number) => {
      solved.push([from, to]);
      now += 10 * (to - from);
    }) as never,
  };
  const lines = (from: number, to: number) => ({ call: 'solveLines', args: [from, to] }) as never as Piece;
  await crew.perform(slow, [lines(0, 20), ...pieces(1), lines(20, 32)], always);
  clock.mockRestore();
  expect(solved).toEqual([
    [0, 20],
    [20, 25],
    [25, 30],
    [30, 32],
  ]);
});
