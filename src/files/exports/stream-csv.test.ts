import { expect, test } from 'vitest';
import { listMetrics } from '../../metrics';
import { emptyTally, fields, warmCount, warmErrors } from '../../metrics/tally';
import type { Moment } from '../../sessions/lab';
import { streamCsv } from './stream-csv';

test('a row for every moment, and nothing where a method had nothing to say', () => {
  const tally = emptyTally();
  tally[3 * fields + warmCount] = 4;
  tally[3 * fields + warmErrors] = 5;
  tally[3 * fields + warmErrors + 1] = 9;
  const sgd = {
    validation: tally,
    prequential: emptyTally(),
    seconds: 0.5,
    kept: 0,
    learnt: 20,
    diverged: false,
  };
  const moments: Moment[] = [
    { batch: 0, ratings: 0, users: 0, items: 0, methods: {} },
    { batch: 2, ratings: 20, users: 3, items: 5, methods: { sgd } },
  ];
  expect(streamCsv(moments, ['sgd'], { cold: 'drop', clip: false }).split('\r\n')).toEqual([
    'batch,ratings,users,items,sgd validation RMSE (cold dropped),sgd validation MAE (cold dropped),sgd coverage,sgd prequential RMSE (cold dropped),sgd prequential MAE (cold dropped),sgd seconds,sgd ratings kept,sgd ratings learnt',
    '0,0,0,0,,,,,,,,',
    '2,20,3,5,1.5,1.25,1,,,0.5,0,20',
    '',
  ]);
});

test('where lists were judged, there are columns of them, empty after batches that were not', () => {
  const moments: Moment[] = [1, 2].map((batch) => ({
    batch,
    ratings: 10 * batch,
    users: 3,
    items: 5,
    methods: {},
  }));
  const popular = Object.fromEntries(listMetrics.map(({ id }, i) => [id, { value: i, error: null }]));
  const values = { validationNdcg: 0.5, validationNdcgError: 0.25 };
  const place = { step: 2, observations: 20, flops: null, seconds: 1, tallies: {} };
  const csv = streamCsv(moments, ['sgd'], { cold: 'bias', clip: false }, 'held-out', {
    ...{ part: 'validation', size: 3, likedFrom: 0.75 },
    batches: [{ batch: 2, users: 7, among: 9, popular }],
    found: { sgd: [{ ...place, values }] },
  });
  const [header, ...rows] = csv.split('\r\n').map((line) => line.split(','));
  const told = (name: string) => rows.slice(0, 2).map((row) => row[header.indexOf(name)]);
  expect(told('judged users')).toEqual(['', '7']);
  expect(told('judged among')).toEqual(['', '9']);
  expect(told('most popular held-out Recall@3')).toEqual(['', '1']);
  expect(told('sgd held-out NDCG@3')).toEqual(['', '0.5']);
  expect(told('sgd held-out NDCG@3 standard error')).toEqual(['', '0.25']);
  expect(told('sgd held-out MRR')).toEqual(['', '']);
});
