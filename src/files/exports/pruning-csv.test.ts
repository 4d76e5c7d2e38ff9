import { expect, test } from 'vitest';
import { pruningCsv } from './pruning-csv';

test('a row for every batch of every candidate, with what became of it', () => {
  const candidates = [
    { settings: [0.1, 'bounded'], prunedAt: null, divergedAt: null, batches: [1, 2], errors: [1, 0.9] },
    { settings: [0.2, 'summed'], prunedAt: 1, divergedAt: 2, batches: [1], errors: [1.5] },
  ];
  expect(
    pruningCsv({ metric: 'prequential RMSE', names: ['factorRate', 'step'], candidates }).split('\r\n'),
  ).toEqual([
    'candidate,factorRate,step,pruned after batch,diverged by batch,batch,prequential RMSE',
    '1,0.1,bounded,,,1,1',
    '1,0.1,bounded,,,2,0.9',
    '2,0.2,summed,1,2,1,1.5',
    '',
  ]);
});
