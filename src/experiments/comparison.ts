import type { Snapshot } from '../methods/snapshot';
import type { Metric } from '../metrics/metric';
import { type Axis, type Moment, placeOn, valueAt } from '../metrics/moment';
import { type MeasuredPart, partsOf } from '../metrics/parts';
import { countUpTo, type Track } from '../sessions/track';

/** A run, and the frame of it that is looked at. */
export interface Looked {
  readonly track: Pick<Track, 'moments' | 'along'>;
  readonly frame: Snapshot;
}

/** A run at a moment of it. */
export interface At {
  readonly step: number;
  /** Rating units. */
  readonly error: number;
}

/** Runs at the same place of an axis, in what was measured there. */
export interface Comparison {
  readonly axis: Axis;
  readonly place: number;
  /** Whether each was measured at that very place; if not, it is the last moment of each that is not beyond it. */
  readonly isExact: boolean;
  readonly there: readonly At[];
  /** At the frames that are looked at, which may be further on. */
  readonly shown: readonly At[];
  /** What their errors are on. */
  readonly on: MeasuredPart;
}

/**
 * Compares runs at the last place, not beyond any frame that is looked at, at which each of them was measured. Along
 * axes that the methods go at different strides, such as operations, there is none but the beginning: then each has as
 * much as the one that was given least, or a little less. Null before anything was learnt, and where one of them was not
 * measured until later.
 */
export function comparison(runs: readonly Looked[], axis: Axis, metric: Metric): Comparison | null {
  const frames = runs.map(({ frame }) => frame);
  const [on] = partsOf(frames, metric);
  const most = Math.min(...frames.map((frame) => placeOn(frame, axis)));
  if (!on || !(most > 0)) return null;
  const common = lastInCommon(runs, axis, most);
  const place = common ?? most;
  const there = runs.flatMap((run) => lastUpTo(run, axis, place) ?? []);
  if (there.length < runs.length) return null;
  const at = (moment: Moment): At => ({
    step: moment.step,
    error: valueAt(moment, on.id, metric) ?? Number.NaN,
  });
  return {
    ...{ axis, place, isExact: common !== null, on },
    there: there.map(at),
    shown: frames.map(at),
  };
}

/** The last moment that is not beyond a place; the frame itself, where it stands there. Undefined: all are. */
function lastUpTo({ track, frame }: Looked, axis: Axis, place: number): Moment | undefined {
  if (placeOn(frame, axis) <= place) return frame;
  const places = track.along(axis);
  return track.moments[countUpTo(places.length, (i) => places[i], place) - 1];
}

function lastInCommon(runs: readonly Looked[], axis: Axis, most: number): number | null {
  for (let place = most; place > 0; ) {
    const there = runs.flatMap((run) => lastUpTo(run, axis, place) ?? []);
    if (there.length < runs.length) return null;
    const before = Math.min(...there.map((moment) => placeOn(moment, axis)));
    if (before === place) return place;
    place = before;
  }
  return null;
}
