import { describe, expect, test } from 'vitest';
import type { MethodId } from '../../methods/method';
import type { Snapshot } from '../../methods/snapshot';
import type { Moment } from '../../metrics/moment';
import { dataOf } from '../../state/fixtures/data-of';
import { allQuiet } from '../../workers/fixtures/fake-worker';
import type { Running } from '../../workers/learn-protocol';
import { frameAt, runOf, workbenchWith } from '../fixtures/loaded';
import { frameOf } from './replay';
import { replayDriver } from './replay.driver';

/** A frame that somebody computes, who says when it is there. */
interface Sought {
  readonly method: MethodId;
  readonly unit: number;
  readonly from: Snapshot;
  answer(found: Running<Moment> | null): void;
  fail(error: Error): void;
}

/** ALS at every iteration to 4, B-SGD at every second epoch to 4, of 1000 ratings each. */
function replayBench(source: 'file' | 'run' = 'file') {
  const workbench = workbenchWith(dataOf(source));
  const runs = { als: runOf('als', null, [0, 1, 2, 3, 4]), sgd: runOf('sgd', null, [0, 2, 4]) };
  workbench.setState((state) => ({ playing: true, runs: { ...state.runs, ...runs } }));
  const sought: Sought[] = [];
  const resumed: [MethodId, number][] = [];
  const race = {
    seek: (method: MethodId, unit: number, from: Snapshot) =>
      new Promise<Running<Moment> | null>((answer, fail) =>
        sought.push({ method, unit, from, answer, fail }),
      ),
    goOn: (method: MethodId, { step }: Snapshot) => void resumed.push([method, step]),
  };
  const replay = replayDriver({ workbench }, race);
  const get = workbench.getState;
  const stepsOf = (method: MethodId) => get().runs[method].track.snapshots.map(({ step }) => step);
  return { workbench, get, replay, actions: replay.actions, sought, resumed, stepsOf };
}

/** What is computed on the way to a step. */
const found = (method: MethodId, ...steps: number[]): Running<Moment> => ({
  ...{ status: 'running', unit: 0 },
  ...{ moments: steps.map((step) => frameAt(method, step)), snapshots: [frameAt(method, steps.at(-1) ?? 0)] },
});

describe('looking back', () => {
  test('pauses at a place, or from frame to frame; past the end, at the newest frames', () => {
    const { actions, get } = replayBench();
    actions.scrub(2.5);
    expect(get()).toMatchObject({ replayPlace: 2.5, playing: false });
    actions.frame(1);
    expect(get().replayPlace).toBe(3);
    actions.frame(1);
    actions.frame(1);
    expect(get().replayPlace).toBeNull();
    actions.frame(-1);
    expect(get().replayPlace).toBe(3);
    actions.scrub(-1);
    expect(get().replayPlace).toBe(0);
    actions.live();
    expect(get().replayPlace).toBeNull();
  });

  test('another axis shows the same frames', () => {
    const { actions, get } = replayBench();
    actions.look({ chartAxis: 'flops' });
    expect(get().replayPlace).toBeNull();
    actions.scrub(3);
    actions.look({ chartAxis: 'observations' });
    expect(get()).toMatchObject({ replayPlace: 3000, replaySteps: { als: 3, sgd: 2 } });
  });
});

describe('an exact step', () => {
  test('is there at once where its frames are', async () => {
    const { actions, get, sought } = replayBench();
    actions.goTo(2);
    await allQuiet();
    expect(sought).toEqual([]);
    expect(get()).toMatchObject({ replaySteps: { als: 2, sgd: 2 }, replayPlace: 2, seeking: false });
  });

  test('is computed where they are not, and what was measured on the way belongs to the curve', async () => {
    const { actions, get, sought, stepsOf } = replayBench();
    actions.goTo(5);
    expect(sought.map(({ method, unit, from }) => [method, unit, from.step])).toEqual([
      ['als', 10, 4],
      ['sgd', 5000, 4],
    ]);
    expect(get()).toMatchObject({ seeking: true, replayPlace: 4 });
    sought[1].answer(found('sgd', 4.5, 5));
    await allQuiet();
    expect(get().seeking).toBe(true);
    sought[0].answer(found('als', 4.5, 5));
    await allQuiet();
    expect(get()).toMatchObject({ seeking: false, replayPlace: 5 });
    expect(get().runs.als.track.along('step')).toEqual([0, 1, 2, 3, 4, 4.5, 5]);
    expect([stepsOf('als'), stepsOf('sgd')]).toEqual([
      [0, 1, 2, 3, 4, 5],
      [0, 2, 4, 5],
    ]);
  });

  test('that is the end of a run is its end', async () => {
    const { workbench, actions, get, sought } = replayBench();
    workbench.setState(({ settings }) => ({ settings: { ...settings, iterations: 5, epochs: 6 } }));
    actions.goTo(5);
    sought[0].answer(found('als', 4.5, 5));
    sought[1].answer(found('sgd', 4.5, 5));
    await allQuiet();
    expect([get().runs.als.status, get().runs.sgd.status]).toEqual(['finished', 'going']);
  });

  test('between two frames takes its place among them', async () => {
    const { actions, sought, stepsOf } = replayBench();
    actions.goTo(2.5);
    sought[0].answer(found('als', 2.5));
    sought[1].answer(found('sgd', 2.5));
    await allQuiet();
    expect([stepsOf('als'), stepsOf('sgd')]).toEqual([
      [0, 1, 2, 2.5, 3, 4],
      [0, 2, 2.5, 4],
    ]);
  });

  test('of runs without their ratings cannot be computed: the last before it is shown', async () => {
    const { actions, get, sought } = replayBench('run');
    actions.goTo(3);
    await allQuiet();
    expect([sought, get().replayPlace, get().seeking]).toEqual([[], 3, false]);
  });

  test('of a run that has not begun is not asked for', () => {
    const { actions, workbench, sought } = replayBench();
    workbench.setState(({ runs }) => ({ runs: { ...runs, sgd: { ...runs.sgd, status: 'starting' } } }));
    actions.goTo(3.5);
    expect(sought.map(({ method }) => method)).toEqual(['als']);
  });
});

