import type { Snapshot } from '../methods/snapshot';

/** A moment of a run as the chart needs it; rating units, NaN where there is no hold-out. */
export interface Metrics {
  readonly step: number[];
  readonly observations: number[];
  readonly flops: number[];
  readonly seconds: number[];
  readonly trainRmse: number[];
  readonly validationRmse: number[];
}

/** Something that happened on the way, such as a new γ. */
export interface Mark {
  readonly step: number;
  readonly observations: number;
  readonly flops: number;
  readonly seconds: number;
  readonly setting: string;
  readonly label: string;
}

/**
 * What a run has been: its errors, and as many of its snapshots as fit. Memory is bounded: past `mostMoments` every
 * second moment is dropped, past `mostBytes` every second snapshot; the first and the newest always stay.
 */
export interface Timeline {
  readonly metrics: Metrics;
  readonly marks: readonly Mark[];
  readonly latest: Snapshot | null;
  /** Ascending by step; thinned evenly, so the distances between neighbours are alike but for the last. */
  readonly snapshots: readonly Snapshot[];
  /** Snapshots that were added in all. */
  readonly added: number;
  /** Bytes of the snapshots kept. */
  readonly bytes: number;
  add(snapshot: Snapshot): void;
  /** Puts a snapshot back that had been thinned out, until the next thinning; none where there is one. */
  insert(snapshot: Snapshot): void;
  /** Forgets everything after a snapshot of its own, which then is the newest. Marks stay: the run will meet them again. */
  truncate(newest: Snapshot): void;
  /** Another timeline that has been the same up to a snapshot of this one; they share the snapshots. */
  branch(newest: Snapshot): Timeline;
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
export const snapshotBytes = 64 * 2 ** 20;

/** Bytes of a snapshot's arrays. */
function bytesOf({ userBias, itemBias, userFactors, itemFactors }: Snapshot): number {
  return userBias.byteLength + itemBias.byteLength + userFactors.byteLength + itemFactors.byteLength;
}

const columns = ['step', 'observations', 'flops', 'seconds', 'trainRmse', 'validationRmse'] as const;

/** What a timeline begins with. */
interface Beginning {
  readonly metrics: Metrics;
  readonly marks: readonly Mark[];
  readonly kept: readonly Kept[];
  readonly every: number;
}

/** A snapshot, and how many were added before it; NaN where it was put back in between. */
interface Kept {
  readonly snapshot: Snapshot;
  readonly ordinal: number;
}

/** How many timelines have a snapshot, where it is more than one. */
const holders = new WeakMap<Snapshot, number>();
const holdersOf = (snapshot: Snapshot) => holders.get(snapshot) ?? 1;

/** @param drop is told of every snapshot that is kept no longer, by no timeline */
export function emptyTimeline(
  mostMoments = 4096,
  mostBytes = snapshotBytes,
  drop: (snapshot: Snapshot) => void = () => {},
  beginning: Beginning | null = null,
): Timeline {
  const metrics = Object.fromEntries(
    columns.map((column) => [column, [...(beginning?.metrics[column] ?? [])]]),
  ) as unknown as Metrics;
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
  const bytes = () => (snapshots.length > 0 ? snapshots.length * bytesOf(snapshots[0]) : 0);

  function thinMoments() {
    const newest = metrics.step.length - 1;
    for (const column of columns) {
      const values = metrics[column];
      const left = values.filter((_, i) => i % 2 === 0 || i === newest);
      values.splice(0, values.length, ...left);
    }
  }

  /** Makes room by keeping every second snapshot, until all fit. */
  function thin() {
    while (snapshots.length > 2 && bytes() > mostBytes) {
      every *= 2;
      const newest = kept.length - 1;
      keepOnly((one, i) => i === newest || one.ordinal % every === 0);
    }
  }

  /** Metrics and marks up to a step. */
  function upTo(step: number): Pick<Beginning, 'metrics' | 'marks'> {
    const end = metrics.step.findLastIndex((at) => at <= step) + 1;
    return {
      metrics: Object.fromEntries(
        columns.map((column) => [column, metrics[column].slice(0, end)]),
      ) as unknown as Metrics,
      marks: marks.filter((mark) => mark.step <= step),
    };
  }

  return {
    metrics,
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
      for (const column of columns) metrics[column].push(snapshot[column] ?? Number.NaN);
      if (metrics.step.length > mostMoments) thinMoments();
    },
    insert(snapshot) {
      const at = snapshots.findIndex(({ step }) => step >= snapshot.step);
      if (at < 0 || snapshots[at].step === snapshot.step) return;
      kept.splice(at, 0, { snapshot, ordinal: Number.NaN });
      snapshots.splice(at, 0, snapshot);
    },
    truncate(newest) {
      const { metrics: left } = upTo(newest.step);
      for (const column of columns) metrics[column].splice(0, metrics[column].length, ...left[column]);
      keepOnly(({ snapshot }) => snapshot.step <= newest.step);
    },
    branch(newest) {
      const shared = kept.filter(({ snapshot }) => snapshot.step <= newest.step);
      for (const { snapshot } of shared) holders.set(snapshot, holdersOf(snapshot) + 1);
      return emptyTimeline(mostMoments, mostBytes, drop, { ...upTo(newest.step), kept: shared, every });
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

const beginningOfTime = { step: 0, observations: 0, flops: 0, seconds: 0 };

/** What a run can be followed along. */
export type Axis = 'step' | 'observations' | 'flops' | 'seconds';

/** The last frame at or before a place on an axis; the first where there is none before it. */
export function frameAt({ snapshots }: Timeline, axis: Axis, place: number): Snapshot | null {
  return snapshots[Math.max(0, countUpTo(snapshots.length, (i) => snapshots[i][axis], place) - 1)] ?? null;
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
