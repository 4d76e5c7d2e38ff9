import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StreamFacts } from '../../workers/learn-protocol';
import { workbenchWith } from '../fixtures/loaded';
import { paceOf } from './pace';
import { ofStream, type StreamState } from './slice';

const page = { hidden: false };
beforeEach(() => {
  page.hidden = false;
  vi.stubGlobal('document', page);
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

/** The pace of a stream of ten batches that is looked at; what it hands out, as it does. */
function paced(stream: Partial<StreamState>) {
  const workbench = workbenchWith(null);
  workbench.setState(({ looks }) => ({ looks: { ...looks, mode: 'stream' } }));
  const set = (change: Partial<StreamState>) => workbench.setState(ofStream(change));
  set({ facts: { batchCount: 10, count: 1000 } as StreamFacts, ...stream });
  const bench = { workbench, set, isNewest: true, handed: [] as unknown[] };
  const next = paceOf(workbench, () => bench.isNewest);
  const ask = () => void next().then((stretch) => bench.handed.push(stretch?.units ?? stretch));
  return { bench, ask };
}
const after = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
/** A batch of a hundred every second. */
const everySecond = { speed: 100, batchSize: 100 } as StreamState['settings'];

test('ratings arrive at their speed, however long they take to be learnt', async () => {
  const { bench, ask } = paced({ playing: true, settings: everySecond });
  ask();
  await after(0);
  bench.set({ batch: 1 });
  ask();
  await after(900);
  expect(bench.handed).toEqual([1]);
  await after(200);
  expect(bench.handed).toEqual([1, 1]);
  await after(5000);
  bench.set({ batch: 2 });
  ask();
  await after(0);
  expect(bench.handed).toEqual([1, 1, 1]);
});

test('several batches that are due arrive together', async () => {
  const { bench, ask } = paced({ playing: true, settings: { ...everySecond, speed: 4000 } });
  ask();
  await after(0);
  bench.set({ batch: 1 });
  await after(100);
  ask();
  await after(0);
  expect(bench.handed).toEqual([1, 4]);
});

test('where nobody says how fast, the whole takes twenty seconds', async () => {
  const { bench, ask } = paced({ playing: true, settings: { ...everySecond, speed: null } });
  for (let batch = 0; batch < 10; batch++) {
    ask();
    await after(2000);
    bench.set({ batch: batch + 1 });
    expect(bench.handed).toHaveLength(batch + 1);
  }
  expect(bench.handed).toEqual(Array(10).fill(1));
});

test('a jump does not keep to the speed', async () => {
  const { bench, ask } = paced({ target: 7, batch: 2, settings: everySecond });
  ask();
  await after(0);
  expect(bench.handed).toEqual([5]);
  bench.set({ batch: 7 });
  ask();
  await after(5000);
  expect([bench.handed, bench.workbench.getState().stream.target]).toEqual([[5], null]);
});

test('of a hidden page nothing arrives', async () => {
  page.hidden = true;
  const { bench, ask } = paced({ playing: true, settings: everySecond });
  ask();
  await after(3000);
  expect(bench.handed).toEqual([]);
  page.hidden = false;
  await after(1000);
  expect(bench.handed).toEqual([1]);
});

test('nothing comes while another experiment is looked at, and all once the lab is again', async () => {
  const { bench, ask } = paced({ playing: true, settings: everySecond });
  const look = (mode: 'race' | 'stream') =>
    bench.workbench.setState(({ looks }) => ({ looks: { ...looks, mode } }));
  look('race');
  ask();
  await after(1000);
  expect(bench.handed).toEqual([]);
  look('stream');
  await after(0);
  expect(bench.handed).toEqual([1]);
});

test('a stream that has given way to another gets nothing more', async () => {
  const { bench, ask } = paced({ playing: false });
  ask();
  bench.isNewest = false;
  bench.set({ playing: true });
  await after(0);
  expect(bench.handed).toEqual([null]);
});
