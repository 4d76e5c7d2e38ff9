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
  set({ facts: { batchCount: 10 } as StreamFacts, ...stream });
  const bench = { workbench, set, isNewest: true, handed: [] as unknown[] };
  const next = paceOf(workbench, () => bench.isNewest);
  const ask = () => void next().then((stretch) => bench.handed.push(stretch?.units ?? stretch));
  return { bench, ask };
}
const after = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const everySecond = { interval: 1 } as StreamState['settings'];

test('batches come at their interval, however long they take to be learnt', async () => {
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

test('a jump does not keep to the interval', async () => {
  const { bench, ask } = paced({ target: 7, batch: 2, settings: everySecond });
  ask();
  await after(0);
  expect(bench.handed).toEqual([5]);
  bench.set({ batch: 7 });
  ask();
  await after(5000);
  expect([bench.handed, bench.workbench.getState().stream.target]).toEqual([[5], null]);
});

test('of a hidden page batches wait, or come less often where they come as fast as they can', async () => {
  page.hidden = true;
  const { bench, ask } = paced({ playing: true, settings: everySecond });
  ask();
  await after(3000);
  expect(bench.handed).toEqual([]);
  bench.set({ settings: { ...everySecond, interval: 0 } });
  await after(300);
  expect(bench.handed).toEqual([10]);
});

test('nothing comes while another experiment is looked at, and all once the lab is again', async () => {
  const { bench, ask } = paced({ playing: true, settings: { ...everySecond, interval: 0 } });
  const look = (mode: 'race' | 'stream') =>
    bench.workbench.setState(({ looks }) => ({ looks: { ...looks, mode } }));
  look('race');
  ask();
  await after(1000);
  expect(bench.handed).toEqual([]);
  look('stream');
  await after(0);
  expect(bench.handed).toEqual([10]);
});

test('a stream that has given way to another gets nothing more', async () => {
  const { bench, ask } = paced({ playing: false });
  ask();
  bench.isNewest = false;
  bench.set({ playing: true });
  await after(0);
  expect(bench.handed).toEqual([null]);
});
