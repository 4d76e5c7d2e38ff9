import { expect, test } from 'vitest';
import { dataOf } from '../../state/fixtures/data-of';
import { frameAt, runOf, workbenchWith } from '../fixtures/loaded';
import { runsOf } from '../race/slice';
import { listVerdict } from './list-words';

const rankings = {
  ...{
    part: 'validation' as const,
    size: 10,
    likedFrom: 0.75,
    users: 10,
    among: 20,
    references: [],
    judged: 1,
  },
} as const;
const stateWith = (metric: string) => {
  const workbench = workbenchWith(dataOf('file', { validationCount: 100 }));
  const { looks } = workbench.getState();
  workbench.setState({
    rankings,
    looks: { ...looks, metric },
    runs: runsOf((method) => runOf(method, null, [0, 1, 2])),
  });
  return workbench.getState();
};

test('the sentence says what was judged last of each run, of whom, and how sure that is', () => {
  const state = stateWith('ndcg');
  expect(listVerdict(state)).toBe('');
  const { als, sgd } = state.runs;
  const [, one, two] = als.track.snapshots;
  als.track.tell(one, { validationNdcg: 0.25, validationNdcgError: 0.0123 });
  expect(listVerdict(state)).toBe('NDCG@10 of 10 of 20 users: ALS 0.2500 ± 0.01 (iteration 1)');
  als.track.tell(two, { validationNdcg: 0.5, validationNdcgError: 0.0123 });
  const [, , last] = sgd.track.snapshots;
  sgd.track.tell(last, { validationNdcg: 0.125, validationNdcgError: null });
  expect(listVerdict(state)).toBe('NDCG@10 of 10 of 20 users: ALS 0.5000 ± 0.01 · B-SGD 0.1250');
});

test('where nothing is held out, it says what is missing', () => {
  const workbench = workbenchWith(dataOf('file'));
  const { looks } = workbench.getState();
  workbench.setState({ looks: { ...looks, metric: 'recall' } });
  expect(listVerdict(workbench.getState())).toMatch('Hold ratings out');
  expect(frameAt('als', 1).values).toEqual({});
});
