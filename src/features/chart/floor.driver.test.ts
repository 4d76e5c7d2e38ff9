import { describe, expect, test } from 'vitest';
import { dataOf } from '../../state/fixtures/data-of';
import { allQuiet, notCloneable } from '../../workers/fixtures/fake-worker';
import { driverBench } from '../fixtures/driver-bench';
import { floorDriver } from './floor.driver';

/** A complete matrix of 20 × 50, of which nobody knows the floor yet. */
const complete = () => dataOf('picture', { validationCount: 0 });

function floorBench(data = complete()) {
  const bench = driverBench(data);
  const floor = floorDriver(bench.context);
  const newest = () => bench.workers.data[bench.workers.data.length - 1];
  const set = (change: object) =>
    bench.workbench.setState(({ settings }) => ({ settings: { ...settings, ...change } }));
  set({ rank: 1, lambda: 0 });
  return { ...bench, floor, newest, set };
}
/** √(Σ of the squares beyond the rank / cells) of these is √(16 / 1000) at rank 1. */
const values = Float64Array.of(100, 4);

describe('the floor', () => {
  test('is found once; other ranks and λ need no worker', async () => {
    const { floor, newest, get, set, events } = floorBench();
    void floor.find();
    expect(floor.isAtWork()).toBe(true);
    (await newest().asked('singularValues')).answer(values);
    await allQuiet();
    expect([floor.isAtWork(), get().floor]).toEqual([
      false,
      { rank: 1, lambda: 0, least: Math.sqrt(16 / 1000), regularised: Math.sqrt(16 / 1000) },
    ]);
    set({ lambda: 10 });
    await events.tell('settingsChanged', ['lambda']);
    expect(get().floor?.regularised).toBeGreaterThan(Math.sqrt(16 / 1000));
    set({ rank: 2 });
    void floor.find();
    expect(get().floor).toBeNull();
    await allQuiet();
    expect(get().floor).toMatchObject({ rank: 2, least: 0 });
    expect(newest().called).toEqual(['singularValues']);
  });

  test('is of the rank that is set by the time it is known', async () => {
    const { floor, newest, get, set } = floorBench();
    void floor.find();
    set({ rank: 2 });
    void floor.find();
    (await newest().asked('singularValues')).answer(values);
    await allQuiet();
    expect([get().floor?.rank, newest().called]).toEqual([2, ['singularValues']]);
  });

  test.each([
    ['something is held out', dataOf('picture', { validationCount: 9 })],
    ['not all is known', dataOf('picture', { ratings: { ...complete().ratings, ratingCount: 9 } })],
  ])('is not there where %s', async (_, data) => {
    const { floor, newest, get } = floorBench(data);
    await floor.find();
    expect([get().floor, newest().called]).toEqual([null, []]);
  });

  test('is not there where ALS leaves a baseline aside, even if that is set while it is being found', async () => {
    const { floor, newest, get, set } = floorBench();
    void floor.find();
    set({ baseline: 'biases' });
    (await newest().asked('singularValues')).answer(values);
    await allQuiet();
    expect(get().floor).toBeNull();
  });
});

describe('whatever becomes of the worker, the chart does without, and the next one is found', () => {
  test.each(['dies', 'is replaced', 'cannot be sent'] as const)('it %s', async (how) => {
    const { floor, newest, get, context } = floorBench();
    const finding = floor.find();
    const call = await newest().asked('singularValues');
    if (how === 'dies') newest().die();
    else if (how === 'is replaced') context.ratings.renew();
    else call.fail(notCloneable());
    await finding;
    expect([get().floor, floor.isAtWork()]).toEqual([null, false]);
    void floor.find();
    (await newest().asked('singularValues')).answer(values);
    await allQuiet();
    expect(get().floor?.rank).toBe(1);
  });

  test('it answers two data sets in the other order: the newer is not replaced', async () => {
    const { floor, newest, workbench, get } = floorBench();
    void floor.find();
    const old = await newest().asked('singularValues');
    workbench.setState({ data: complete(), floor: null });
    void floor.find();
    (await newest().asked('singularValues')).answer(values);
    await allQuiet();
    const { floor: found } = get();
    old.answer(Float64Array.of(1, 1));
    await allQuiet();
    expect([found?.rank, get().floor === found]).toEqual([1, true]);
  });

  test('it hangs on old data: the new need not wait', async () => {
    const { floor, newest, workbench, get } = floorBench();
    void floor.find();
    await newest().asked('singularValues');
    workbench.setState({ data: complete() });
    void floor.find();
    (await newest().asked('singularValues')).answer(values);
    await allQuiet();
    expect([get().floor?.rank, floor.isAtWork()]).toEqual([1, false]);
  });
});
