import { expect, test } from 'vitest';
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
  expect(streamCsv(moments, ['sgd'], 'drop').split('\r\n')).toEqual([
    'batch,ratings,users,items,sgd validation RMSE,sgd validation MAE,sgd coverage,sgd prequential RMSE,sgd prequential MAE,sgd seconds,sgd ratings kept,sgd ratings learnt',
    '0,0,0,0,,,,,,,,',
    '2,20,3,5,1.5,1.25,1,,,0.5,0,20',
    '',
  ]);
});
