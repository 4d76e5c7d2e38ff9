import { expect, test, vi } from 'vitest';
import type { Judged, Judging } from '../../methods/judging';
import { listMetrics, metricOf } from '../../metrics';
import { valueAt } from '../../metrics/moment';
import { holdOut } from '../../ratings/hold-out';
import { sourceOf } from '../../ratings/lines';
import { settle } from '../../ratings/sliced';
import { dataOf } from '../../state/fixtures/data-of';
import { allQuiet } from '../../workers/fixtures/fake-worker';
import type { StreamFacts } from '../../workers/learn-protocol';
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

/** A stream of 45 ratings in batches of 20, after which B-SGD has frames. */
function streamBench(steps: readonly number[]) {
  const driven = bench();
  const { stream, looks } = driven.get();
  const facts = {
    ...{ count: 45, driftsFrom: 45, drifting: new Uint8Array(20) },
    ratings: { ...triples, users: triples.users.subarray(0, 100), items: triples.items.subarray(0, 100) },
  } as unknown as StreamFacts;
  const config = { batchSize: 20, methods: ['sgd', 'biases'] } as unknown as typeof stream.config;
  driven.workbench.setState({ stream: { ...stream, facts, config }, looks: { ...looks, mode: 'stream' } });
  const add = (method: string, step: number) =>
    stream.tracks[method].add({ ...frameAt('sgd', step), method, itemBias: new Float32Array(50) });
  for (const step of steps) add('sgd', step);
  return { ...driven, stream, facts, add };
}

test('frames of a stream are judged by what had arrived, beside the most popular of that', async () => {
  const { workers, look, get, stream, add } = streamBench([0, 1, 2, 3]);
  add('biases', 2);
  const opened: number[] = [];
  let value = 0;
  look('ndcg');
  await vi.waitFor(() => expect(workers.ranker).toHaveLength(1));
  const [worker] = workers.ranker;
  const open = ({ catalogue }: Judging) => {
    opened.push(Array.from(catalogue.counts).reduce((sum, count) => sum + count, 0));
  };
  Object.assign(worker.answers, { open, judge: () => judged(++value) });
  const first = await worker.asked('open');
  open(first.args[0] as Judging);
  first.answer(undefined);
  await vi.waitFor(() => expect(get().streamRankings?.judged).toBe(4));
  // Newest first: of B-SGD after 3 batches, the last of which is smaller; of the other after 2, and B-SGD beside it; then the rest.
  expect(opened).toEqual([45, 40, 20]);
  const batches = get().streamRankings?.batches ?? [];
  expect(batches.map(({ batch, arrived, users, among }) => [batch, arrived, users, among])).toEqual([
    [1, 20, 20, 20],
    [2, 40, 20, 20],
    [3, 45, 20, 20],
  ]);
  expect(stream.tracks.sgd.found.map(({ step, values }) => [step, values?.validationNdcg])).toEqual([
    [1, 7],
    [2, 5],
    [3, 2],
  ]);
  expect(stream.tracks.biases.found.map(({ step }) => step)).toEqual([2]);
  expect(get().rankings).toBeNull();
});

test('another worker judges a stream where one was lost, and nothing is told of a stream that has given way', async () => {
  const { workers, look, workbench, get, stream, facts } = streamBench([1]);
  look('ndcg');
  await vi.waitFor(() => expect(workers.ranker).toHaveLength(1));
  await workers.ranker[0].asked('open');
  workers.ranker[0].die();
  await vi.waitFor(() => expect(workers.ranker).toHaveLength(2));
  const [, worker] = workers.ranker;
  Object.assign(worker.answers, { judge: () => judged(1) });
  const open = await worker.asked('open');
  const { stream: now } = get();
  workbench.setState({ stream: { ...now, facts: null } });
  open.answer(undefined);
  await allQuiet();
  expect([get().streamRankings, stream.tracks.sgd.found]).toEqual([null, []]);
  workbench.setState({ stream: { ...now, facts: { ...facts } } });
  (await worker.asked('open')).answer(undefined);
  await vi.waitFor(() => expect(get().streamRankings?.judged).toBe(1));
});

test('frames are judged, the newest first, and anew once another k is chosen', async () => {
  const { workers, look, workbench, get } = bench();
  const { track } = get().runs.als;
  const { userCount, itemCount } = get().data?.ratings ?? { userCount: 0, itemCount: 0 };
  const itemBias = new Float32Array(itemCount);
  for (const step of [0, 0.5, 1]) track.add({ ...frameAt('als', step), userCount, itemCount, itemBias });
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
