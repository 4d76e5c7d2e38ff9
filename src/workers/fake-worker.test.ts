import { expect, test } from 'vitest';
import { allQuiet, fakePool, fakeWorker, notCloneable } from './fixtures/fake-worker';
import type { DataApi } from './protocol';
import { WorkerLost } from './worker-handle';

const orders = (place: number) => ({
  users: { order: Uint32Array.of(place), place: Uint32Array.of(place) },
  items: { order: Uint32Array.of(place), place: Uint32Array.of(place) },
});

test('answers come at once where they are known, and otherwise when the test gives them, in any order', async () => {
  const worker = fakeWorker<DataApi>({ orderByCount: () => orders(1) });
  expect(await worker.call((api) => api.orderByCount(null))).toEqual(orders(1));
  const [first, second] = [2, 3].map((rank) =>
    worker.call((api) => api.orderByFactor(new Float32Array(0), new Float32Array(0), rank)),
  );
  const asked = [await worker.asked('orderByFactor'), await worker.asked('orderByFactor')];
  expect(asked.map(({ args }) => args[2])).toEqual([2, 3]);
  asked[1].answer(orders(3));
  asked[0].fail(notCloneable());
  expect(await second).toEqual(orders(3));
  await expect(first).rejects.toHaveProperty('name', 'DataCloneError');
  expect(worker.called).toEqual(['orderByCount', 'orderByFactor', 'orderByFactor']);
});

test('a test may wait for a call that is still to come', async () => {
  const worker = fakeWorker<DataApi>();
  const later = worker.asked('ping');
  const call = worker.call((api) => api.ping());
  (await later).answer({ taken: 1, sent: 0 });
  expect(await call).toEqual({ taken: 1, sent: 0 });
});

test('the end of a worker is the end of its calls; what is said later is lost', async () => {
  const { pool, made } = fakePool();
  const [dead, sentAway] = [pool.data(), pool.data()];
  const calls = [dead, sentAway].map((worker) => worker.call((api) => api.ping()));
  const asked = await made.data[0].asked('ping');
  made.data[0].die();
  sentAway.terminate();
  asked.answer({ taken: 1, sent: 0 });
  await expect(calls[0]).rejects.toThrow(WorkerLost);
  await expect(calls[1]).rejects.toHaveProperty('name', 'AbortError');
  await expect(dead.call((api) => api.ping())).rejects.toThrow(WorkerLost);
  expect([dead.alive, sentAway.alive, pool.data().alive]).toEqual([false, false, true]);
});

test('a call that is never answered never settles', async () => {
  const worker = fakeWorker<DataApi>();
  let settled = false;
  const note = () => {
    settled = true;
  };
  worker.call((api) => api.ping()).then(note, note);
  await allQuiet();
  expect(settled).toBe(false);
});
