import { describe, expect, test } from 'vitest';
import { type Lens, lensOf } from '../../draw/lens';
import { inOrderOfIndex, type Orders } from '../../draw/orders';
import type { Split } from '../../ratings/hold-out';
import { dataOf } from '../../state/fixtures/data-of';
import { allQuiet, notCloneable } from '../../workers/fixtures/fake-worker';
import { preparedOf } from '../data/fixtures/data-bench';
import { driverBench } from '../fixtures/driver-bench';
import { runOf } from '../fixtures/loaded';
import { layoutDriver } from './layout.driver';

/** So many ratings of the first of 20 users; one lays them out at once, the other does not. */
const ratingsOf = (count: number): Split => {
  const { split } = preparedOf();
  const lines = { lineCount: 20, otherCount: 50, start: new Uint32Array(21), time: null };
  const none = { ...lines, other: new Uint32Array(0), value: new Float32Array(0) };
  const byUser = { ...lines, other: new Uint32Array(count), value: new Float32Array(count) };
  byUser.start = new Uint32Array(21).fill(count, 1);
  return { ...split, byUser, byItem: none, validation: none };
};

/** What is under a lens: nothing. */
const nothingUnder = ({ users, items }: Lens) => {
  const size = users.binCount * items.binCount;
  const none = { users: new Uint32Array(0), items: new Uint32Array(0), pixels: new Uint32Array(0) };
  return {
    ...{ known: new Uint32Array(size), heldOut: new Uint32Array(size), mean: new Float32Array(size) },
    sample: { ...none, values: new Float32Array(0), every: 1 },
  };
};
const anew = (): Orders => ({ users: inOrderOfIndex(20), items: inOrderOfIndex(50) });
const part = (from: number, to: number) => ({ users: { from, to }, items: { from: 0, to: 50 } });

/** The stage of a data set, of which the ratings are many or few. */
function stageBench(count = 300_000) {
  const bench = driverBench();
  const { ratings } = bench.context;
  const hold = (split: Split) => ratings.put({ ...preparedOf(), split });
  hold(ratingsOf(count));
  const stage = layoutDriver(bench.context);
  const cells = async () => {
    const call = await bench.workers.data[bench.workers.data.length - 1].asked('cells');
    return { lens: call.args[1], give: () => call.answer(nothingUnder(call.args[1])), call };
  };
  /** How many users the scene shows. */
  const users = () => {
    const lens = bench.get().scene?.lens.users;
    return lens ? lens.to - lens.from : null;
  };
  return {
    ...bench,
    stage,
    hold,
    cells,
    users,
    newest: () => bench.workers.data[bench.workers.data.length - 1],
  };
}

describe('what is on screen', () => {
  test('is laid out at once where that is little work, and not again where what there is serves', () => {
    const { stage, users, newest, get } = stageBench(1000);
    stage.layOut();
    expect(users()).toBe(20);
    stage.actions.show(part(0, 4));
    const { scene } = get();
    expect(users()).toBe(20);
    stage.actions.show(part(0, 3));
    expect([get().scene === scene, newest().called]).toEqual([true, []]);
  });

  test('is laid out by the worker where it is much, and once it is there need not be for what it serves', async () => {
    const { stage, users, cells, newest } = stageBench();
    stage.layOut();
    const whole = await cells();
    for (const to of [9, 8, 7]) stage.actions.show(part(0, to));
    expect(newest().called).toEqual(['cells']);
    whole.give();
    await allQuiet();
    expect([users(), newest().called]).toEqual([20, ['cells']]);
  });

  test('of other ratings, or in another order, is not what was asked for', async () => {
    const { stage, users, cells, hold, workbench, get } = stageBench();
    stage.layOut();
    const old = await cells();
    hold(ratingsOf(300_000));
    stage.layOut();
    old.give();
    await allQuiet();
    expect(users()).toBeNull();
    const now = await cells();
    workbench.setState(({ data }) => ({ data: data && { ...data, orders: anew() } }));
    now.give();
    await allQuiet();
    expect(get().scene).toBeNull();
  });

  test('is not replaced by what was asked for before and comes late', async () => {
    const { stage, cells, users, get } = stageBench();
    stage.layOut();
    const late = await cells();
    // Nobody there has a rating.
    stage.actions.show(part(5, 9));
    const { scene } = get();
    expect(users()).toBe(4);
    late.give();
    await allQuiet();
    expect(get().scene === scene).toBe(true);
  });
});

