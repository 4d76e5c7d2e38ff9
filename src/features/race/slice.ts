import { atOnceOf, raceMethodIds } from '../../methods';
import type { RunConfig } from '../../methods/config';
import type { MethodId } from '../../methods/method';
import type { Divergence } from '../../sessions/learning';
import { stopOf } from '../../sessions/stopping';
import { emptyTrack } from '../../sessions/track';
import type { Settings } from '../../settings/race';
import type { RecordedRun } from '../../state/recorded-run';
import type { Loss } from '../../workers/protocol';

export type RunStatus = 'starting' | 'going' | 'finished' | 'diverged' | 'lost';

/** A run that goes on, or could. Its track is mutable: `moments` counts what was added, so that subscribers see it change. */
export interface RunState extends RecordedRun {
  readonly status: RunStatus;
  readonly moments: number;
  /** After a divergence: why, where, and a γ that would hold. */
  readonly diverged: Divergence | null;
  /** How its worker was lost, where it was. */
  readonly loss?: Loss;
}

export interface RaceSlice {
  readonly playing: boolean;
  /** The first race that somebody sees, which begins slowly; it is over once it has ended or something is set. */
  readonly opening: boolean;
  readonly runs: Readonly<Record<MethodId, RunState>>;
}

/** A run that has not begun. */
export const idleRun = (method: MethodId): RunState => ({
  ...{ id: 0, name: '', colour: `var(--method-${method})`, config: null, changes: [], track: emptyTrack() },
  ...{ status: 'starting', moments: 0, diverged: null },
});

/** What there is of a run: it goes on from the newest frame of its track, or from step 0 where that is empty. */
export type RunSoFar = Omit<RecordedRun, 'colour'> & { readonly config: RunConfig };

/** Null before a run has begun. */
export const soFar = ({ id, name, changes, track, config }: RunState): RunSoFar | null =>
  config && { id, name, changes, track, config };

/** Going or finished, by where a run that could go on is to end or to stop: that may be moved. Of others, their status. */
export function statusNow(method: MethodId, { status, track }: RunState, settings: Settings): RunStatus {
  if (status !== 'going' && status !== 'finished') return status;
  const isOver = (track.latest?.step ?? 0) >= settings[atOnceOf(method).limit] || stopOf(track, settings);
  return isOver ? 'finished' : 'going';
}

/** A run of every method that can race. */
export const runsOf = (run: (method: MethodId) => RunState): RaceSlice['runs'] =>
  Object.fromEntries(raceMethodIds.map((method) => [method, run(method)]));

export const raceSlice = (): RaceSlice => ({
  ...{ playing: false, opening: false },
  runs: runsOf(idleRun),
});
