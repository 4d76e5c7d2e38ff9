import { beforeEach, describe, expect, test, vi } from 'vitest';
import { dataOf } from '../../state/fixtures/data-of';
import { allQuiet, notCloneable } from '../../workers/fixtures/fake-worker';
import { atBatch, facts, type LabBench, labBench, opened, openLab } from './fixtures/lab-bench';
import type { StreamActions } from './slice';

beforeEach(() => vi.stubGlobal('document', { hidden: false }));

describe('λ of a stream', () => {
  const inTwenties = () => {
    const data = dataOf('file');
    return { ...data, ratings: { ...data.ratings, scale: { min: 20, max: 100, step: 20 } } };
  };

  test('follows the scale of the ratings, unless it was set', () => {
    const bench = labBench();
    bench.stream.change({ alsLambda: 0.5 });
    bench.workbench.setState({ data: inTwenties() });
    expect(bench.now().settings).toMatchObject({ lambda: 0.4, alsLambda: 0.5, learningRate: 0.03 });
    bench.workbench.setState({ data: dataOf('file') });
    expect(bench.now().settings).toMatchObject({ lambda: 0.02, alsLambda: 0.5 });
  });

  test('is that of the ratings where a link names none', async () => {
    const bench = labBench(true, inTwenties());
    await bench.events.tell('streamLinked', { settings: { alsLambda: 0 }, batch: 0 });
    expect(bench.now().settings).toMatchObject({ lambda: 0.4, alsLambda: 0 });
  });
});

describe('a stream', () => {
  test('is opened when it is looked at, goes on as far as is asked for, and ends', async () => {
    const bench = labBench(false);
    expect([bench.made.length, bench.now().status]).toEqual([0, 'waiting']);
    bench.look('stream');
    expect(bench.now()).toMatchObject({ status: 'opening', batch: 0 });
    expect(await opened(bench)).toMatchObject({ feed: 'arriving', shown: ['sgd', 'fold-in'] });
    expect(bench.now()).toMatchObject({ status: 'ready', facts, batch: 0, momentCount: 1, playing: false });
    bench.stream.oneBatch();
    const one = await bench.newest().asked('advance');
    expect(one.args).toEqual([{ units: 1, milliseconds: 200, shown: ['sgd', 'fold-in'] }]);
    one.answer(atBatch(1));
    await allQuiet();
    expect(bench.now()).toMatchObject({ batch: 1, momentCount: 2, target: null });
    expect(bench.now().tracks.sgd.latest?.step).toBe(1);
    bench.stream.play();
    const rest = await bench.newest().asked('advance');
    expect(rest.args).toEqual([{ units: 1, milliseconds: 24, shown: ['sgd', 'fold-in'] }]);
    rest.answer(atBatch(10));
    await allQuiet();
    expect(bench.now()).toMatchObject({ batch: 10, playing: false, target: null });
    bench.stream.play();
    expect(bench.now()).toMatchObject({ status: 'opening', batch: 0, playing: true });
  });

  test('is gone through again to jump back, and paused on its way', async () => {
    const bench = await openLab();
    bench.stream.jump(6);
    (await bench.newest().asked('advance')).answer(atBatch(6));
    await allQuiet();
    bench.stream.jump(2);
    expect(bench.now()).toMatchObject({ status: 'opening', target: 2 });
    await opened(bench);
    const way = await bench.newest().asked('advance');
    expect(way.args[0]).toMatchObject({ units: 2, milliseconds: 200 });
    bench.stream.pause();
    way.answer(atBatch(1));
    await allQuiet();
    expect(bench.now()).toMatchObject({ batch: 1, playing: false, target: null });
    expect(bench.newest().called.filter((name) => name === 'advance')).toHaveLength(2);
  });

  test('has no room: that is said, and fewer methods begin another', async () => {
    const bench = labBench();
    (await bench.newest().asked('load')).answer('simd');
    (await bench.newest().asked('start')).answer({ status: 'no-room', needed: 2, most: 1 });
    await allQuiet();
    expect(bench.now()).toMatchObject({ status: 'no-room', room: { needed: 2, most: 1 }, target: null });
    bench.stream.change({ methods: ['sgd'] });
    await opened(bench);
    expect(bench.now()).toMatchObject({ status: 'ready', room: null });
  });

  test('learns what has been where a method is added, and begins anew where all is otherwise', async () => {
    const bench = await openLab();
    bench.stream.jump(4);
    (await bench.newest().asked('advance')).answer(atBatch(4));
    await allQuiet();
    bench.stream.change({ speed: 1 });
    expect(bench.now().status).toBe('ready');
    bench.stream.change({ methods: ['sgd', 'spark'] });
    expect(bench.now()).toMatchObject({ status: 'opening', target: 4, looks: { panes: ['sgd', 'spark'] } });
    bench.stream.change({ rank: 3 });
    expect(bench.now()).toMatchObject({ status: 'opening', target: null });
    bench.stream.change({ rank: -1 });
    expect(bench.now().settings.rank).toBe(3);
  });
});