describe('whatever becomes of the worker, what was there stays, and the next wish is done', () => {
  test.each(['dies', 'is replaced', 'cannot be sent'] as const)('it %s', async (how) => {
    const { stage, cells, users, newest, context, workers } = stageBench();
    stage.layOut();
    const { call } = await cells();
    if (how === 'dies') newest().die();
    else if (how === 'is replaced') context.ratings.renew();
    else call.fail(notCloneable());
    await allQuiet();
    expect(users()).toBeNull();
    stage.layOut();
    const again = await cells();
    // A worker that has not divided the ratings is given them.
    expect([workers.data.length, again.call.args[0] === null]).toEqual(
      how === 'cannot be sent' ? [1, true] : [2, false],
    );
    again.give();
    await allQuiet();
    expect(users()).toBe(20);
  });

  test('it hangs: users and items can be ordered by another, and what is wished for is done then', async () => {
    const { stage, cells, users, newest, context } = stageBench();
    stage.layOut();
    await cells();
    stage.actions.show(part(0, 5));
    expect(newest().called).toEqual(['cells']);
    context.ratings.renew();
    await allQuiet();
    (await cells()).give();
    await allQuiet();
    expect(users()).not.toBeNull();
  });
});

describe('an order', () => {
  test('is chosen, and all is laid out in it; whoever points at a cell points at none', async () => {
    const { stage, newest, cells, get } = stageBench();
    stage.actions.pointAt({ user: 1, item: 1 });
    stage.actions.orderBy('id');
    const orders = anew();
    (await newest().asked('orderById')).answer(orders);
    await allQuiet();
    expect(get()).toMatchObject({ crosshair: null, data: { orderBy: 'id' } });
    (await cells()).give();
    await allQuiet();
    expect(get().scene?.lens).toEqual(lensOf(orders, part(0, 20), 400));
  });

  test('along a factor is that of who races first; by count, who has divided the ratings knows them', async () => {
    const { stage, newest, workbench } = stageBench();
    workbench.setState(({ runs }) => ({ runs: { ...runs, als: runOf('als', null, [0, 1]) } }));
    stage.actions.orderBy('factor');
    expect((await newest().asked('orderByFactor')).args[2]).toBe(1);
    stage.actions.orderBy('count');
    expect((await newest().asked('orderByCount')).args).toEqual([null]);
  });

  test('that was chosen before another does not replace that one, however late it comes', async () => {
    const { stage, newest, get } = stageBench();
    stage.actions.orderBy('id');
    const id = await newest().asked('orderById');
    stage.actions.orderBy('count');
    (await newest().asked('orderByCount')).answer(anew());
    await allQuiet();
    id.answer(anew());
    await allQuiet();
    expect(get().data?.orderBy).toBe('count');
  });

  test.each(['dies', 'other ratings'] as const)(
    'that cannot be had leaves the one that is: %s',
    async (how) => {
      const { stage, newest, get, workbench } = stageBench();
      stage.actions.orderBy('id');
      const asked = await newest().asked('orderById');
      if (how === 'dies') newest().die();
      else workbench.setState({ data: dataOf('file') });
      asked.answer(anew());
      await allQuiet();
      expect(get().data?.orderBy).toBe('count');
      stage.actions.orderBy('id');
      (await newest().asked('orderById')).answer(anew());
      await allQuiet();
      expect(get().data?.orderBy).toBe('id');
    },
  );

  test('of how many ratings there are is nobody’s where there are none', () => {
    const { stage, workbench, newest } = stageBench();
    workbench.setState({ data: dataOf('run') });
    stage.actions.orderBy('count');
    expect(newest().called).toEqual([]);
  });
});

test('a link may say what is on screen, and in which order', async () => {
  const { events, get, newest } = stageBench(1000);
  await events.tell('windowLinked', part(0, 3));
  expect(get().window).toEqual(part(0, 3));
  const ordered = events.tell('orderLinked', 'id');
  (await newest().asked('orderById')).answer(anew());
  await ordered;
  expect(get().data?.orderBy).toBe('id');
});
