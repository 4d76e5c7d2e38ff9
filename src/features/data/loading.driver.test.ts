import { describe, expect, test } from 'vitest';
import { failure } from '../../ratings/result';
import { defaultsFor } from '../../state/run-configs';
import { allQuiet, notCloneable } from '../../workers/fixtures/fake-worker';
import { dataBench, infoOf, loadedOf, noRoom, preparedOf } from './fixtures/data-bench';
import type { Reading } from './loading.driver';

/** Reads with the worker, as files are read. */
const reading: Reading = (worker, progress) => worker.call((api) => api.readSample(1, 'sample', progress));
const lost = { kind: 'data-lost', what: 'mine', why: 'silent' };

test('ratings are read, prepared, put on the stage, and their runs begin; in this order', async () => {
  const { load, newest, get, told } = dataBench();
  const taken = load.load('mine', 'file', reading, { accepted: () => told.push('accepted') });
  expect(get().loading).toMatchObject({ what: 'mine', rows: 0, share: null });
  const read = await newest().asked('readSample');
  read.args[2](10, 0.5);
  expect(get().loading).toMatchObject({ rows: 10, share: 0.5 });
  read.answer(loadedOf('mine', { warnings: [{ code: 'some-times' }], rejected: { count: 3, rows: [] } }));
  const prepare = await newest().asked('prepare');
  expect(prepare.args[0]).toMatchObject({ order: 'count', holdOut: { kind: 'random' } });
  expect(get()).toMatchObject({ data: null, loading: { what: 'mine', rows: 4 } });
  expect(get().loading?.needed).toBeGreaterThan(0);
  // A report that was long on its way says nothing of what is going on now.
  read.args[2](11, 0.6);
  expect(get().loading).toMatchObject({ rows: 4, share: null });
  prepare.args[1](2, 5);
  expect(get().loading).toMatchObject({ rows: 4, share: 0.4 });
  prepare.answer(preparedOf());
  expect(await taken).toBe(true);
  expect(get()).toMatchObject({
    ...{ loading: null, notice: null, window: null },
    data: {
      source: 'file',
      orderBy: 'count',
      ratings: { name: 'mine' },
      trainingCount: 4,
      rejected: { count: 3 },
    },
    computing: { alone: true },
  });
  expect(get().scene).not.toBeNull();
  expect(told).toEqual([
    'stage.laidOut',
    ...['race.handOver als', 'race.handOver sgd', 'forks.begin', 'forks.restart', 'floor.find'],
    ...['arrived', 'accepted'],
  ]);
});

describe('when it fails, that is said, what was there stays, and the next load does', () => {
  /** A load of ratings beside others; `fail` is what becomes of its call. */
  async function failing(fail: (bench: ReturnType<typeof dataBench>) => unknown) {
    const bench = dataBench();
    await bench.bring('before');
    const before = bench.get().settings;
    const taken = bench.load.load('mine', 'file', reading);
    const outcome = taken.catch((error: Error) => error.name);
    await fail(bench);
    const result = await outcome;
    expect(bench.get()).toMatchObject({ loading: null, data: { ratings: { name: 'before' } } });
    // The worker may have been taken from whoever was finding the floor.
    expect(bench.told).toEqual(['floor.find']);
    return { ...bench, before, result };
  }

  test.each([
    ['a refusal', failure('no-ratings', { fileName: 'mine' })],
    ['a file that is gone', Object.assign(new Error(), { name: 'NotReadableError' })],
  ])('%s', async (_, what) => {
    const { get, result, bring } = await failing(async ({ newest }) => {
      const read = await newest().asked('readSample');
      if (what instanceof Error) read.fail(what);
      else read.answer(what);
    });
    expect(result).toBe(false);
    const code = what instanceof Error ? 'unreadable' : 'no-ratings';
    expect(get().notice).toEqual({ kind: 'refused', problem: { code, fileName: 'mine' } });
    await bring('next');
    expect(get()).toMatchObject({ notice: null, data: { ratings: { name: 'next' } } });
  });

  test('a refusal with a preview is a question, and no news', async () => {
    const preview = {
      rows: [],
      mapping: { user: 0, item: 1, rating: 2, time: -1, header: true, delimiter: ',' },
    };
    const { get } = await failing(async ({ newest }) =>
      (await newest().asked('readSample')).answer(failure('missing-column', { fileName: 'mine', preview })),
    );
    expect(get().notice).toBeNull();
  });

  test('a worker that dies while it reads, or while it prepares', async () => {
    const first = await failing(async ({ newest }) => {
      await newest().asked('readSample');
      newest().die();
    });
    expect([first.result, first.get().notice]).toEqual([false, lost]);
    const second = await failing(async ({ newest }) => {
      (await newest().asked('readSample')).answer(loadedOf('mine'));
      await newest().asked('prepare');
      newest().die();
    });
    expect([second.result, second.get().notice]).toEqual([false, lost]);
    await second.bring('next');
    expect(second.workers).toHaveLength(2);
  });

  test('a message that cannot be cloned is a mistake of ours: it is thrown as well', async () => {
    const { result, get, bring } = await failing(async ({ newest }) =>
      (await newest().asked('readSample')).fail(notCloneable()),
    );
    expect([result, get().notice]).toEqual(['DataCloneError', { ...lost, why: 'garbled' }]);
    await bring('next');
  });

  test('what would not fit, with numbers; and settings say again what is there', async () => {
    const { get, before } = await failing(async ({ newest, workbench, get }) => {
      (await newest().asked('readSample')).answer(loadedOf('mine'));
      const prepare = await newest().asked('prepare');
      workbench.setState({ settings: { ...get().settings, holdOutShare: 0.5, size: 77 } });
      prepare.answer(noRoom);
    });
    expect(get().notice).toEqual({ kind: 'no-room', what: 'mine', needed: 3e9, most: 2e9 });
    expect(get().settings).toEqual(before);
  });
});

