import type { MethodId } from '../methods/method';
import type { Snapshot } from '../methods/snapshot';
import type { Work } from '../methods/work';
import type { Divergence, Learning } from './learning';

/** How far to go: so many units at most; with `milliseconds`, no further than the first stop after them. */
export interface Stretch {
  readonly units: number;
  readonly milliseconds?: number;
  /** Whose snapshots are wanted at the end; by default those of all. */
  readonly shown?: readonly MethodId[];
  /** Who learns no more, from its beginning on. */
  readonly stopped?: readonly string[];
}

/** What was learnt on a stretch. */
export interface Learnt<M> {
  readonly status: 'running';
  readonly unit: number;
  /** Ascending: all that were due on the way, wherever stretches begin and end. */
  readonly moments: readonly M[];
  /** Where the stretch ends at a place at which no moment is due, the one there: it gives way to the next. */
  readonly passing?: M;
  /** Ascending by step; of `unit`, those that were asked for. */
  readonly snapshots: readonly Snapshot[];
}

/** Where it ended, and the moments that were due before. */
export interface Diverged<M> extends Divergence, Pick<Learnt<M>, 'moments'> {
  readonly status: 'diverged';
}

/** Where the arrays of a snapshot come from; by default each has its own. */
type Room = (length: number) => Float32Array;

/**
 * Goes on with sessions, stretch by stretch, measuring and keeping what is due on the way. Which moments there are
 * follows from the units alone, never from the clock or from how the way was divided into stretches.
 *
 * @param now milliseconds of any clock
 */
export function goingOn(now: () => number) {
  /** How long measuring took last, ms: training that is paced by time gets a multiple of it. */
  let measuring = 0;

  return function* goOn<M>(
    learning: Learning<M>,
    stretch: Stretch,
    room?: Room,
  ): Work<Learnt<M> | Diverged<M>> {
    const { nextMoment, unitsPerLook, unitsPerSnapshot, lastUnit, methods } = learning;
    const { milliseconds, shown = methods, stopped } = stretch;
    if (stopped) learning.stop?.(stopped);
    // Measuring large data takes longer than a frame: then fewer pictures, so that most of the time is training.
    const until = milliseconds === undefined ? Infinity : now() + Math.max(milliseconds, 3 * measuring);
    const look = milliseconds === undefined ? Infinity : unitsPerLook;
    const end = Math.min(lastUnit, learning.unitsDone + stretch.units);
    const isMoment = () => isDue(learning, learning.unitsDone);
    const isSnapshot = () => learning.unitsDone % unitsPerSnapshot === 0;
    const moments: M[] = [];
    const snapshots: Snapshot[] = [];

    while (learning.unitsDone < end && !learning.diverged) {
      const { unitsDone } = learning;
      const untilSnapshot = unitsPerSnapshot - (unitsDone % unitsPerSnapshot);
      yield* learning.advance(
        Math.min(look, end - unitsDone, nextMoment(unitsDone) - unitsDone, untilSnapshot),
      );
      if (learning.unitsDone >= end || learning.diverged || now() >= until) break;
      if (!isMoment() && !isSnapshot()) continue;
      const measured = yield* learning.measured(isSnapshot() ? methods : [], room);
      if (isMoment() && !learning.diverged) moments.push(measured.moment);
      snapshots.push(...measured.snapshots);
    }
    const diverged = (): Diverged<M> => ({ status: 'diverged', moments, ...learning.divergence() });
    if (learning.diverged) return diverged();
    const before = now();
    const isEnd = isSnapshot() || learning.unitsDone === lastUnit;
    const { moment, snapshots: last } = yield* learning.measured(isEnd ? methods : shown, room);
    measuring = now() - before;
    if (learning.diverged) return diverged();
    if (isMoment()) moments.push(moment);
    return {
      ...{ status: 'running', unit: learning.unitsDone, moments, snapshots: [...snapshots, ...last] },
      ...(!isMoment() && { passing: moment }),
    };
  };
}

/** Whether a moment is due once so many units are done: at the first and the last always. */
function isDue({ nextMoment, lastUnit }: Learning<unknown>, unit: number): boolean {
  return unit === 0 || unit === lastUnit || nextMoment(unit - 1) === unit;
}
