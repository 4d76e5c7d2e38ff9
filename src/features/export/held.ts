import type { Track } from '../../sessions/track';
import type { RecordedRun } from '../../state/recorded-run';
import type { WorkbenchState } from '../workbench';

/** A state as it was at one moment: its frames stay, whatever becomes of the runs, until they are let go. */
export interface HeldState {
  readonly state: WorkbenchState;
  /** Bytes of frames that are only here. */
  bytes(): number;
  letGo(): void;
}

/** Has every run and every stream share its frames with a track that nobody adds to. */
export function heldState(now: WorkbenchState): HeldState {
  const tracks: Track[] = [];
  const shared = (track: Track) => {
    const branch = track.branch();
    tracks.push(branch);
    return branch;
  };
  const held = <Run extends RecordedRun>(run: Run): Run => ({ ...run, track: shared(run.track) });
  const { runs, shelf, stream } = now;
  const state = {
    ...now,
    runs: mapped(runs, held),
    shelf: shelf.map(held),
    stream: { ...stream, moments: [...stream.moments], tracks: mapped(stream.tracks, shared) },
  };
  return {
    state,
    bytes: () => tracks.reduce((sum, { ownBytes }) => sum + ownBytes, 0),
    letGo() {
      for (const track of tracks) track.clear();
    },
  };
}

const mapped = <T>(all: Readonly<Record<string, T>>, of: (one: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(all).map(([id, one]) => [id, of(one)]));
