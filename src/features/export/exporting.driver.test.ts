import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Sheet } from '../../draw/sheet/painter';
import { saveBlob } from '../../files/save';
import type { Snapshot } from '../../methods/snapshot';
import { allQuiet, fakePool, notCloneable } from '../../workers/fixtures/fake-worker';
import { contextOf } from '../context.driver';
import type { Steps } from '../replay/slice';
import { exportingDriver } from './exporting.driver';
import { raceBench } from './fixtures/benches';

vi.mock('../../files/save', () => ({ saveBlob: vi.fn() }));
const saved = () => vi.mocked(saveBlob).mock.calls.map(([, name]) => name);
beforeEach(() => vi.mocked(saveBlob).mockClear());
afterEach(() => vi.useRealTimers());

/** What crosses to the worker of a slide. */
type Slide = { readonly name: string; readonly sheet: Sheet };

/** The driver over a race of two runs, whose worker answers when the test says so. */
function opened() {
  const { workbench, held } = raceBench();
  const { pool, made } = fakePool();
  const context = contextOf(workbench, pool);
  context.ratings.put(held);
  const brought: Steps[] = [];
  const actions = exportingDriver(context, { bring: async (steps) => void brought.push(steps) });
  const get = workbench.getState;
  return {
    ...{ workbench, actions, brought, workers: made.exporter, get },
    save: (id: string, options: unknown = null) => actions.save(id, options),
    /** The next call that makes a file. */
    asked: () => vi.waitFor(() => made.exporter[made.exporter.length - 1].asked('make')),
  };
}
const file = () => new Blob(['x']);
const failed = { kind: 'export-failed', problem: 'failed' };

/** Saves a table, which the worker makes at once. */
async function savesTheNext({ save, asked, get }: ReturnType<typeof opened>) {
  vi.mocked(saveBlob).mockClear();
  const saving = save('metrics-csv');
  (await asked()).answer(file());
  await saving;
  expect(saved()).toEqual(['factorscope_mine_rmse.csv']);
  expect(get()).toMatchObject({ saving: null, notice: null });
}

