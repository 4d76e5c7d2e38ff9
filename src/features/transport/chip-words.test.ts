import { expect, test } from 'vitest';
import type { RunConfig } from '../../methods/config';
import { dataOf } from '../../state/fixtures/data-of';
import { runOf, workbenchWith } from '../fixtures/loaded';
import { errorsOf, ofHowMany, scoreOf, seenOf, stepOf } from './chip-words';

test('what stands under a picture is of the run in its pane, also where that is another than the one that goes on', () => {
  const workbench = workbenchWith(dataOf('file'));
  const { runs } = workbench.getState();
  const measured = (id: number, steps: number[], trainRmse: number) => {
    const run = { ...runOf('sgd', null, steps), id };
    for (const moment of run.track.moments) Object.assign(moment, { values: { trainRmse } });
    for (const snapshot of run.track.snapshots) Object.assign(snapshot, { values: { trainRmse } });
    return run;
  };
  const config = { method: 'sgd' } as RunConfig;
  const shelved = { ...measured(7, [0, 3], 0.5), config, visible: true, pinned: true };
  workbench.setState({ runs: { ...runs, sgd: measured(1, [0, 1], 2) }, shelf: [shelved] });
  const told = () => {
    const state = workbench.getState();
    return [stepOf, seenOf, errorsOf].map((of) => of(state, 'sgd')).concat(scoreOf(state, 'sgd').number);
  };
  expect(told()).toEqual(['epoch 1.00', '· 1,000 seen', 'RMSE 2.000', '2.000']);
  workbench.setState(({ panes }) => ({ panes: { ...panes, sgd: 7 } }));
  expect(told()).toEqual(['epoch 3.00', '· 3,000 seen', 'RMSE 2.000', '0.5000']);
});

test('of a step that is looked back at, it is told of how many; of the newest it is not', () => {
  const workbench = workbenchWith(dataOf('picture'));
  workbench.setState(({ runs }) => ({
    runs: { ...runs, als: runOf('als', null, [0, 0.5, 1, 1.5]), sgd: runOf('sgd', null, [0, 1, 2.125]) },
  }));
  const told = () => ['als', 'sgd'].map((method) => ofHowMany(workbench.getState(), method));
  expect(told()).toEqual(['', '']);
  workbench.setState({ replayPlace: 1 });
  expect(told()).toEqual(['of 1.5', 'of 2.13']);
  workbench.setState({ replayPlace: 1.5 });
  expect(told()).toEqual(['', 'of 2.13']);
});
