import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pictureDefaults, type Settings } from '../../settings/race';
import { stubFrames } from '../fixtures/frames';
import { frameAt } from '../fixtures/loaded';
import { metronome } from './metronome';

let frames = stubFrames();
beforeEach(() => {
  vi.useFakeTimers();
  frames = stubFrames();
});
afterEach(() => vi.useRealTimers());

/** The metronome of a run on 1000 training ratings; what it hands out is done at once. */
function beating(method: 'als' | 'sgd', change: Partial<Settings> = {}) {
  const bench = { playing: true, stopped: false, settings: { ...pictureDefaults, ...change }, step: 0 };
  const beat = metronome(method, 1000, {
    playing: () => bench.playing,
    settings: () => bench.settings,
    latest: () => frameAt(method, bench.step),
    hasStopped: () => bench.stopped,
  });
  const handed: number[] = [];
  let isWaiting = false;
  /** What a number of frames bring: units, one piece of work after the other. */
  async function units(count: number): Promise<number[]> {
    const before = handed.length;
    for (let i = 0; i < count; i++) {
      if (!isWaiting) {
        isWaiting = true;
        void beat.next().then((stretch) => {
          isWaiting = false;
          if (!stretch) return;
          handed.push(stretch.units);
          bench.step += stretch.units / (method === 'als' ? 2 : 1000);
        });
      }
      await vi.advanceTimersByTimeAsync(1000 / 60);
      frames.pass();
      await vi.advanceTimersByTimeAsync(0);
    }
    return handed.slice(before);
  }
  return { bench, beat, units };
}

test('both methods are given as many ratings a frame: one by one, or a half-sweep once there are enough', async () => {
  expect(await beating('sgd', { speed: 400 }).units(5)).toEqual([400, 400, 400, 400, 400]);
  expect(await beating('als', { speed: 400 }).units(5)).toEqual([1, 1]);
});

test('however slow the speed, a half-sweep comes once a second; observations go by the clock', async () => {
  expect(await beating('als', { speed: 1 / 60 }).units(130)).toEqual([1, 1]);
  expect(await beating('sgd', { speed: 1 / 60 }).units(130)).toEqual([1, 1]);
});

test('flat out, all that is left is asked for, for most of a frame', async () => {
  const { beat } = beating('sgd', { flatOut: true, epochs: 2 });
  const next = beat.next();
  frames.pass();
  expect(await next).toEqual({ units: 2000, milliseconds: 13 });
});

test('paused, only what is asked for comes: one unit, or up to the next whole step', async () => {
  const { bench, beat, units } = beating('sgd', { speed: 400 });
  bench.playing = false;
  expect(await units(3)).toEqual([]);
  beat.step('unit');
  beat.step('step');
  expect(await units(5)).toEqual([1, 999]);
});

test('there is an end, which may be moved', async () => {
  const { bench, units } = beating('als', { flatOut: true, iterations: 1 });
  expect(await units(3)).toEqual([2]);
  bench.settings = { ...bench.settings, iterations: 2 };
  expect(await units(2)).toEqual([2]);
});

test('where a run may stop before its end, no work goes beyond a whole step; once it has stopped, none comes', async () => {
  const { bench, units } = beating('als', { flatOut: true, iterations: 9, stopAfter: 3 });
  expect(await units(3)).toEqual([2, 2, 2]);
  bench.stopped = true;
  expect(await units(3)).toEqual([]);
});

test('once stopped, nothing comes, and no frame is asked for', async () => {
  const { beat } = beating('sgd', { speed: 400 });
  const waiting = beat.next();
  beat.step('unit');
  beat.stop();
  expect([await waiting, await beat.next(), frames.count()]).toEqual([null, null, 0]);
});
