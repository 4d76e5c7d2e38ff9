import { afterEach, expect, test, vi } from 'vitest';
import { dataOf } from '../../state/fixtures/data-of';
import { driverBench } from '../fixtures/driver-bench';
import { frameAt } from '../fixtures/loaded';
import { recommendDriver } from './recommend.driver';

afterEach(() => vi.useRealTimers());

/** A frame of three users and two items, which predicts more the later it is. */
const frame = (step: number) => ({
  ...{ ...frameAt('als', step), userCount: 3, itemCount: 2, mean: step },
  ...{ userBias: new Float32Array(3), itemBias: Float32Array.of(0.5, 1) },
  ...{ userFactors: new Float32Array(3), itemFactors: new Float32Array(2) },
});

function bench() {
  vi.useFakeTimers();
  const data = dataOf('file');
  const ratings = { ...data.ratings, userCount: 3, itemCount: 2 };
  const driven = driverBench({ ...data, ratings });
  const { workbench, context, get } = driven;
  recommendDriver(context);
  workbench.setState(({ wanted }) => ({ wanted: { ...wanted, atLeast: 1 } }));
  return {
    ...driven,
    reach(step: number) {
      get().runs.als.track.add(frame(step));
      workbench.setState(({ runs }) => ({ runs: { ...runs } }));
    },
    /** What is found at once is there in the next turn. */
    turn: () => vi.advanceTimersByTimeAsync(0),
    look: () => workbench.setState(({ looks }) => ({ looks: { ...looks, mode: 'recommend' as const } })),
    best: () => get().advice?.best.map(({ item, prediction }) => [item, prediction]),
  };
}

test('nothing is recommended until somebody looks; then what the frame on the stage says, and the next ones in their time', async () => {
  const { turn, reach, look, best, get } = bench();
  reach(1);
  expect(get().advice).toBeNull();
  look();
  await turn();
  // User 0 has rated item 0.
  expect(best()).toEqual([[1, 2]]);
  reach(2);
  reach(3);
  expect(best()).toEqual([[1, 2]]);
  await vi.runAllTimersAsync();
  expect(best()).toEqual([[1, 4]]);
  expect(get().advice?.steady).toEqual({ count: 1, step: 2 });
});

test('what somebody asks for is answered at once, and forgotten with the ratings that it was of', async () => {
  const { turn, reach, look, best, get, workbench } = bench();
  reach(1);
  look();
  await turn();
  workbench.setState(({ wanted }) => ({ wanted: { ...wanted, who: 1 } }));
  await turn();
  // User 1 has rated item 1.
  expect(best()).toEqual([[0, 1.5]]);
  workbench.setState(({ wanted }) => ({ wanted: { ...wanted, who: 'you', mine: [{ item: 1, value: 5 }] } }));
  await turn();
  expect(best()).toEqual([[0, 1.5]]);
  workbench.setState(({ data }) => ({ data: data && { ...data, ratings: { ...data.ratings } } }));
  expect(get().wanted).toMatchObject({ who: 0, mine: [], atLeast: 1 });
});

test('what takes long keeps the page from nothing: the last list stands, and is said to be late, until the next is there', async () => {
  const { turn, reach, look, best, get, workbench } = bench();
  reach(1);
  look();
  await turn();
  expect(best()).toEqual([[1, 2]]);
  // Every look at the clock takes 5 ms.
  let time = performance.now();
  const now = vi.spyOn(performance, 'now').mockImplementation(() => (time += 5));
  const itemCount = 20_000;
  const { data } = get();
  const large = { ...frame(3), itemCount, itemBias: new Float32Array(itemCount).fill(1) };
  workbench.setState({ data: data && { ...data, ratings: { ...data.ratings, itemCount } } });
  get().runs.als.track.add({ ...large, itemFactors: new Float32Array(itemCount) });
  workbench.setState(({ wanted }) => ({ wanted: { ...wanted, atLeast: 0 } }));
  expect(get().isAdvising).toBe(false);
  vi.advanceTimersByTime(400);
  expect(get().isAdvising).toBe(true);
  vi.useRealTimers();
  await vi.waitFor(() => expect(best()).toHaveLength(10));
  expect(get()).toMatchObject({ isAdvising: false, advice: { step: 3 } });
  now.mockRestore();
});
