import { expect, test } from 'vitest';
import type { Directions } from '../../methods/directions';
import { dataOf } from '../../state/fixtures/data-of';
import { allQuiet } from '../../workers/fixtures/fake-worker';
import { driverBench } from '../fixtures/driver-bench';
import { frameAt } from '../fixtures/loaded';
import { factorsDriver } from './factors.driver';

const frame = (step: number) => ({
  ...{ ...frameAt('als', step), userCount: 3, itemCount: 2, rank: 2 },
  ...{ userBias: new Float32Array(3), itemBias: new Float32Array(2) },
  ...{ userFactors: new Float32Array(6).fill(step), itemFactors: new Float32Array(4) },
});
const found = (share: number): Directions => ({
  ...{ shares: Float64Array.of(share, 1 - share), ends: [] },
  coordinates: [Float32Array.of(1, 2), Float32Array.of(3, 4)],
});

function bench() {
  const data = dataOf('file');
  const driven = driverBench({ ...data, ratings: { ...data.ratings, userCount: 3, itemCount: 2 } });
  const { workbench, context, get } = driven;
  factorsDriver(context);
  return {
    ...driven,
    reach(step: number) {
      get().runs.als.track.add(frame(step));
      workbench.setState(({ runs }) => ({ runs: { ...runs } }));
    },
    look: () => workbench.setState(({ looks }) => ({ looks: { ...looks, mode: 'factors' as const } })),
  };
}

test('a worker is asked only once somebody looks, about the frame on the stage, and then about the newest', async () => {
  const { reach, look, get, workers } = bench();
  reach(1);
  await allQuiet();
  expect(workers.ranker).toHaveLength(0);
  look();
  await allQuiet();
  const first = await workers.ranker[0].asked('directions');
  // Item 0 has two ratings, item 1 too: fewer than the five that are asked for.
  expect(first.args[1]).toMatchObject({ axes: [0, 1], offered: Uint8Array.of(0, 0) });
  reach(2);
  reach(3);
  first.answer(found(0.75));
  await allQuiet();
  expect(get().meant).toMatchObject({
    method: 'als',
    step: 1,
    across: 0,
    up: 1,
    items: { counts: Uint32Array.of(2, 2) },
  });
  expect([...(get().meant?.items.means ?? [])]).toEqual([2, 4.5]);
  const next = await workers.ranker[0].asked('directions');
  expect(next.args[0].userFactors[0]).toBe(3);
});

test('an axis that a lower rank does not have is its last; other ratings forget what was found', async () => {
  const { reach, look, get, workers, workbench } = bench();
  workbench.setState(({ mapLook }) => ({ mapLook: { ...mapLook, up: 7, found: 1 } }));
  reach(1);
  look();
  await allQuiet();
  const asked = await workers.ranker[0].asked('directions');
  expect(asked.args[1].axes).toEqual([0, 1]);
  workbench.setState(({ data }) => ({ data: data && { ...data, ratings: { ...data.ratings } } }));
  asked.answer(found(0.5));
  await allQuiet();
  expect(get()).toMatchObject({ meant: null, mapLook: { up: 7, found: null } });
});

test('a worker that is lost is replaced once, and again when something else is asked', async () => {
  const { reach, look, workers, workbench } = bench();
  reach(1);
  look();
  await allQuiet();
  for (const step of [2, 3]) {
    await workers.ranker[step - 2].asked('directions');
    workers.ranker[step - 2].die();
    await allQuiet();
    reach(step);
    await allQuiet();
  }
  expect(workers.ranker).toHaveLength(2);
  workbench.setState(({ wanted }) => ({ wanted: { ...wanted, atLeast: 1 } }));
  await allQuiet();
  expect(workers.ranker).toHaveLength(3);
});
