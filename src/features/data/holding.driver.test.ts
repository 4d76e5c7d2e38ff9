import { expect, test } from 'vitest';
import { fakePool } from '../../workers/fixtures/fake-worker';
import { preparedOf } from './fixtures/data-bench';
import { holding } from './holding.driver';

function held() {
  const { pool, made } = fakePool();
  return { data: holding(pool), workers: made.data };
}

test('one worker does one long piece of work after the other', () => {
  const { data, workers } = held();
  for (let turn = 0; turn < 3; turn++) {
    const { worker, release } = data.claim(true);
    expect(worker).toBe(data.worker());
    release();
  }
  expect(workers).toHaveLength(1);
});

test('a worker that is at something, that finds the floor, or that died, gives way to another', async () => {
  const { data, workers } = held();
  const first = data.claim(true);
  const call = first.worker.call((api) => api.ping());
  const second = data.claim(true);
  await expect(call).rejects.toHaveProperty('name', 'AbortError');
  // What the first gives back is not the second's.
  first.release();
  const third = data.claim(true);
  expect(third.worker).not.toBe(second.worker);
  third.release();
  data.claim(false).release();
  workers[workers.length - 1].die();
  data.claim(true).release();
  expect(workers).toHaveLength(5);
  expect(workers.map(({ alive }) => alive)).toEqual([false, false, false, false, true]);
});

test('a worker that read what takes a large memory is let go with it; where memory cannot be shared it is needed', () => {
  const { data, workers } = held();
  expect(data.held()).toBeNull();
  const small = data.put(preparedOf(1 << 20));
  expect(data.held()).toBe(small);
  // Only what is held stays alive: not what came with it.
  expect(Object.keys(small)).toEqual(['split', 'layout', 'memory']);
  data.put({ ...preparedOf(1 << 30), memory: null });
  expect(workers).toHaveLength(1);
  data.put(preparedOf(1 << 30));
  expect(workers.map(({ alive }) => alive)).toEqual([false, true]);
});

test('a worker that died while nobody needed it gives way to another, which has to be given the ratings', () => {
  const { data, workers } = held();
  const { split } = data.put(preparedOf());
  expect(data.splitToSend()).toBeNull();
  workers[0].die();
  expect(data.worker()).toBe(workers[1]);
  expect(data.splitToSend()).toBe(split);
  data.put(preparedOf());
  expect(data.splitToSend()).toBeNull();
  const shared = data.put(preparedOf(1 << 20));
  expect(data.splitToSend()).toBe(shared.split);
});
