import { describe, expect, test } from 'vitest';
import { raceMethodIds } from '../../methods';
import { failure } from '../../ratings/result';
import type { Settings } from '../../settings/race';
import { allQuiet, notCloneable } from '../../workers/fixtures/fake-worker';
import { dataBench, loadedOf, noRoom, preparedOf } from './fixtures/data-bench';

/** Ratings are on the stage, and settings ask for another division of them. */
async function benchWith(change: Partial<Settings> = { holdOutShare: 0.3 }) {
  const bench = dataBench();
  await bench.bring('mine');
  const before = bench.get().settings;
  bench.workbench.setState({ settings: { ...before, ...change } });
  return { ...bench, before };
}
const halted = raceMethodIds.map((method) => `race.halt ${method}`);
const begun = ['forks.restart', 'floor.find'];

test('the runs stop, the ratings are divided, and runs begin on them', async () => {
  const { division, newest, get, told, data } = await benchWith();
  const held = data.held();
  const divided = division.divideAgain();
  expect(division.isDividing()).toBe(true);
  expect(told).toEqual(halted);
  const call = await newest().asked('divide');
  expect(call.args[0]).toBe(held?.split);
  expect(call.args[1]).toMatchObject({ holdOut: { share: 0.3 } });
  call.answer({ ...preparedOf(), cold: { users: 1, items: 0, ratings: 1 } });
  await divided;
  expect(division.isDividing()).toBe(false);
  expect(get()).toMatchObject({
    data: { cold: { users: 1 } },
    settings: { holdOutShare: 0.3 },
    notice: null,
  });
  expect(data.held()).not.toBe(held);
  expect(told).toEqual([
    ...[...halted, 'stage.laidOut', 'stage.layOut'],
    ...['race.handOver als', 'race.handOver sgd', ...begun],
  ]);
});

test('an order that was chosen meanwhile stays', async () => {
  const { division, newest, get, workbench } = await benchWith();
  const divided = division.divideAgain();
  const call = await newest().asked('divide');
  const now = get().data;
  if (now) workbench.setState({ data: { ...now, orderBy: 'id' } });
  call.answer(preparedOf());
  await divided;
  expect(get().data?.orderBy).toBe('id');
});

describe('when it fails, that is said, settings are what they were, and the runs begin again', () => {
  test.each(['has no room', 'dies', 'cannot be cloned'] as const)('%s', async (how) => {
    const bench = await benchWith({ holdOutShare: 0.3, rank: 40, lambda: 0.5 });
    const { division, newest, get, told, before } = bench;
    const divided = division.divideAgain().catch((error: Error) => error.name);
    const call = await newest().asked('divide');
    if (how === 'dies') newest().die();
    else if (how === 'cannot be cloned') call.fail(notCloneable());
    else call.answer(noRoom);
    expect(await divided).toBe(how === 'cannot be cloned' ? 'DataCloneError' : undefined);
    expect(get().notice).toEqual(
      how === 'has no room'
        ? { kind: 'no-room', what: 'mine', needed: 3e9, most: 2e9 }
        : { kind: 'data-lost', what: 'mine', why: how === 'dies' ? 'silent' : 'garbled' },
    );
    // What has nothing to do with the division stays as it was set.
    const { holdOutShare } = before;
    const rank = (get().data?.highestRank ?? 0) < 40 ? before.rank : 40;
    expect(get().settings).toMatchObject({ holdOutShare, rank, lambda: 0.5 });
    expect(division.isDividing()).toBe(false);
    expect(told).toEqual([...halted, ...begun]);
    const again = division.divideAgain();
    (await newest().asked('divide')).answer(preparedOf());
    await again;
    expect(get().data?.ratings.name).toBe('mine');
  });
});

test('of two divisions the newer counts, whichever comes first; one that hangs is sent away', async () => {
  const { division, newest, workers, told } = await benchWith();
  const first = division.divideAgain();
  const hanging = await newest().asked('divide');
  const second = division.divideAgain();
  hanging.answer(preparedOf());
  await first;
  expect(workers).toHaveLength(2);
  expect(division.isDividing()).toBe(true);
  (await newest().asked('divide')).answer(preparedOf());
  await second;
  expect(division.isDividing()).toBe(false);
  expect(told.filter((what) => what === 'forks.restart')).toHaveLength(1);
});

describe('steps that were asked for meanwhile', () => {
  test('are done once the runs are there', async () => {
    const { division, newest, told } = await benchWith();
    const divided = division.divideAgain();
    division.afterDivision(() => told.push('step'));
    (await newest().asked('divide')).answer(preparedOf());
    await divided;
    expect(told.slice(-3)).toEqual([...begun, 'step']);
  });

  test('are dropped where other ratings come instead', async () => {
    const { division, newest, load, told } = await benchWith();
    const divided = division.divideAgain();
    await newest().asked('divide');
    division.afterDivision(() => told.push('step'));
    const taken = load.load('other', 'file', async () => loadedOf('other'));
    (await newest().asked('prepare')).answer(preparedOf());
    await Promise.all([taken, divided]);
    const again = division.divideAgain();
    (await newest().asked('divide')).answer(preparedOf());
    await again;
    expect(told).not.toContain('step');
  });
});

describe('what is being loaded goes first', () => {
  test.each(['before', 'after'] as const)(
    'a load that begins %s: divided if it is not taken',
    async (when) => {
      const { division, newest, load, get } = await benchWith();
      const early = when === 'after' ? division.divideAgain() : null;
      if (early) await newest().asked('divide');
      const taken = load.load('other', 'file', (worker) =>
        worker.call((api) => api.readSample(1, '', () => {})),
      );
      const read = await newest().asked('readSample');
      if (!early) await division.divideAgain();
      expect(newest().called).not.toContain('divide');
      read.answer(failure('empty-file', { fileName: 'other' }));
      expect(await taken).toBe(false);
      (await newest().asked('divide')).answer(preparedOf());
      await allQuiet();
      expect(get()).toMatchObject({
        settings: { holdOutShare: 0.3 },
        notice: { kind: 'refused' },
        data: { ratings: { name: 'mine' } },
      });
      expect(division.isDividing()).toBe(false);
    },
  );

  test('what takes the place of the ratings is divided as it was prepared', async () => {
    const { division, newest, load, get } = await benchWith();
    const early = division.divideAgain();
    await newest().asked('divide');
    const taken = load.load('other', 'file', async () => loadedOf('other'));
    (await newest().asked('prepare')).answer(preparedOf());
    await Promise.all([taken, early, allQuiet()]);
    expect(newest().called).not.toContain('divide');
    expect(division.isDividing()).toBe(false);
    expect(get().data?.ratings.name).toBe('other');
  });
});

test('where there is nothing to divide, nothing happens', async () => {
  const { division, newest, told } = dataBench();
  await division.divideAgain();
  division.goOn();
  division.weigh();
  expect([newest().called, told]).toEqual([[], []]);
});

test('workers that hold on to a large memory are let go with it', async () => {
  const { division, told } = dataBench();
  division.moveTo(preparedOf(1 << 30));
  expect(told).toEqual(['stage.laidOut']);
  division.moveTo(preparedOf());
  expect(told).toEqual(['stage.laidOut', 'race.dismiss', 'stage.laidOut']);
});
