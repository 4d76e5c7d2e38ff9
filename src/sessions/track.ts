import type { Snapshot } from '../methods/snapshot';
import { columnName, type Metric, type Part } from '../metrics/metric';
import { type Axis, type Moment, type Place, placeOn, valueAt } from '../metrics/moment';
import type { Learnt } from './stretch';

/** Something that happened on the way, such as a new γ. */
export interface Mark extends Place {
  readonly setting: string;
  readonly label: string;
}

/**
 * What a run has been: its errors, and as many of its snapshots as fit. Memory is bounded: past `mostBytes` every
 * second snapshot is dropped; the first and the newest always stay. Moments are few: a run has so many in each step.
 */
export interface Track {
  /** Ascending by step: every step that was measured, whether or not its snapshot was kept. */
  readonly moments: readonly Moment[];
  /** Of every moment, where it is along an axis. Good until the track changes. */
  along(axis: Axis): readonly number[];
  /** Of every moment, a metric on a part of the ratings, rating units; null where it does not apply. */
  column(part: Part, metric: Metric): readonly (number | null)[];
  readonly marks: readonly Mark[];
  readonly latest: Snapshot | null;
  /** Ascending by step; thinned evenly, so the distances between neighbours are alike but for the last. */
  readonly snapshots: readonly Snapshot[];
  /** Snapshots that were added in all. */
  readonly added: number;
  /** Bytes of the snapshots kept. */
  readonly bytes: number;
  /** Bytes of those that no other track has: what goes with this one. */
  readonly ownBytes: number;
  add(snapshot: Snapshot): void;
  /**
   * Notes a moment without its snapshot; one at or before the newest is there already.
   *
   * @param isPassing it stands where none is due, and gives way to the next
   */
  record(moment: Moment, isPassing?: boolean): void;
  /** Puts a snapshot back that had been thinned out, until the next thinning; none where there is one. */
  insert(snapshot: Snapshot): void;
  /** What was found of snapshots later, ascending by step: also of those that have been thinned out since. */
  readonly found: readonly Moment[];
  /** Notes what was found of a snapshot of its own, by the names of columns. */
  tell(snapshot: Snapshot, values: NonNullable<Moment['values']>): void;
  /** Forgets all that was found; of the snapshots, these names then say nothing. */
  untell(names: readonly string[]): void;
  /** Forgets everything after a snapshot of its own, which then is the newest. Marks stay: the run will meet them again. */
  truncate(newest: Snapshot): void;
  /** Another track that has been the same up to a snapshot of this one, or up to now; they share the snapshots. */
  branch(newest?: Snapshot): Track;
  /** Drops all snapshots but the newest. */
  forget(): void;
  /** Notes a change of a setting at the newest moment, and forgets later ones; a slider being dragged leaves one mark, not fifty. */
  mark(setting: string, label: string): void;
  /** Drops all snapshots: the run is over and gone. */
  clear(): void;
}

/** Changes of one setting closer together than this many steps are one change. */
const dragSteps = 1;

/** Bytes of snapshots that a run keeps, as a rule. */
const snapshotBytes = 64 * 2 ** 20;

/** Bytes of a snapshot's arrays. */
function bytesOf({ userBias, itemBias, userFactors, itemFactors }: Snapshot): number {
  return userBias.byteLength + itemBias.byteLength + userFactors.byteLength + itemFactors.byteLength;
}

/** What a track begins with. */
interface Beginning extends Partial<Pick<Track, 'found'>> {
  readonly moments: readonly Moment[];
  readonly marks: readonly Mark[];
  readonly kept: readonly Kept[];
  readonly every: number;
}

/** A snapshot, and how many were added before it; NaN where it was put back in between. */
interface Kept {
  readonly snapshot: Snapshot;
  readonly ordinal: number;
}

/** How many tracks have a snapshot, where it is more than one. */
const holders = new WeakMap<Snapshot, number>();
const holdersOf = (snapshot: Snapshot) => holders.get(snapshot) ?? 1;