describe('the race and the lab', () => {
  test('where the lab begins by itself, ratings arrive once it is looked at; a link stays where it leads', async () => {
    const bench = labBench(false, undefined, true);
    bench.look('stream');
    expect(bench.now()).toMatchObject({ status: 'opening', playing: true });
    await bench.events.tell('streamLinked', { settings: {}, batch: 0 });
    expect(bench.now().playing).toBe(false);
    bench.look('race');
    await bench.events.tell('streamLinked', { settings: {}, batch: 2 });
    expect(bench.now()).toMatchObject({ playing: false, target: 2 });
  });

  test('the race waits while the lab is looked at; the stream while it is not', async () => {
    const bench = labBench(false);
    bench.workbench.setState({ playing: true });
    bench.look('stream');
    expect(bench.get().playing).toBe(false);
    await opened(bench);
    bench.stream.play();
    const going = await bench.newest().asked('advance');
    bench.look('race');
    expect([bench.get().playing, bench.now().playing]).toEqual([true, false]);
    going.answer(atBatch(3));
    await allQuiet();
    expect(bench.now().batch).toBe(3);
    bench.look('stream');
    expect([bench.made.length, bench.now()]).toMatchObject([1, { status: 'ready', batch: 3 }]);
  });

  test('other ratings begin another stream, or let go of the one of the old', async () => {
    const bench = await openLab();
    bench.holdOthers();
    bench.workbench.setState({ data: dataOf('file') });
    expect(bench.now().status).toBe('opening');
    await opened(bench);
    bench.look('race');
    bench.holdOthers();
    bench.workbench.setState({ data: dataOf('file') });
    expect([bench.newest().alive, bench.now().status]).toEqual([false, 'waiting']);
    bench.look('stream');
    await opened(bench);
    expect([bench.made.length, bench.now().status]).toEqual([2, 'ready']);
  });

  test('of an opened run nothing can arrive', () => {
    const bench = labBench(true, dataOf('run'));
    expect([bench.now().status, bench.made.length]).toEqual(['no-ratings', 0]);
    bench.stream.play();
    expect(bench.made).toHaveLength(0);
  });
});

