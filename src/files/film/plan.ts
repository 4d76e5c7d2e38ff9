import type { FilmedRun, FilmOptions } from '../../draw/film';
import type { Range } from '../../draw/window';
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

/** The newest snapshot at or before a place on the axis; null before the first. */
export function snapshotAt(snapshots: readonly Snapshot[], axis: Axis, at: number): Snapshot | null {
  return snapshots[countUpTo(snapshots.length, (i) => placeOn(snapshots[i], axis), at) - 1] ?? null;
}

/** Picks so many of them at most, evenly, the first and the last among them. */
export function evenly<T>(all: readonly T[], most: number): T[] {
  const count = Math.min(most, all.length);
  return Array.from(
    { length: count },
    (_, i) => all[Math.round((i * (all.length - 1)) / Math.max(1, count - 1))],
  );
}

/** Places of snapshots on an axis. */
const placesOf = (runs: Runs, axis: Axis) =>
  runs.flatMap(({ snapshots }) => snapshots.map((snapshot) => placeOn(snapshot, axis)));

/** Where on the axis the first snapshot of any run is, and the last one of any. */
export function rangeOf(runs: Runs, axis: Axis): Range {
  const places = placesOf(runs, axis);
  return places.length > 0 ? { from: Math.min(...places), to: Math.max(...places) } : { from: 0, to: 0 };
}

/** Counts the places in a range at which a picture changes: more frames than that would repeat themselves. */
export function momentsIn(runs: Runs, axis: Axis, { from, to }: Range): number {
  return Math.max(1, new Set(placesOf(runs, axis).filter((at) => at >= from && at <= to)).size);
}