/** @param drop is told of every snapshot that is kept no longer, by no track */
export function emptyTrack(
  mostBytes = snapshotBytes,
  drop: (snapshot: Snapshot) => void = () => {},
  beginning: Beginning | null = null,
): Track {
  let moments: Moment[] = [...(beginning?.moments ?? [])];
  /** The newest moment stands where none is due. */
  let isPassing = false;
  /** Columns that were asked for, as far as they were: dropped when moments go. */
  const columns = new Map<string, (number | null)[]>();
  let found: readonly Moment[] = beginning?.found ?? [];
  const marks: Mark[] = [...(beginning?.marks ?? [])];
  let kept: Kept[] = [...(beginning?.kept ?? [])];
  let snapshots: Snapshot[] = kept.map(({ snapshot }) => snapshot);
  /** Every so many snapshots one is kept; those in between only as long as they are the newest. */
  let every = beginning?.every ?? 1;

  function release(snapshot: Snapshot) {
    const left = holdersOf(snapshot) - 1;
    holders.set(snapshot, left);
    if (left === 0) drop(snapshot);
  }

  function keepOnly(wanted: (one: Kept, i: number) => boolean) {
    const before = kept;
    kept = before.filter(wanted);
    const still = new Set(kept);
    for (const one of before) if (!still.has(one)) release(one.snapshot);
    snapshots = kept.map(({ snapshot }) => snapshot);
  }

  const ordinal = () => kept.findLast((one) => !Number.isNaN(one.ordinal))?.ordinal ?? -1;
  const bytes = (some = snapshots) => (some.length > 0 ? some.length * bytesOf(some[0]) : 0);

  /** A column of all moments; what has come since the last time is added to it. */
  function columnOf<T extends number | null>(key: string, read: (moment: Moment) => T): readonly T[] {
    const column = (columns.get(key) ?? []) as T[];
    columns.set(key, column);
    while (column.length < moments.length) column.push(read(moments[column.length]));
    return column;
  }

  function addMoment({ step, observations, flops, seconds, tallies, values }: Moment) {
    passOver();
    moments.push({ step, observations, flops, seconds, tallies, ...(values && { values }) });
  }

  /** Forgets the newest moment where none was due. */
  function passOver() {
    if (!isPassing) return;
    isPassing = false;
    moments.pop();
    for (const column of columns.values()) column.length = Math.min(column.length, moments.length);
  }

  /** Makes room by keeping every second snapshot, until all fit. */
  function thin() {
    while (snapshots.length > 2 && bytes() > mostBytes) {
      every *= 2;
      const newest = kept.length - 1;
      keepOnly((one, i) => i === newest || one.ordinal % every === 0);
    }
  }

  /** Moments that were due, and marks, up to a step. */
  const upTo = (step: number): Pick<Track, 'moments' | 'found' | 'marks'> => ({
    found: found.filter((moment) => moment.step <= step),
    moments: moments.slice(0, isPassing ? -1 : undefined).filter((moment) => moment.step <= step),
    marks: marks.filter((mark) => mark.step <= step),
  });

  return {
    get moments() {
      return moments;
    },
    along: (axis) => columnOf(axis, (moment) => placeOn(moment, axis)),
    column: (part, metric) => columnOf(columnName(part, metric), (moment) => valueAt(moment, part, metric)),
    marks,
    get snapshots() {
      return snapshots;
    },
    get added() {
      return ordinal() + 1;
    },
    get bytes() {
      return bytes();
    },
    get ownBytes() {
      return bytes(snapshots.filter((snapshot) => holdersOf(snapshot) === 1));
    },
    get latest() {
      return snapshots.at(-1) ?? null;
    },
    add(snapshot) {
      const latest = snapshots.at(-1);
      if (latest && snapshot.step <= latest.step)
        throw new Error(`step ${snapshot.step} after ${latest.step}`);
      const next = ordinal() + 1;
      // One that only was there as the newest makes room.
      const passing = kept.length > 1 && !(kept[kept.length - 1].ordinal % every === 0);
      if (passing) keepOnly((_, i) => i < kept.length - 1);
      kept.push({ snapshot, ordinal: next });
      snapshots.push(snapshot);
      thin();
      this.record(snapshot);
    },
    record(moment, passing = false) {
      if (moment.step <= (moments.at(-1)?.step ?? -1)) return;
      addMoment(moment);
      isPassing = passing;
    },
    insert(snapshot) {
      const at = snapshots.findIndex(({ step }) => step >= snapshot.step);
      if (at < 0 || snapshots[at].step === snapshot.step) return;
      kept.splice(at, 0, { snapshot, ordinal: Number.NaN });
      snapshots.splice(at, 0, snapshot);
    },
    get found() {
      return found;
    },
    tell(snapshot, values) {
      Object.assign(snapshot, { values: { ...snapshot.values, ...values } });
      const { step, observations, flops, seconds } = snapshot;
      const before = found.filter((one) => one.step < step);
      const after = found.filter((one) => one.step > step);
      found = [...before, { step, observations, flops, seconds, tallies: {}, values }, ...after];
    },
    untell(names) {
      found = [];
      for (const snapshot of snapshots) {
        const others = Object.entries(snapshot.values ?? {}).filter(([name]) => !names.includes(name));
        Object.assign(snapshot, { values: Object.fromEntries(others) });
      }
    },
    truncate(newest) {
      const past = upTo(newest.step);
      moments = [...past.moments];
      found = past.found;
      isPassing = false;
      columns.clear();
      keepOnly(({ snapshot }) => snapshot.step <= newest.step);
    },
    branch(newest) {
      const past = newest ? upTo(newest.step) : { moments, found, marks };
      const shared = newest ? kept.filter(({ snapshot }) => snapshot.step <= newest.step) : kept;
      for (const { snapshot } of shared) holders.set(snapshot, holdersOf(snapshot) + 1);
      return emptyTrack(mostBytes, drop, { ...past, kept: shared, every });
    },
    forget: () => keepOnly((_, i) => i === kept.length - 1),
    clear: () => keepOnly(() => false),
    mark(setting, label) {
      const { step, observations, flops, seconds } = snapshots.at(-1) ?? beginningOfTime;
      marks.splice(0, marks.length, ...marks.filter((mark) => mark.step <= step));
      const at = marks.findLastIndex((mark) => mark.setting === setting);
      const dragged = at >= 0 && step - marks[at].step < dragSteps;
      if (dragged) marks.splice(at, 1);
      marks.push({ step, observations, flops, seconds, setting, label });
    },
  };
}

const beginningOfTime: Place = { step: 0, observations: 0, flops: 0, seconds: 0 };

/** Notes what was measured on a stretch of a run. */
export function recordAll(
  track: Pick<Track, 'record'>,
  { moments, passing }: Pick<Learnt<Moment>, 'moments'> & Partial<Pick<Learnt<Moment>, 'passing'>>,
): void {
  for (const moment of moments) track.record(moment);
  if (passing) track.record(passing, true);
}

/** The last frame at or before a place on an axis; the first where there is none before it. */
export function frameAt({ snapshots }: Track, axis: Axis, place: number): Snapshot | null {
  return (
    snapshots[Math.max(0, countUpTo(snapshots.length, (i) => placeOn(snapshots[i], axis), place) - 1)] ?? null
  );
}

/** How many of ascending values are not beyond a place. */
export function countUpTo(count: number, valueAt: (i: number) => number, place: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (valueAt(middle) <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}
