import { describe, expect, test, vi } from 'vitest';
import type { RunConfig } from '../../methods/config';
import { racingOf } from '../../settings/race';
import type { LoadedData } from '../../state/loaded-data';
import { allQuiet, fakePool, notCloneable } from '../../workers/fixtures/fake-worker';
import { contextOf } from '../context.driver';
import { lacksRatings } from '../data/without-ratings';
import type { Notice } from '../shell/slice';
import type { WorkbenchState } from '../workbench';
import { describedData } from './described-data';
import { raceBench } from './fixtures/benches';
import { openingRuns } from './opening-runs.driver';

/** The driver over a race, with nothing behind it but the worker, which answers when the test says so. */
function opened() {
  const { workbench, held } = raceBench();
  const { pool, made } = fakePool();
  const context = contextOf(workbench, pool);
  context.ratings.put(held);
  let ticket = 0;
  const loading = {
    supersede() {
      const mine = ++ticket;
      return () => mine === ticket;
    },
    refuse: vi.fn((notice: Notice | null) => workbench.setState({ loading: null, notice })),
  };
  const forks = { begin: vi.fn(), adopt: vi.fn(), layDown: vi.fn() };
  const race = { halt: vi.fn() };
  const floor = { find: vi.fn() };
  const division = { goOn: vi.fn(), moveTo: vi.fn() };
  const driver = openingRuns(context, loading, division, { forks, race, floor } as never);
  const get = workbench.getState;
  return {
    ...{ workbench, held, get, forks, division, loading, workers: made.exporter, driver },
    open: (name: string) => driver.open({ file: new File([], name), name }),
    asked: () => made.exporter[made.exporter.length - 1].asked('readRunFile'),
    cancel() {
      ticket++;
      workbench.setState({ loading: null });
      void context.events.tell('loadingCancelled');
    },
  };
}

const judged = { part: 'validation', size: 3, likedFrom: 0.75, users: 10, among: 20 } as const;
const found = [
  {
    ...{ step: 1, observations: 1, flops: 0, seconds: 0, tallies: {} },
    values: { validationNdcg: 0.25, validationNdcgError: null },
  },
];

/** What a file of the bench's runs says, and of which ratings. */
function fileOf({ get }: ReturnType<typeof opened>, of: { checksum?: string; userCount?: number } = {}) {
  const { data, runs, settings } = get() as { data: LoadedData } & WorkbenchState;
  const racing = racingOf(settings).map((method) => runs[method]);
  const written = racing.map(({ name, config, changes, track }) => ({
    ...{ name, config: config as RunConfig, changes },
    ...{ marks: track.marks, moments: track.moments, snapshots: track.snapshots, found },
  }));
  const described = { ...describedData(data, settings.holdOut), ...of };
  return { ok: true, data: described, judged, runs: written } as const;
}

/** A second file is opened while the first is read. */
async function bothOpened({ open, asked }: ReturnType<typeof opened>) {
  const first = { opening: open('first.zip'), call: await asked() };
  const second = { opening: open('second.zip'), call: await asked() };
  return { both: [first.opening, second.opening], first: first.call, second: second.call };
}