describe('one driver runs any export', () => {
  test('it asks the worker once, and saves what comes under the name that says what it is', async () => {
    const { save, asked, workers, get } = opened();
    const saving = save('run-file');
    const { args, answer } = await asked();
    expect(args[0]).toBe('run-file');
    expect(get()).toMatchObject({ playing: false, saving: { what: 'a run file', unit: 'snapshot', of: 6 } });
    answer(file());
    await saving;
    expect(saved()).toEqual(['factorscope_mine_run.zip']);
    expect(get().saving).toBeNull();
    expect(workers).toHaveLength(1);
    expect(workers[0].called).toEqual(['make']);
  });

  test('slides are of the very frames of the marks, which are brought, the last first; what was looked at stays', async () => {
    const { save, asked, brought, workbench, get } = opened();
    const steps = [1, 2].map((step) => ({ als: step, sgd: step }));
    const marks = steps.map((steps, i) => ({ id: i + 1, name: i ? 'The end' : 'Half/way', steps }));
    workbench.setState({ marks, replayPlace: 1 });
    const saving = save('slides', {});
    const { args, answer } = await asked();
    expect(brought).toEqual([steps[1], steps[0]]);
    expect(get().replayPlace).toBe(1);
    const [first, second] = [(await args[2].next(0)) as Slide, (await args[2].next(1)) as Slide];
    expect([first.name, second.name]).toEqual(['factorscope_01_Half_way.png', 'factorscope_02_The_end.png']);
    expect(first.sheet.panes[0].lines.map(({ words }) => words)).toEqual(['mine · 2 × 3', 'Half/way']);
    const stepsOf = ({ sheet }: Slide) => sheet.panes.slice(1).map(({ shows }) => (shows as Snapshot).step);
    expect([first, second].map(stepsOf)).toEqual([
      [1, 1],
      [2, 2],
    ]);
    answer(file());
    await saving;
    expect(saved()).toEqual(['factorscope_mine_slides.zip']);
  });

  test('parts cross one by one, when they are asked for, and each asking says how many are done', async () => {
    const { save, asked, get } = opened();
    const saving = save('run-file');
    const { args, answer } = await asked();
    const client = args[2];
    const steps = [];
    for (let done = 0; ; done++) {
      const part = client.next(done) as { run: number; snapshot: Snapshot } | null;
      if (!part) break;
      steps.push([part.run, part.snapshot.step]);
    }
    expect(steps).toEqual([0, 1].flatMap((run) => [0, 1, 2].map((step) => [run, step])));
    expect(get().saving?.done).toBe(6);
    answer(file());
    await saving;
    expect(saved()).toHaveLength(1);
  });

  test('while one says how far it is, no other begins', async () => {
    const bench = opened();
    const saving = bench.save('run-file');
    await bench.save('run-file');
    await bench.save('metrics-csv');
    (await bench.asked()).answer(file());
    await saving;
    expect(bench.workers[0].called).toEqual(['make']);
    expect(saved()).toEqual(['factorscope_mine_run.zip']);
    await savesTheNext(bench);
  });

  test('quick ones go side by side: answers in another order are saved under their own names', async () => {
    const { save, asked, get } = opened();
    const both = [save('metrics-csv'), save('chart-svg')];
    const [table, chart] = [await asked(), await asked()];
    chart.answer(new Blob(['svg']));
    await allQuiet();
    table.answer(new Blob(['csv']));
    await Promise.all(both);
    expect(saved()).toEqual(['factorscope_mine_rmse.svg', 'factorscope_mine_rmse.csv']);
    const texts = vi.mocked(saveBlob).mock.calls.map(([blob]) => blob.text());
    expect(await Promise.all(texts)).toEqual(['svg', 'csv']);
    expect(get().saving).toBeNull();
  });

  test('where it turns out that there is nothing to save, that is said', async () => {
    const { workbench, save, workers, get } = opened();
    workbench.setState({ scene: null });
    await save('picture-png', { scale: 1 });
    expect(get().notice).toEqual({ kind: 'export-failed', problem: 'nothing' });
    expect(workers).toHaveLength(0);
  });

  test('before there are ratings nothing is offered, and nothing is saved', async () => {
    const { workbench, actions, save, workers } = opened();
    workbench.setState({ data: null });
    expect(actions.offers()).toEqual([]);
    await save('metrics-csv');
    expect(workers).toHaveLength(0);
    expect(workbench.getState().notice).toBeNull();
  });
});