test('ratings that a worker died over are read once more, by another; and no third time', async () => {
  const bench = dataBench();
  await bench.bring('before');
  const taken = bench.load.load('mine', 'file', reading);
  (await bench.newest().asked('readSample')).answer(loadedOf('mine'));
  await bench.newest().asked('prepare');
  bench.newest().die('died');
  await allQuiet();
  expect(bench.get().loading).toMatchObject({ what: 'mine' });
  (await bench.newest().asked('readSample')).answer(loadedOf('mine'));
  (await bench.newest().asked('prepare')).answer(preparedOf());
  expect(await taken).toBe(true);
  const next = bench.load.load('next', 'file', reading);
  for (let time = 0; time < 2; time++) {
    await bench.newest().asked('readSample');
    bench.newest().die('missing');
    await allQuiet();
  }
  expect(await next).toBe(false);
  expect(bench.get()).toMatchObject({ notice: { kind: 'data-lost', what: 'next', why: 'missing' } });
  expect(bench.get().data?.ratings.name).toBe('mine');
});

describe('where nothing was there before', () => {
  test('the picture stands in, below the reason', async () => {
    const { load, newest, get } = dataBench();
    const taken = load.load('mine', 'file', reading);
    (await newest().asked('readSample')).answer(failure('empty-file', { fileName: 'mine' }));
    expect(await taken).toBe(false);
    (await newest().asked('shop')).answer(infoOf('portrait'));
    (await newest().asked('prepare')).answer(preparedOf());
    await allQuiet();
    expect(get()).toMatchObject({
      data: { source: 'picture', orderBy: 'id' },
      notice: { kind: 'refused', problem: { code: 'empty-file' } },
    });
  });

  test('a file that is refused while the picture was on its way has it come again', async () => {
    const { load, newest, get } = dataBench();
    const first = load.loadPicture();
    await newest().asked('shop');
    const taken = load.load('mine', 'file', reading);
    (await newest().asked('readSample')).answer(failure('empty-file', { fileName: 'mine' }));
    expect([await taken, get().undrawn]).toEqual([false, false]);
    (await newest().asked('shop')).answer(infoOf('portrait'));
    (await newest().asked('prepare')).answer(preparedOf());
    await allQuiet();
    expect(get()).toMatchObject({ data: { source: 'picture' }, notice: { kind: 'refused' } });
    expect(await first).toBe(false);
  });

  test('a picture that fails too is not asked for again and again', async () => {
    const { load, newest, get, workers } = dataBench();
    const taken = load.load('mine', 'file', reading);
    newest().die();
    await taken;
    await newest().asked('shop');
    newest().die();
    await allQuiet();
    expect(get()).toMatchObject({ data: null, loading: null, notice: lost, undrawn: true });
    expect(workers).toHaveLength(2);
  });
});

