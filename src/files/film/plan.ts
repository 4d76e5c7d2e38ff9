import type { FilmedRun, FilmOptions } from '../../draw/film';
import type { Snapshot } from '../../methods/snapshot';
import { type Axis, placeOn } from '../../metrics/moment';
import { countUpTo } from '../../sessions/track';

type Runs = readonly Pick<FilmedRun, 'snapshots'>[];

/** Where on its axis a frame of a film is, and how many seconds it stays. */
export interface Planned {
  readonly at: number;
  readonly seconds: number;
}

/** Spreads the frames of a film evenly over its range; the last one is held. */
export function planFilm({ format, from, to, frameCount, framesPerSecond, hold }: FilmOptions): Planned[] {
  if (format === 'png') return [{ at: to, seconds: 0 }];
  const count = Math.max(1, Math.round(frameCount));
  return Array.from({ length: count }, (_, i) => ({
    at: i === count - 1 ? to : from + ((to - from) * i) / (count - 1),
    seconds: 1 / framesPerSecond + (i === count - 1 ? hold : 0),
  }));
}

export function lengthOf(frames: readonly Planned[]): number {
  return frames.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** The newest snapshot at or before a place on the axis, of those whose arrays are still there; null before the first. */
export function snapshotAt(snapshots: readonly Snapshot[], axis: Axis, at: number): Snapshot | null {
  const count = countUpTo(snapshots.length, (i) => placeOn(snapshots[i], axis), at);
  for (let i = count - 1; i >= 0; i--) if (isThere(snapshots[i])) return snapshots[i];
  return null;
}

/** Arrays that were let go, or sent away, have no length. */
const isThere = ({ userFactors, userCount }: Snapshot) => userFactors.length > 0 || userCount === 0;

/** Picks so many of them at most, evenly, the first and the last among them. */
export function evenly<T>(all: readonly T[], most: number): T[] {
  const count = Math.min(most, all.length);
  return Array.from(
    { length: count },
    (_, i) => all[Math.round((i * (all.length - 1)) / Math.max(1, count - 1))],
  );
}

/** Where on the axis the first snapshot of any run is, and the last one of any. */
export function rangeOf(runs: Runs, axis: Axis): { from: number; to: number } {
  const ends = runs.flatMap(({ snapshots }) =>
    snapshots.length > 0
      ? [[placeOn(snapshots[0], axis), placeOn(snapshots[snapshots.length - 1], axis)]]
      : [],
  );
  if (ends.length === 0) return { from: 0, to: 0 };
  return { from: Math.min(...ends.map(([from]) => from)), to: Math.max(...ends.map(([, to]) => to)) };
}

/** Counts the places in a range at which a picture changes: more frames than that would repeat themselves. */
export function momentsIn(runs: Runs, axis: Axis, from: number, to: number): number {
  const places = new Set<number>();
  for (const { snapshots } of runs)
    for (const snapshot of snapshots) {
      const at = placeOn(snapshot, axis);
      if (at >= from && at <= to) places.add(at);
    }
  return Math.max(1, places.size);
}
