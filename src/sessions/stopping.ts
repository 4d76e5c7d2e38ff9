import { type Moment, valueAt } from '../metrics/moment';
import { rmse } from '../metrics/rmse';
import type { Track } from './track';

/** When a run stops of itself: once so many steps, 0 for never, have not brought as much as this share of the error. */
export interface Patience {
  readonly stopAfter: number;
  readonly stopBelow: number;
}

/** Whole steps of a run at which it was measured on what training never sees; none where nothing is kept from it. */
interface Seen {
  readonly step: number;
  readonly train: number;
  readonly unseen: number;
}

/** Only whole steps count: those are measured whatever the pace, so that a run stops at the same step every time. */
function seenIn({ moments }: Pick<Track, 'moments'>): Seen[] {
  return moments.flatMap((moment: Moment) => {
    const unseen = valueAt(moment, 'hidden', rmse) ?? valueAt(moment, 'validation', rmse);
    const train = valueAt(moment, 'train', rmse);
    return Number.isInteger(moment.step) && unseen !== null && train !== null
      ? [{ step: moment.step, train, unseen }]
      : [];
  });
}

/** Where a run has to stop, and the step that was best by then; null where it may go on. */
export function stopOf(
  track: Pick<Track, 'moments'>,
  { stopAfter, stopBelow }: Patience,
): { readonly at: number; readonly best: number } | null {
  if (stopAfter === 0) return null;
  let mark: Seen | null = null;
  let best: Seen | null = null;
  for (const seen of seenIn(track)) {
    if (!best || seen.unseen < best.unseen) best = seen;
    if (!mark || seen.unseen < mark.unseen * (1 - stopBelow)) mark = seen;
    if (seen.step - mark.step >= stopAfter) return { at: seen.step, best: best.step };
  }
  return null;
}

/** What was best of a run that has fitted since what it is trained on, and not what it never sees. */
export interface Overfit {
  readonly since: Seen;
  readonly now: Seen;
}

/**
 * Since which step a run overfits: its error on what training never sees is larger by more than a share of it than it
 * was at its least, while that on the training ratings is smaller. Null where that is not so.
 */
export function overfitOf(track: Pick<Track, 'moments'>, { stopBelow }: Patience): Overfit | null {
  const seen = seenIn(track);
  const now = seen.at(-1);
  if (!now) return null;
  const since = seen.reduce((best, one) => (one.unseen < best.unseen ? one : best));
  return now.train < since.train && now.unseen > since.unseen * (1 + stopBelow) ? { since, now } : null;
}