describe('the newest load counts', () => {
  test('one that hangs is sent away with its worker, and its late answer is lost', async () => {
    const { load, newest, get, workers, told } = dataBench();
    const first = load.load('slow', 'file', reading);
    const hanging = await newest().asked('readSample');
    const second = load.load('mine', 'file', reading);
    expect(workers).toHaveLength(2);
    hanging.answer(loadedOf('slow'));
    hanging.args[2](5, 0.5);
    (await newest().asked('readSample')).answer(loadedOf('mine'));
    (await newest().asked('prepare')).answer(preparedOf());
    expect(await Promise.all([first, second])).toEqual([false, true]);
    expect(get()).toMatchObject({ data: { ratings: { name: 'mine' } }, notice: null, loading: null });
    expect(workers[0].called).not.toContain('prepare');
    expect(told.filter((what) => what === 'arrived')).toHaveLength(1);
  });

  test('one that was superseded while it was prepared is not taken', async () => {
    const { load, newest, get, told } = dataBench();
    const first = load.load('slow', 'file', reading);
    (await newest().asked('readSample')).answer(loadedOf('slow'));
    const hanging = await newest().asked('prepare');
    const second = load.load('mine', 'file', reading);
    hanging.answer(preparedOf());
    expect(await first).toBe(false);
    expect([get().data, told]).toEqual([null, []]);
    (await newest().asked('readSample')).answer(loadedOf('mine'));
    (await newest().asked('prepare')).answer(preparedOf());
    expect(await second).toBe(true);
  });

  test('whatever else is opened drops what is being loaded', async () => {
    const { load, newest, get, workers } = dataBench();
    const taken = load.load('slow', 'file', reading);
    const hanging = await newest().asked('readSample');
    const isNewest = load.supersede();
    hanging.answer(loadedOf('slow'));
    expect(await taken).toBe(false);
    expect([workers.length, isNewest(), get().data, get().notice]).toEqual([2, true, null, null]);
    load.supersede();
    expect(isNewest()).toBe(false);
  });

  test('cancelled, it leaves what was there; where nothing was, the picture comes', async () => {
    const bench = dataBench();
    const { load, newest, get } = bench;
    const first = load.load('slow', 'file', reading);
    await newest().asked('readSample');
    load.actions.cancelLoading();
    expect(await first).toBe(false);
    (await newest().asked('shop')).answer(infoOf('portrait'));
    (await newest().asked('prepare')).answer(preparedOf());
    await allQuiet();
    expect(get()).toMatchObject({ data: { source: 'picture' }, notice: null });
    const second = load.load('slow', 'file', reading);
    await newest().asked('readSample');
    load.actions.cancelLoading();
    expect(await second).toBe(false);
    expect(get()).toMatchObject({ loading: null, data: { source: 'picture' }, notice: null });
    await bench.bring('next');
  });

  test('a worker that finds the floor is not waited for', async () => {
    const { load, workers, noted } = dataBench();
    noted.floorIsAtWork = true;
    void load.load('mine', 'file', reading);
    expect(workers).toHaveLength(2);
    expect(workers[0].alive).toBe(false);
  });
});

describe('settings', () => {
  const settingsAfter = async (options: object, ratings = infoOf('mine')) => {
    const { load, newest, get, workbench } = dataBench();
    workbench.setState({ settings: { ...get().settings, rank: 3, holdOut: 'latest', flatOut: true } });
    const taken = load.load('mine', 'file', reading, options);
    (await newest().asked('readSample')).answer(loadedOf('mine', { ratings }));
    (await newest().asked('prepare')).answer(preparedOf());
    await taken;
    return get().settings;
  };

  test('are those that suit the data, but for those of the machine; or stay', async () => {
    expect(await settingsAfter({})).toMatchObject({
      flatOut: true,
      rank: defaultsFor('file', infoOf('mine')).rank,
    });
    expect(await settingsAfter({ keepSettings: true })).toMatchObject({ flatOut: true, rank: 3 });
  });

  test('hold out as was wanted where that can be; and a test set, where one has come', async () => {
    expect(await settingsAfter({ keepSettings: true })).toMatchObject({ holdOut: 'random' });
    const clock = { origin: 0, unit: 1 };
    const timed = infoOf('mine', { clock });
    expect(await settingsAfter({ keepSettings: true }, timed)).toMatchObject({ holdOut: 'latest' });
    const tested = infoOf('mine', { clock, testCount: 2 });
    expect(await settingsAfter({ keepSettings: true }, tested)).toMatchObject({ holdOut: 'test' });
  });
});

test('what was loaded first is known', () => {
  const { load } = dataBench();
  expect(load.hasBegun()).toBe(false);
  void load.loadPicture();
  expect(load.hasBegun()).toBe(true);
});
