import { expect, test, vi } from 'vitest';
import type { Judged } from '../../methods/judging';
import { listMetrics, metricOf } from '../../metrics';
import { valueAt } from '../../metrics/moment';
import { holdOut } from '../../ratings/hold-out';
import { sourceOf } from '../../ratings/lines';
import { settle } from '../../ratings/sliced';
import { dataOf } from '../../state/fixtures/data-of';
import { preparedOf } from '../data/fixtures/data-bench';
import { driverBench } from '../fixtures/driver-bench';
import { frameAt } from '../fixtures/loaded';
import { rankingDriver } from './ranking.driver';

const judged = (value: number): Judged =>
  Object.fromEntries(listMetrics.map(({ id }) => [id, { value, error: value / 10 }]));

/** 20 users, each of whom has rated 10 of 50 items 5, half of them held out. */
const triples = {
  users: Uint32Array.from({ length: 200 }, (_, j) => j % 20),
  items: Uint32Array.from({ length: 200 }, (_, j) => (7 * j) % 50),
  values: new Float32Array(200).fill(5),
};
const split = settle(holdOut(sourceOf(triples, 20, 50), { kind: 'random', share: 0.5, seed: 1 }));

function bench() {
  const driven = driverBench(dataOf('file'));
  const { workbench, context } = driven;
  context.ratings.put({ ...preparedOf(), split });
  rankingDriver(context);
  return {
    ...driven,
    look: (metric: string) => workbench.setState(({ looks }) => ({ looks: { ...looks, metric } })),
  };
}

test('nobody is asked before a metric of lists is chosen', async () => {
  const { workers, look } = bench();
  look('mae');
  await Promise.resolve();
  expect(workers.ranker).toHaveLength(0);
});

test('frames are judged, the newest first, and anew once another k is chosen', async () => {
  const { workers, look, workbench, get } = bench();
  const { track } = get().runs.als;
  const { userCount, itemCount } = get().data?.ratings ?? { userCount: 0, itemCount: 0 };
  for (const step of [0, 0.5, 1]) track.add({ ...frameAt('als', step), userCount, itemCount });
  let value = 0;
  look('ndcg');
  await vi.waitFor(() => expect(workers.ranker).toHaveLength(1));
  const [worker] = workers.ranker;
  Object.assign(worker.answers, { open: () => {}, judge: () => judged(++value) });
  (await worker.asked('open')).answer(undefined);
  const column = () => track.found.map((moment) => valueAt(moment, 'validation', metricOf('ndcg')));
  // Three references come first, then the frame at 1, then those before it.
  await vi.waitFor(() => expect(column()).toEqual([5, 6, 4]));
  expect(track.latest?.values).toMatchObject({ validationNdcg: 4, validationNdcgError: 0.4 });
  expect(get().rankings?.references.map(({ judged }) => judged.ndcg.value)).toEqual([1, 2, 3]);
  workbench.setState(({ looks }) => ({ looks: { ...looks, listSize: 3 } }));
  await vi.waitFor(() => expect(column()).toEqual([11, 12, 10]));
});