describe('whatever goes wrong ends in words, and the next export works', () => {
  test('the worker dies', async () => {
    const bench = opened();
    for (const id of ['run-file', 'metrics-csv']) {
      const saving = bench.save(id);
      await bench.asked();
      bench.workers[bench.workers.length - 1].die();
      await saving;
      expect(bench.get()).toMatchObject({ notice: { ...failed, problem: 'silent' }, saving: null });
      expect(saved()).toEqual([]);
      await savesTheNext(bench);
      vi.mocked(saveBlob).mockClear();
    }
    // Each after a death has a worker of its own.
    expect(bench.workers).toHaveLength(3);
  });

  test('the worker ends by itself: another makes the file, from the beginning', async () => {
    const bench = opened();
    const saving = bench.save('run-file');
    await bench.asked();
    bench.workers[0].die('died');
    await allQuiet();
    const again = await bench.asked();
    expect(bench.workers).toHaveLength(2);
    again.answer(new Blob(['again']));
    await saving;
    expect(bench.get()).toMatchObject({ notice: null, saving: null });
    expect(saved()).toHaveLength(1);
  });

  test('what was to cross cannot be cloned', async () => {
    const bench = opened();
    const saving = bench.save('chart-svg');
    (await bench.asked()).fail(notCloneable());
    await saving;
    expect(bench.get()).toMatchObject({ notice: failed, saving: null });
    expect(bench.workers).toHaveLength(1);
    await savesTheNext(bench);
    expect(bench.workers).toHaveLength(1);
  });

  test('the stage cannot be sent: the pictures after it have it all the same', async () => {
    const bench = opened();
    const options = { pane: 'als', scale: 1 };
    const first = bench.save('picture-png', options);
    (await bench.asked()).fail(notCloneable());
    await first;
    const second = bench.save('picture-png', options);
    const { args, answer } = await bench.asked();
    expect(args[1]).toMatchObject({ sheet: { scene: { width: 3, height: 2, ratings: { userIds: null } } } });
    answer(file());
    await second;
    expect(saved()).toEqual(['factorscope_mine_als_rank2_lambda1_step2.00.png']);
  });

  test('the worker hangs: who cancels is rid of it, without a word', async () => {
    const bench = opened();
    const saving = bench.save('run-file');
    await bench.asked();
    expect(bench.get().saving).not.toBeNull();
    bench.actions.cancel();
    await saving;
    expect(bench.workers[0].alive).toBe(false);
    expect(bench.get()).toMatchObject({ saving: null, notice: null });
    expect(saved()).toEqual([]);
    await savesTheNext(bench);
  });

  test('what should be quick hangs: after a while it says so, and can be cancelled', async () => {
    vi.useFakeTimers();
    const bench = opened();
    const saving = bench.save('chart-svg');
    await bench.asked();
    expect(bench.get().saving).toBeNull();
    vi.runAllTimers();
    expect(bench.get().saving).toMatchObject({ what: 'the file', of: 0 });
    bench.actions.cancel();
    await saving;
    expect(bench.get()).toMatchObject({ saving: null, notice: null });
    await savesTheNext(bench);
  });

  test('the answer is on its way when it is cancelled: nothing is saved', async () => {
    const bench = opened();
    const saving = bench.save('run-file');
    (await bench.asked()).answer(file());
    await Promise.resolve();
    bench.actions.cancel();
    await saving;
    expect(saved()).toEqual([]);
    expect(bench.get()).toMatchObject({ saving: null, notice: null });
    await savesTheNext(bench);
  });

  test('one that was cancelled still tells of its steps: the one after it shows its own', async () => {
    const bench = opened();
    const cancelled = bench.save('run-file');
    const { args } = await bench.asked();
    bench.actions.cancel();
    await cancelled;
    const next = bench.save('run-file');
    const { answer } = await bench.asked();
    args[2].next(5);
    args[2].said(6);
    expect(bench.get().saving).toMatchObject({ done: 0, of: 6 });
    answer(file());
    await next;
    expect(saved()).toEqual(['factorscope_mine_run.zip']);
  });

  test('a part cannot be had: the worker hears of it', async () => {
    const bench = opened();
    const [first] = bench.get().runs.als.track.snapshots;
    const saving = bench.save('film', { format: 'mp4', frameCount: 3 });
    const { args, fail } = await bench.asked();
    Object.defineProperty(first, 'values', {
      get() {
        throw new RangeError('out of memory');
      },
    });
    expect(() => args[2].next(0)).toThrow('out of memory');
    fail(new RangeError('out of memory'));
    await saving;
    expect(bench.get().notice).toEqual(failed);
    await savesTheNext(bench);
  });

  test('finding out what the browser can encode fails: it is asked again', async () => {
    const { actions, workers } = opened();
    const first = actions.ask();
    (await workers[0].asked('unableToFilm')).fail(notCloneable());
    await expect(first).rejects.toThrow();
    const second = actions.ask();
    (await workers[0].asked('unableToFilm')).answer(['mp4']);
    await second;
    await actions.ask();
    expect(workers[0].called).toEqual(['unableToFilm', 'unableToFilm']);
    const mp4 = actions
      .offers()
      .flat()
      .find(({ label }) => label === 'MP4 of the race');
    expect(mp4?.ready).toBe('not in this browser');
  });
});
