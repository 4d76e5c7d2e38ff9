import { describe, expect, test, vi } from 'vitest';
import type { MethodId } from '../../methods/method';
import { emptyTrack } from '../../sessions/track';
import { dataOf } from '../../state/fixtures/data-of';
import { runConfig } from '../../state/run-configs';
import { allQuiet } from '../../workers/fixtures/fake-worker';
import { eventHub } from '../events';
import { frameAt, runOf, workbenchWith } from '../fixtures/loaded';
import type { RaceDriver } from '../race/race.driver';
import { idleRun, type RunSoFar } from '../race/slice';
import { forksDriver } from './forks.driver';
import { replayDriver } from './replay.driver';

const data = dataOf('file');

/** Runs that have come to step 3, driven by nobody; what is asked of whoever drives them is noted. */
function forksBench() {
  const workbench = workbenchWith(data);
  const { getState: get, setState: set } = workbench;
  const configOf = (method: MethodId) => runConfig(method, get().settings, data);
  const runs = ['als', 'sgd'].map((method, i) => [
    method,
    { ...runOf(method, configOf(method), [0, 1, 2, 3]), id: i + 1 },
  ]);
  set((state) => ({ runs: { ...state.runs, ...Object.fromEntries(runs) } }));
  let ids = 2;
  const asked: unknown[] = [];
  const sought: [MethodId, number][] = [];
  const named = (method: MethodId) => ({ id: ++ids, name: `${method} ${ids}` });
  const race = {
    named,
    goOn: (method: MethodId, { step }: { step: number }) => void asked.push(['go on', method, step]),
    apply: (method: MethodId, { lambda }: { lambda: number }) => void asked.push(['apply', method, lambda]),
    halt: vi.fn(),
    fresh: (method: MethodId) => ({
      ...{ ...named(method), config: configOf(method), changes: [], track: emptyTrack() },
    }),
    async conduct(method: MethodId, run: RunSoFar) {
      asked.push(['conduct', method, run.id]);
      set(({ runs }) => ({
        runs: { ...runs, [method]: { ...idleRun(method), ...run, status: 'starting' } },
      }));
    },
    async seek(method: MethodId, unit: number) {
      sought.push([method, unit]);
      return null;
    },
  };
  const events = eventHub();
  const replay = replayDriver({ workbench }, race);
  const forks = forksDriver({ workbench, events }, race as never as RaceDriver, replay);
  const change = async (settings: Partial<ReturnType<typeof get>['settings']>) => {
    set((state) => ({ settings: { ...state.settings, ...settings } }));
    await events.tell('liveChanged', settings);
  };
  const shelved = () => get().shelf.map(({ id, track }) => [id, track.latest?.step]);
  return { get, set, asked, sought, race, events, replay, forks, change, shelved };
}

test('the runs go on from the frames on the stage', () => {
  const { forks, replay, asked, get } = forksBench();
  replay.actions.scrub(1.5);
  forks.goOn();
  expect(asked).toEqual([
    ['go on', 'als', 1],
    ['go on', 'sgd', 1],
  ]);
  expect(get().replayPlace).toBeNull();
});

describe('begun anew', () => {
  test('runs that would come to something else are kept; one that would be the same again is not', () => {
    const { forks, set, asked, shelved } = forksBench();
    set(({ settings }) => ({
      settings: { ...settings, alsInitial: settings.alsInitial === 'normal' ? 'uniform' : 'normal' },
    }));
    forks.restart(false);
    expect(asked).toEqual([
      ['conduct', 'als', 3],
      ['conduct', 'sgd', 4],
    ]);
    expect(shelved()).toEqual([[1, 3]]);
  });

  test('a slider that is dragged leaves nothing on the shelf', () => {
    const { forks, set, shelved } = forksBench();
    set(({ settings }) => ({ settings: { ...settings, rank: 3 } }));
    forks.restart(true);
    expect(shelved()).toEqual([]);
  });

  test('of other data nothing is kept', () => {
    const { forks, replay, set, get, shelved } = forksBench();
    set(({ settings }) => ({ settings: { ...settings, rank: 3 } }));
    forks.restart(false);
    replay.actions.mark();
    forks.begin();
    expect([shelved(), get().marks, get().replayPlace]).toEqual([[], [], null]);
  });
});

