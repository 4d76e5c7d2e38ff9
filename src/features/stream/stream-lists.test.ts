import { expect, test } from 'vitest';
import { themes } from '../../draw/theme';
import type { Judged } from '../../methods/judging';
import { listMetrics } from '../../metrics';
import { emptyTally } from '../../metrics/tally';
import { dataOf } from '../../state/fixtures/data-of';
import type { StreamFacts } from '../../workers/learn-protocol';
import { frameAt, workbenchWith } from '../fixtures/loaded';
import type { JudgedBatch } from '../ranking/slice';
import { listReadOut, listStandings, listsTold } from './stream-lists';

const methods = [
  { id: 'sgd', name: 'B-SGD', colour: 'orange' },
  { id: 'biases', name: 'Biases only', colour: 'grey' },
] as const;
const popularAt = (value: number): Judged =>
  Object.fromEntries(listMetrics.map(({ id }) => [id, { value, error: 0.0123 }]));
const batchAt = (batch: number, users: number): JudgedBatch => ({
  ...{ batch, arrived: Math.min(55, 10 * batch), users, among: 30 },
  popular: popularAt(batch / 10),
});

/** After six batches of ten, of which the last is smaller; B-SGD was judged after 2 and 6, the other after 4. */
function lab() {
  const workbench = workbenchWith(dataOf('file'));
  const { looks, stream } = workbench.getState();
  for (const [method, step, validationNdcg] of [
    ['sgd', 2, 0.25],
    ['sgd', 6, 0.5],
    ['biases', 4, 0.125],
  ] as const) {
    const frame = { ...frameAt('sgd', step), method };
    stream.tracks[method].add(frame);
    stream.tracks[method].tell(frame, { validationNdcg, validationNdcgError: 0.0234 });
  }
  const now = {
    ...{ validation: emptyTally(), prequential: emptyTally() },
    ...{ seconds: 1, kept: 0, learnt: 10, diverged: false },
  };
  const moments = [0, 3, 6].map((batch) => ({
    ...{ batch, ratings: Math.min(55, 10 * batch), users: 1, items: 1 },
    methods: { sgd: now, biases: now },
  }));
  workbench.setState({
    looks: { ...looks, metric: 'ndcg' },
    stream: {
      ...stream,
      ...{ moments, newest: moments[2], batch: 6 },
      config: { batchSize: 10, methods: ['sgd', 'biases'] } as unknown as typeof stream.config,
      facts: { count: 55, validationCount: 9 } as StreamFacts,
    },
    streamRankings: {
      ...{ part: 'validation', size: 10, likedFrom: 0.75, judged: 3 },
      batches: [batchAt(2, 20), batchAt(4, 20), batchAt(6, 21)],
    },
  });
  return workbench;
}

test('the chart has what was judged, where it was, and the most popular of what had arrived by then', () => {
  const told = listsTold(lab().getState(), methods, themes.light.reference);
  expect(told).toMatchObject({ title: 'NDCG@10 of 21 of 30 users', unit: 'share', references: [] });
  expect(told?.curves.map(({ name, stroke, xs, ys }) => [name, stroke, xs, ys])).toEqual([
    ['B-SGD', 'solid', [20, 55], [0.25, 0.5]],
    ['Biases only', 'solid', [40], [0.125]],
    ['most popular', 'dashed', [20, 40, 55], [0.2, 0.4, 0.6]],
  ]);
  const workbench = lab();
  workbench.setState(({ looks }) => ({ looks: { ...looks, metric: 'rmse' } }));
  expect(listsTold(workbench.getState(), methods, '')).toBeNull();
});

test('what is read out says after how many ratings it was judged', () => {
  const told = listsTold(lab().getState(), methods, '');
  if (!told) throw new Error('a metric of lists was chosen');
  expect(listReadOut(told, 55)).toBe(
    'after 55: B-SGD 0.5000 · Biases only 0.1250 (after 40) · most popular 0.6000',
  );
  expect(listReadOut(told, 45)).toBe(
    'after 40: B-SGD 0.2500 (after 20) · Biases only 0.1250 · most popular 0.4000',
  );
  expect(listReadOut(told, 19)).toBe('nothing judged up to 19');
});

test('the verdict has the highest first, each with its batch, and says of whom and how it was judged', () => {
  const workbench = lab();
  const said = () => {
    const verdict = listStandings(workbench.getState(), 50);
    const rows = verdict?.standings.map(({ method, words, judgedAt }) => [method, words, judgedAt]);
    return { ...verdict, rows };
  };
  expect(said()).toMatchObject({
    metric: 'NDCG@10',
    rows: [
      ['sgd', '0.5000 ± 0.02', 6],
      ['biases', '0.1250 ± 0.02', 4],
    ],
    words: [
      'The most popular of what had arrived by batch 6, recommended to everybody: 0.6000 ± 0.01.',
      '21 of 30 users, all 50 items less what each had rated in what had arrived. Judged after 3 of 6 batches, each method where its factors were kept.',
    ],
  });
  workbench.setState(({ stream }) => ({ stream: { ...stream, shown: 3 } }));
  expect(said()).toMatchObject({
    rows: [
      ['sgd', '0.2500 ± 0.02', 2],
      ['biases', '–', null],
    ],
    words: [
      'The most popular of what had arrived by batch 2, recommended to everybody: 0.2000 ± 0.01.',
      expect.stringMatching(/^20 of 30 users.*Judged after 1 of 3 batches/),
    ],
  });
});