describe('whatever becomes of the worker, there is a way on', () => {
  test('it dies: that is said, and the next file is opened by another', async () => {
    const bench = opened();
    const opening = bench.open('first.zip');
    await bench.asked();
    expect(bench.get().loading).toMatchObject({ what: 'first.zip' });
    bench.workers[0].die();
    await opening;
    expect(bench.get()).toMatchObject({ loading: null, notice: { kind: 'data-lost', what: 'first.zip' } });
    const again = bench.open('second.zip');
    (await bench.asked()).answer(fileOf(bench));
    await again;
    expect(bench.workers).toHaveLength(2);
    expect(bench.get()).toMatchObject({ loading: null, notice: null });
    expect(bench.forks.layDown).toHaveBeenCalledTimes(2);
  });

  test('its answer cannot be sent: that is said, and nothing is placed', async () => {
    const bench = opened();
    const opening = bench.open('large.zip');
    (await bench.asked()).fail(notCloneable());
    await opening;
    expect(bench.loading.refuse).toHaveBeenCalledWith({
      ...{ kind: 'data-lost', what: 'large.zip', why: 'garbled' },
    });
    expect(bench.forks.layDown).not.toHaveBeenCalled();
    expect(bench.get().playing).toBe(true);
  });

  test('it hangs: who cancels is rid of it without a word', async () => {
    const bench = opened();
    const opening = bench.open('endless.zip');
    await bench.asked();
    bench.cancel();
    await opening;
    expect(bench.get()).toMatchObject({ loading: null, notice: null });
    expect(bench.loading.refuse).not.toHaveBeenCalled();
    expect(bench.workers[0].alive).toBe(false);
  });

  test('another file is opened meanwhile: only that one is placed, in whatever order they come', async () => {
    for (const order of [0, 1]) {
      const bench = opened();
      const { both, first, second } = await bothOpened(bench);
      const answers = [
        () => first.answer({ ok: false, problem: { code: 'truncated' } }),
        () => second.answer(fileOf(bench)),
      ];
      answers[order]();
      await allQuiet();
      answers[1 - order]();
      await Promise.all(both);
      expect(bench.loading.refuse).not.toHaveBeenCalled();
      expect(bench.forks.layDown).toHaveBeenCalledTimes(2);
      expect(bench.get().loading).toBeNull();
    }
  });

  test('how far it is concerns the file that is being read, and none before', async () => {
    const bench = opened();
    const { both, first, second } = await bothOpened(bench);
    // Two files are opened at two times.
    bench.workbench.setState(({ loading }) => ({ loading: loading && { ...loading, since: -1 } }));
    first.args[1]?.(1, 2);
    expect(bench.get().loading).toMatchObject({ what: 'second.zip', share: null });
    for (const { answer } of [first, second]) answer({ ok: false, problem: { code: 'corrupt' } });
    await Promise.all(both);
    expect(bench.loading.refuse.mock.calls).toEqual([
      [{ kind: 'refused', problem: { code: 'corrupt', fileName: 'second.zip' } }],
    ]);
  });
});

describe('where opened runs are placed', () => {
  const place = async (of: { checksum?: string; userCount?: number }) => {
    const bench = opened();
    const { data } = bench.get();
    if (data) bench.workbench.setState({ data: { ...data, audit: { ...data.audit, checksum: 'mine' } } });
    const opening = bench.open('runs.zip');
    (await bench.asked()).answer(fileOf(bench, of));
    await opening;
    expect(bench.get().playing).toBe(false);
    return bench;
  };

  test('where their ratings are on the stage, they go on', async () => {
    const { forks, get } = await place({ checksum: 'mine' });
    expect(forks.adopt.mock.calls.map(([method]) => method)).toEqual(['als', 'sgd']);
    expect(get().data?.source).toBe('file');
    expect(get().settings.rank).toBe(2);
    // What they recommend is judged by the ratings that are here.
    expect(forks.adopt.mock.calls.map(([, run]) => run.track.found)).toEqual([[], []]);
    expect(get().rankings).toBeNull();
  });

  test('where nobody knows, they lie beside those that are there', async () => {
    const { forks, get } = await place({ checksum: '' });
    expect(forks.layDown).toHaveBeenCalledTimes(2);
    expect(forks.adopt).not.toHaveBeenCalled();
    expect(get().settings.rank).not.toBe(2);
  });

  test('of other ratings they stand alone, and cannot go on', async () => {
    const { forks, get, division, workbench } = await place({ checksum: 'others', userCount: 7 });
    expect(forks.begin).toHaveBeenCalled();
    expect(division.moveTo).toHaveBeenCalled();
    expect(forks.adopt).toHaveBeenCalledTimes(2);
    expect(get().data).toMatchObject({ source: 'run', ratings: { userCount: 7 } });
    // Nobody can judge them here: their lists stand as they were recorded.
    expect(get().rankings).toEqual({ ...judged, references: [], judged: 2 });
    expect(forks.adopt.mock.calls.map(([, run]) => run.track.found)).toEqual([found, found]);
    expect(lacksRatings(workbench)).toBe(true);
    expect(get().notice).toEqual({ kind: 'no-ratings' });
  });
});