describe('whatever becomes of what is computed', () => {
  test('it fails, or gives way to another run: the frames before are shown, and nothing is waited for', async () => {
    const { actions, get, sought, stepsOf } = replayBench();
    actions.goTo(2.5);
    sought[0].fail(new Error('lost'));
    sought[1].answer(null);
    await allQuiet();
    expect(get()).toMatchObject({ seeking: false, replayPlace: 2 });
    expect(stepsOf('als')).toEqual([0, 1, 2, 3, 4]);
  });

  test('two steps are asked for, and answered in the other order: the newer is shown', async () => {
    const { actions, get, sought, stepsOf } = replayBench();
    actions.goTo(2.5);
    actions.goTo(3.5);
    sought[2].answer(found('als', 3.5));
    sought[3].answer(found('sgd', 3.5));
    await allQuiet();
    sought[0].answer(found('als', 2.5));
    sought[1].answer(found('sgd', 2.5));
    await allQuiet();
    expect(get()).toMatchObject({ seeking: false, replaySteps: { als: 3.5, sgd: 3.5 } });
    expect(stepsOf('als')).toEqual([0, 1, 2, 3, 3.5, 4]);
  });

  test('somebody goes on meanwhile: what comes late is of no run that there is', async () => {
    const { actions, replay, get, sought } = replayBench();
    actions.goTo(5);
    replay.leave();
    sought[0].answer(found('als', 4.5, 5));
    await allQuiet();
    expect(get()).toMatchObject({ seeking: false, replayPlace: null });
    expect(get().runs.als.track.along('step')).toEqual([0, 1, 2, 3, 4]);
  });

  test('another run takes the place of the one that was looked at', async () => {
    const { actions, workbench, get, sought, stepsOf } = replayBench();
    actions.goTo(2.5);
    const other = { ...runOf('als', null, [0]), id: 7 };
    workbench.setState(({ runs }) => ({ runs: { ...runs, als: other } }));
    sought[0].answer(found('als', 2.5));
    sought[1].answer(found('sgd', 2.5));
    await allQuiet();
    expect([stepsOf('als'), get().seeking]).toEqual([[0], false]);
  });

  test('it hangs: back to the newest frames, the workers come back to where the runs are', () => {
    const { actions, get, resumed } = replayBench();
    actions.goTo(2.5);
    actions.live();
    expect(get()).toMatchObject({ seeking: false, replayPlace: null });
    expect(resumed).toEqual([
      ['als', 4],
      ['sgd', 4],
    ]);
    actions.live();
    expect(resumed).toHaveLength(2);
  });
});

describe('marks', () => {
  test('are given to frames, renamed, gone to and dropped', async () => {
    const { actions, get } = replayBench();
    actions.scrub(3);
    actions.mark();
    actions.live();
    actions.mark();
    const [first, second] = get().marks;
    expect([first.steps, second.steps]).toEqual([
      { als: 3, sgd: 2 },
      { als: 4, sgd: 4 },
    ]);
    actions.renameMark(first.id, 'before');
    actions.goToMark(first.id);
    await allQuiet();
    expect(get()).toMatchObject({ replaySteps: { als: 3, sgd: 2 }, replayPlace: 3 });
    actions.dropMark(second.id);
    actions.goToMark(second.id);
    expect(get().marks.map(({ name }) => name)).toEqual(['before']);
  });

  test('stay good where others race by now', async () => {
    const { actions, workbench, get, sought } = replayBench();
    actions.scrub(2.5);
    actions.mark();
    const joined = 'non-negative-als';
    workbench.setState(({ settings, runs }) => ({
      settings: { ...settings, methods: ['als', joined] },
      runs: { ...runs, [joined]: runOf(joined, null, [0, 1, 2, 3]) },
    }));
    actions.goToMark(get().marks[0].id);
    await allQuiet();
    expect([sought, get().replayPlace]).toEqual([[], 2]);
    expect(frameOf(get(), get().runs[joined], joined)?.step).toBe(2);
  });
});
