import { expect, test, vi } from 'vitest';
import type { Snapshot } from '../../methods/snapshot';
import { errorMetricOf } from '../../metrics';
import { measure } from '../../metrics/metric';
import { holdOut } from '../../ratings/hold-out';
import { sourceOf } from '../../ratings/lines';
import { settle } from '../../ratings/sliced';
import { dataOf } from '../../state/fixtures/data-of';
import { allQuiet } from '../../workers/fixtures/fake-worker';
import { preparedOf } from '../data/fixtures/data-bench';
import { driverBench } from '../fixtures/driver-bench';
import { frameAt } from '../fixtures/loaded';
import { errorsDriver, mostTold } from './errors.driver';

/** 20 users, each of whom rated 10 of 50 items 5; some of them are held out. */
const triples = {
  users: Uint32Array.from({ length: 200 }, (_, j) => j % 20),
  items: Uint32Array.from({ length: 200 }, (_, j) => (7 * j) % 50),
  values: new Float32Array(200).fill(5),
};
const splitWith = (share: number) =>
  settle(holdOut(sourceOf(triples, 20, 50), { kind: 'random', share, seed: 1 }));

/** A frame of biases alone, which is off by `off` from every rating. */
const offBy = (step: number, off: number): Snapshot => ({
  ...frameAt('als', step),
  ...{ userCount: 20, itemCount: 50, mean: 5 - off },
  ...{ userFactors: new Float32Array(20), itemFactors: new Float32Array(50) },
  ...{ userBias: new Float32Array(20), itemBias: new Float32Array(50) },
});

/** As an array is whose memory was given back. */
const detach = ({ buffer }: Float32Array) => structuredClone(buffer, { transfer: [buffer as ArrayBuffer] });

function bench(share: number) {
  const driven = driverBench(dataOf('file'));
  driven.context.ratings.put({ ...preparedOf(), split: splitWith(share) });
  errorsDriver(driven.context);
  return { ...driven, track: driven.get().runs.als.track };
}
const rmseOf = (tally: Float64Array) => measure(errorMetricOf('rmse'), tally);

test('nothing is added up before somebody looks; then the newest frame, and the next one once it is there', async () => {
  const { workbench, get, track } = bench(0.5);
  track.add(offBy(1, 2));
  workbench.setState({});
  expect(get().surveyed).toEqual({});
  workbench.setState({ surveying: true });
  await vi.waitFor(() => expect(get().surveyed.als?.frame.step).toBe(1));
  const { part, survey } = get().surveyed.als;
  expect(part).toBe('validation');
  expect([rmseOf(survey.byUser), rmseOf(survey.byItem)]).toEqual([2, 2]);
  expect(survey.largest).toHaveLength(mostTold);
  track.add(offBy(2, 0.5));
  workbench.setState({});
  await vi.waitFor(() => expect(get().surveyed.als?.frame.step).toBe(2));
  expect(rmseOf(get().surveyed.als.survey.byUser)).toBe(0.5);
  // Who looks back sees where the errors were then.
  workbench.setState({ replayPlace: 1, looks: { ...get().looks, chartAxis: 'step' } });
  await vi.waitFor(() => expect(get().surveyed.als?.frame.step).toBe(1));
});

test('of ratings that are gone, and of a run that was reset, nothing is said any more', async () => {
  const { workbench, get, track, context } = bench(0.5);
  track.add(offBy(1, 2));
  workbench.setState({ surveying: true });
  await vi.waitFor(() => expect(get().surveyed.als?.frame.step).toBe(1));
  context.ratings.put({ ...preparedOf(), split: splitWith(0.25) });
  workbench.setState({ surveying: false });
  expect(get().surveyed).toEqual({});
  workbench.setState({ surveying: true });
  await vi.waitFor(() => expect(get().surveyed.als?.frame.step).toBe(1));
  track.clear();
  workbench.setState({});
  expect(get().surveyed).toEqual({});
});

test('of a frame that is let go while it is surveyed nothing is said', async () => {
  const { workbench, get, track } = bench(0.5);
  const frame = offBy(1, 2);
  track.add(frame);
  workbench.setState({ surveying: true });
  detach(frame.itemBias);
  await allQuiet();
  expect(get().surveyed).toEqual({});
  track.add(offBy(2, 0.5));
  workbench.setState({});
  await vi.waitFor(() => expect(get().surveyed.als?.frame.step).toBe(2));
});

test('where nothing is held out they are of what was learnt from', async () => {
  const { workbench, get, track } = bench(0);
  track.add(offBy(1, 1));
  workbench.setState({ surveying: true });
  await vi.waitFor(() => expect(get().surveyed.als?.part).toBe('train'));
});

test('a frame of other ratings than those on the stage is not surveyed', async () => {
  const { workbench, get, track } = bench(0.5);
  track.add(frameAt('als', 1));
  workbench.setState({ surveying: true });
  await Promise.resolve();
  expect(get().surveyed).toEqual({});
});