describe('λ is changed', () => {
  test('at the newest frames: the runs take it up, and their tracks say so', async () => {
    const { change, asked, get } = forksBench();
    await change({ lambda: 2, regularisation: 'weighted' });
    expect(asked).toEqual([
      ['go on', 'als', 3],
      ['apply', 'als', 2],
      ['go on', 'sgd', 3],
      ['apply', 'sgd', 2],
    ]);
    expect(get().runs.als.track.marks).toMatchObject([{ label: 'λ 2', step: 3 }]);
  });

  test('further back: other runs begin there, and what was is kept', async () => {
    const { change, replay, asked, get, shelved } = forksBench();
    replay.actions.scrub(1);
    await change({ lambda: 2, regularisation: 'weighted' });
    expect(asked).toEqual([
      ['conduct', 'als', 3],
      ['conduct', 'sgd', 4],
    ]);
    expect(shelved()).toEqual([
      [1, 3],
      [2, 3],
    ]);
    const { als, sgd } = get().runs;
    expect([als.track.latest?.step, als.changes]).toEqual([1, [{ unit: 2, lambda: 2, learningRate: 0.02 }]]);
    expect(sgd.changes).toMatchObject([{ unit: 1000, lambda: 2 }]);
  });

  test('before the first frame has come: the run takes it up as it begins', async () => {
    const { change, set, asked } = forksBench();
    const track = emptyTrack();
    set(({ runs }) => ({ runs: { ...runs, als: { ...runs.als, status: 'starting', track } } }));
    await change({ lambda: 2, regularisation: 'weighted' });
    expect(asked.slice(0, 1)).toEqual([['apply', 'als', 2]]);
  });

  test('of a run that diverged or was lost, or has none: nothing happens', async () => {
    const { change, set, asked, get } = forksBench();
    set(({ runs }) => ({
      runs: { ...runs, als: { ...runs.als, status: 'diverged' }, sgd: { ...runs.sgd, status: 'lost' } },
    }));
    await change({ lambda: 2 });
    expect([asked, get().runs.als.track.marks]).toEqual([[], []]);
    set(({ runs }) => ({ runs: { ...runs, als: idleRun('als') } }));
    await change({ lambda: 3 });
    expect(asked).toEqual([]);
  });

  test('a learning rate is for those who have one', async () => {
    const { change, asked } = forksBench();
    await change({ learningRate: 0.5 });
    expect(asked.map((one) => (one as string[])[1])).toEqual(['sgd', 'sgd']);
  });
});

describe('runs that were recorded elsewhere', () => {
  const opened = (method: MethodId): Omit<RunSoFar, 'id'> => {
    const { track, changes } = runOf(method, null, [0, 5]);
    return {
      name: 'opened',
      config: { ...runConfig(method, forksBench().get().settings, data), seed: 9 },
      changes,
      track,
    };
  };

  test('take the place of what is there, which is kept', () => {
    const { forks, race, get, shelved } = forksBench();
    forks.adopt('als', opened('als'));
    expect(race.halt).toHaveBeenCalledWith('als');
    expect(get().runs.als).toMatchObject({ id: 3, name: 'opened', status: 'finished' });
    expect([get().runs.als.track.latest?.step, shelved()]).toEqual([5, [[1, 3]]]);
  });

  test('or lie on the shelf to stay, and are shown', () => {
    const { forks, get } = forksBench();
    forks.layDown(opened('sgd'));
    expect(get().shelf).toMatchObject([{ id: 3, name: 'opened', pinned: true }]);
    expect(get().panes).toMatchObject({ als: null, sgd: 3 });
  });
});

describe('a link to runs', () => {
  const linked = {
    als: { unit: 3, changes: [{ unit: 0, lambda: 1, learningRate: 1 }] },
    sgd: { unit: 2000, changes: [] },
  };

  /** The first frame of a run has come. */
  function begins({ set }: ReturnType<typeof forksBench>, method: MethodId) {
    set(({ runs }) => {
      runs[method].track.add(frameAt(method, 0));
      return { runs: { ...runs, [method]: { ...runs[method], status: 'going' } } };
    });
  }

  test('runs them anew with their changes, and shows their frames once all have begun', async () => {
    const bench = forksBench();
    const brought = bench.events.tell('runsLinked', linked);
    expect(bench.get().runs.als.changes).toEqual(linked.als.changes);
    begins(bench, 'als');
    await allQuiet();
    expect(bench.sought).toEqual([]);
    begins(bench, 'sgd');
    await brought;
    expect(bench.sought).toEqual([
      ['als', 3],
      ['sgd', 2000],
    ]);
    expect(bench.get()).toMatchObject({ replaySteps: { als: 1.5, sgd: 2 }, playing: false });
  });

  test('is left where other runs begin before it is there', async () => {
    const bench = forksBench();
    const brought = bench.events.tell('runsLinked', linked);
    begins(bench, 'als');
    bench.forks.restart(false);
    await brought;
    expect(bench.sought).toEqual([]);
  });
});
