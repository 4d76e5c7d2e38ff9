import type { Snapshot } from './snapshot';

/** A moment of a run as the chart needs it; rating units, NaN where there is no hold-out. */
export interface Metrics {
  readonly step: number[];
  readonly observations: number[];
  readonly seconds: number[];
  readonly trainRmse: number[];
  readonly validationRmse: number[];
}

/** Something that happened on the way, such as a new γ. */
export interface Mark {
  readonly step: number;
  readonly observations: number;
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
  add(snapshot: Snapshot): void;
  /** Notes a change of a setting at the newest moment; a slider being dragged leaves one mark, not fifty. */
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

const columns = ['step', 'observations', 'seconds', 'trainRmse', 'validationRmse'] as const;

/** @param drop is told of every snapshot that is kept no longer */
export function emptyTimeline(
  mostMoments = 4096,
  mostBytes = snapshotBytes,
  drop: (snapshot: Snapshot) => void = () => {},
): Timeline {
  const metrics: Metrics = { step: [], observations: [], seconds: [], trainRmse: [], validationRmse: [] };
  const marks: Mark[] = [];
  const snapshots: Snapshot[] = [];
  let latest: Snapshot | null = null;
  let added = 0;
  /** Every so many snapshots one is kept; those in between only as long as they are the newest. */
  let every = 1;

  function thin() {
    const newest = metrics.step.length - 1;
    for (const column of columns) {
      const values = metrics[column];
      const kept = values.filter((_, i) => i % 2 === 0 || i === newest);
      values.splice(0, values.length, ...kept);
    }
  }

  /** Keeps the snapshot; one that only was there as the newest makes room, and then every second, until all fit. */
  function keep(snapshot: Snapshot) {
    const passing = snapshots.length > 1 && (added - 1) % every !== 0 ? snapshots.pop() : undefined;
    if (passing) drop(passing);
    snapshots.push(snapshot);
    added++;
    while (snapshots.length > 2 && snapshots.length * bytesOf(snapshot) > mostBytes) {
      every *= 2;
      const newest = snapshots.length - 1;
      const before = snapshots.splice(0);
      for (const [i, one] of before.entries()) {
        if (i % 2 === 0 || i === newest) snapshots.push(one);
        else drop(one);
      }
    }
  }

  return {
    metrics,
    marks,
    snapshots,
    get added() {
      return added;
    },
    get latest() {
      return latest;
    },
    add(snapshot) {
      if (latest && snapshot.step <= latest.step)
        throw new Error(`step ${snapshot.step} after ${latest.step}`);
      latest = snapshot;
      keep(snapshot);
      for (const column of columns) metrics[column].push(snapshot[column] ?? Number.NaN);
      if (metrics.step.length > mostMoments) thin();
    },
    clear() {
      for (const snapshot of snapshots.splice(0)) drop(snapshot);
      latest = null;
    },
    mark(setting, label) {
      const { step, observations, seconds } = latest ?? { step: 0, observations: 0, seconds: 0 };
      const at = marks.findLastIndex((mark) => mark.setting === setting);
      const dragged = at >= 0 && step - marks[at].step < dragSteps;
      if (dragged) marks.splice(at, 1);
      marks.push({ step, observations, seconds, setting, label });
    },
  };
}
