import { methodOf } from '../../methods';
import { counted, grouped } from '../../words/numbers';
import { momentShown, type StreamState, snapshotShown } from './slice';

/**
 * How far the stream is, as it is shown: the batch, and who and what had come by then. Frames of a long stream are
 * thinned out, so a matrix that was scrubbed back to may be of an earlier batch than the one named: that is said.
 */
export function progressWords(state: StreamState): string {
  const moment = momentShown(state);
  const { facts, shown } = state;
  if (!facts || !moment) return '';
  const at = shown ?? state.batch;
  const people = `${counted(moment.users, 'user')} and ${counted(moment.items, 'item')} are there.`;
  const arrived = `${grouped(moment.ratings)} of ${counted(facts.count, 'rating')} have arrived; ${people}`;
  return [`Batch ${grouped(at)} of ${grouped(facts.batchCount)}: ${arrived}`, ...earlierFrames(state)].join(
    ' ',
  );
}

/** A sentence for every method on the stage whose matrix is of an earlier batch than the one that was scrubbed to. */
function earlierFrames(state: StreamState): string[] {
  const { shown, looks } = state;
  if (shown === null) return [];
  return looks.panes.flatMap((method) => {
    const step = snapshotShown(state, method)?.step;
    if (step === undefined || step === shown) return [];
    return `The matrix of ${methodOf(method).name} is of batch ${grouped(step)}, the last kept before it.`;
  });
}
