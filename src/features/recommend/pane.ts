import type { MethodId } from '../../methods/method';
import type { Snapshot } from '../../methods/snapshot';
import { racingOf } from '../../settings/race';
import type { RecordedRun } from '../../state/recorded-run';
import { frameOf, isOfRatings, runInPane } from '../replay/replay';
import type { WorkbenchState } from '../workbench';

/** The pane whose run is asked. */
export function paneNow({ wanted, settings }: Pick<WorkbenchState, 'wanted' | 'settings'>): MethodId {
  const racing = racingOf(settings);
  return wanted.by !== null && racing.includes(wanted.by) ? wanted.by : racing[0];
}

/** Its frame where the timeline is, the one before it, and the run; null where there is none of the ratings on the stage. */
export function frameNow(
  state: WorkbenchState,
): { readonly frame: Snapshot; readonly before: Snapshot | null; readonly run: RecordedRun } | null {
  const pane = paneNow(state);
  const run = runInPane(state, pane);
  const frame = frameOf(state, run, pane);
  if (!frame || !isOfRatings(frame, state)) return null;
  const { snapshots } = run.track;
  const before = snapshots[snapshots.indexOf(frame) - 1];
  return { run, frame, before: before && isOfRatings(before, state) ? before : null };
}