describe('whatever becomes of the worker, it is said, and there is a way on', () => {
  /** The stream is begun again, by another worker, and goes on. */
  async function goesOn(bench: LabBench, again: keyof Pick<StreamActions, 'revive' | 'play'> = 'revive') {
    expect(bench.now()).toMatchObject({ status: 'lost', playing: false, target: null });
    const before = bench.newest();
    bench.stream[again]();
    expect([bench.newest() === before, bench.now().status]).toEqual([false, 'opening']);
    await opened(bench);
    bench.stream.oneBatch();
    (await bench.newest().asked('advance')).answer(atBatch(1));
    await allQuiet();
    expect(bench.now()).toMatchObject({ status: 'ready', batch: 1, rating: 'idle' });
  }

  test.each(['load', 'start', 'advance'] as const)('it dies at %s', async (at) => {
    const bench = labBench();
    if (at !== 'load') (await bench.newest().asked('load')).answer('simd');
    if (at === 'advance') {
      (await bench.newest().asked('start')).answer(atBatch(0, { facts }));
      bench.stream.play();
    }
    await bench.newest().asked(at);
    bench.newest().die();
    await allQuiet();
    await goesOn(bench);
  });

  test.each(['play', 'oneBatch', 'rate', 'undo'] as const)('it dies unnoticed: %s finds out', async (act) => {
    const bench = await openLab();
    bench.newest().die();
    bench.stream.draft({ user: 1, item: 1, value: 5 });
    bench.stream[act]();
    await allQuiet();
    await goesOn(bench, 'play');
  });

  test('it ends by itself while paused: One batch brings another, which goes to where it was and one further', async () => {
    const bench = await openLab();
    bench.stream.jump(4);
    (await bench.newest().asked('advance')).answer(atBatch(4));
    await allQuiet();
    bench.newest().die('died');
    bench.stream.oneBatch();
    await allQuiet();
    expect(bench.made).toHaveLength(2);
    await opened(bench);
    const way = await bench.newest().asked('advance');
    expect(way.args[0]).toMatchObject({ units: 5 });
    way.answer(atBatch(5));
    await allQuiet();
    expect(bench.now()).toMatchObject({ status: 'ready', batch: 5, playing: false });
    bench.newest().die('died');
    bench.stream.play();
    await allQuiet();
    expect(bench.now()).toMatchObject({ status: 'lost', loss: 'died', playing: false });
  });

  test('it goes back: it begins again', async () => {
    const bench = await openLab();
    bench.stream.jump(4);
    (await bench.newest().asked('advance')).answer(atBatch(4));
    await allQuiet();
    bench.stream.oneBatch();
    (await bench.newest().asked('advance')).answer(atBatch(2));
    await allQuiet();
    await opened(bench);
    expect((await bench.newest().asked('advance')).args[0]).toMatchObject({ units: 5 });
  });

  test('it dies unnoticed, and other matrices are asked for', async () => {
    const bench = await openLab();
    bench.newest().die();
    bench.stream.look({ panes: ['als', 'sgd'] });
    await allQuiet();
    await goesOn(bench);
  });

  test('it hangs: what is begun anew does not wait for what was asked', async () => {
    const bench = await openLab();
    bench.stream.play();
    const hung = await bench.newest().asked('advance');
    bench.stream.pause();
    expect(bench.now().playing).toBe(false);
    bench.stream.restart();
    await opened(bench);
    hung.answer(atBatch(9));
    await allQuiet();
    expect(bench.now()).toMatchObject({ status: 'ready', batch: 0, momentCount: 1 });
  });

  test('it answers two openings in the other order: only the newer counts', async () => {
    const bench = labBench();
    const older = await bench.newest().asked('load');
    bench.stream.restart();
    const newer = await bench.newest().asked('load');
    newer.answer('simd');
    const start = await bench.newest().asked('start');
    older.answer('simd');
    const late = await bench.newest().asked('start');
    start.answer(atBatch(0, { facts }));
    late.answer(atBatch(7, { facts: { ...facts, batchCount: 7 } }));
    await allQuiet();
    expect(bench.now()).toMatchObject({ status: 'ready', batch: 0, facts: { batchCount: 10 } });
  });

  test('it says twice where it is: the curve has it once', async () => {
    const bench = await openLab();
    for (let i = 0; i < 2; i++) {
      bench.stream.oneBatch();
      (await bench.newest().asked('advance')).answer(atBatch(1));
      await allQuiet();
    }
    expect(bench.now().tracks.sgd.snapshots.map(({ step }) => step)).toEqual([0, 1]);
  });

  test('it was taken over by what is newer: nothing is said', async () => {
    const bench = labBench();
    const asked = await bench.newest().asked('load');
    bench.stream.restart();
    asked.answer('simd');
    (await bench.newest().asked('start')).answer({ status: 'superseded' });
    await allQuiet();
    expect(bench.now().status).toBe('opening');
    await opened(bench);
    expect(bench.now().status).toBe('ready');
  });

  test('what cannot be cloned is our mistake: it is thrown, and the lab says that nothing goes on', async () => {
    const bench = await openLab();
    const restarted = Promise.resolve(bench.stream.restart());
    (await bench.newest().asked('load')).fail(notCloneable());
    await expect(restarted).rejects.toHaveProperty('name', 'DataCloneError');
    await goesOn(bench);
  });
});

describe('a link to a stream', () => {
  test('opens the lab, brings it to its batch, and pauses there', async () => {
    const bench = labBench(false);
    void bench.events.tell('streamLinked', { settings: { batchSize: 50, methods: ['mean'] }, batch: 4 });
    expect(bench.get().looks.mode).toBe('stream');
    expect(bench.now()).toMatchObject({ status: 'opening', looks: { panes: ['mean', 'fold-in'] } });
    await opened(bench);
    const way = await bench.newest().asked('advance');
    expect(way.args[0]).toMatchObject({ units: 4, milliseconds: 200 });
    way.answer(atBatch(4));
    await allQuiet();
    expect(bench.now()).toMatchObject({ batch: 4, playing: false, target: null });
    expect(bench.get().notice).toBeNull();
  });

  test('that would take long waits for somebody to want it', async () => {
    const bench = labBench(false, dataOf('file', { trainingCount: 1e7 }));
    void bench.events.tell('streamLinked', { settings: { batchSize: 1 }, batch: 1e6 });
    expect(bench.get().notice).toEqual({ kind: 'link-far', batch: 1e6 });
    expect(bench.now().target).toBeNull();
  });
});
