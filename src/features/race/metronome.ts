import { atOnceOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import type { Snapshot } from '../../methods/snapshot';
import type { Stretch } from '../../sessions/stretch';
import type { Settings } from '../../settings/race';
import { openingSpeed } from './opening';

/** Flat out: so much training between two pictures, most of a frame. */
const flatOutMilliseconds = 13;

/** A frame at 60 a second, milliseconds. */
const nominalFrame = 1000 / 60;

/** However slow the speed, a sweep over all ratings comes after so many frames: waiting for 90,000 frames shows nothing. */
const mostFramesPerHalfSweep = 60;

/**
 * Hands out a run's work, frame by frame. Both methods are given the same number of observations per frame, the
 * fair clock between them: B-SGD learns them one by one, ALS makes a half-sweep whenever enough for one came together.
 * No work, and no frame, while paused, finished or in a hidden tab.
 */
export interface Metronome {
  /** The next piece of work; null once stopped. */
  next(): Promise<Stretch | null>;
  /** One step (up to the next whole iteration or epoch) or one unit (half-sweep, observation), while paused. */
  step(kind: 'step' | 'unit'): void;
  stop(): void;
}

interface Surroundings {
  playing(): boolean;
  settings(): Settings;
  latest(): Snapshot | null;
  /** Whether the run has stopped before its end. */
  hasStopped?(): boolean;
  /** Whether somebody sees a race for the first time: then it has a pace of its own. */
  isOpening?(): boolean;
}

export function metronome(method: MethodId, trainingCount: number, around: Surroundings): Metronome {
  const { sweeps, limit, unitsPerStep: unitsIn } = atOnceOf(method);
  const unitsPerStep = unitsIn(trainingCount);
  const observationsPerUnit = sweeps ? trainingCount : 1;
  let credit = 0;
  let frames = 0;
  /** Frames while it was going. */
  let passed = 0;
  /** When credit was given last, milliseconds of the page's clock. */
  let last = performance.now();
  /** Units to do while paused. */
  let asked: ('step' | 'unit')[] = [];
  let waiting: ((work: Stretch | null) => void) | null = null;
  let frame = 0;
  let stopped = false;

  const unitsDone = () => Math.round((around.latest()?.step ?? 0) * unitsPerStep);
  const untilStep = () => unitsPerStep - (unitsDone() % unitsPerStep);
  /** Units up to the end; where a run may stop before it, up to the next whole step, at which that is decided. */
  function unitsLeft(): number {
    const { [limit]: end, stopAfter } = around.settings();
    if (around.hasStopped?.()) return 0;
    return Math.min(end * unitsPerStep - unitsDone(), stopAfter > 0 ? untilStep() : Number.POSITIVE_INFINITY);
  }

  function answer(work: Stretch | null) {
    const resolve = waiting;
    waiting = null;
    resolve?.(work);
  }

  function work(): Stretch | null {
    const request = asked.shift();
    if (request === 'unit') return { units: 1 };
    if (request === 'step') return { units: untilStep() };
    const left = unitsLeft();
    if (!around.playing() || left <= 0) return null;
    const { flatOut } = around.settings();
    if (flatOut) return { units: left, milliseconds: flatOutMilliseconds };
    const isOpening = around.isOpening?.() ?? false;
    const seen = around.latest()?.observations ?? 0;
    const sinceLast = Math.min(60, (performance.now() - last) / nominalFrame);
    last = performance.now();
    passed += sinceLast;
    const speed = isOpening ? openingSpeed(passed, seen, trainingCount) : around.settings().speed;
    // Slow motion goes by the clock, so that one a second is one a second on any screen; the first minute too.
    const framesPassed = speed < 1 || isOpening ? sinceLast : 1;
    credit += (speed * framesPassed) / observationsPerUnit;
    frames++;
    if (sweeps && !isOpening && frames >= mostFramesPerHalfSweep) credit = Math.max(credit, 1);
    if (credit < 1) return null;
    const units = Math.min(left, Math.floor(credit));
    credit -= Math.floor(credit);
    frames = 0;
    return { units };
  }

  function onFrame() {
    frame = requestAnimationFrame(onFrame);
    if (!waiting) return;
    const next = work();
    if (next) answer(next);
  }
  frame = requestAnimationFrame(onFrame);

  return {
    next: () =>
      new Promise((resolve) => {
        if (stopped) resolve(null);
        else waiting = resolve;
      }),
    step: (kind) => void asked.push(kind),
    stop() {
      cancelAnimationFrame(frame);
      stopped = true;
      asked = [];
      answer(null);
    },
  };
}
