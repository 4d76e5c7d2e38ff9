import { methodOf } from '../../methods';
import { predictionOf } from '../../methods/measure';
import type { RatingInfo } from '../../ratings/rating-set';
import type { LoadedData } from '../../state/loaded-data';
import { inUnits, significant } from '../../words/numbers';
import { momentShown, type StreamState, snapshotShown } from './slice';

export const userName = ({ userIds }: RatingInfo, you: number, x: number): string =>
  x === you ? 'You' : `user ${userIds ? userIds[x] : x + 1}`;

export const itemName = ({ itemIds, itemTitles }: RatingInfo, y: number): string =>
  itemTitles?.[y]?.title ?? `item ${itemIds ? itemIds[y] : y + 1}`;

/** A cell, and what the two methods on the stage say of it. */
export function cellWords(
  state: StreamState,
  { ratings }: LoadedData,
  cell: { user: number; item: number },
): string {
  const { facts, looks } = state;
  if (!facts) return '';
  const says = [...new Set(looks.panes)].flatMap((method) => {
    const snapshot = snapshotShown(state, method);
    return snapshot
      ? [`${methodOf(method).name} ${inUnits(predictionOf(snapshot, cell.user, cell.item))}`]
      : [];
  });
  const known = knownRating(state, cell);
  const r = known === null ? 'not arrived' : `r = ${significant(known)}`;
  return [`${userName(ratings, facts.you, cell.user)}, ${itemName(ratings, cell.item)}`, r, ...says].join(
    ' · ',
  );
}

/** Its rating among those that have arrived; one look at each: fast enough for a pointer. */
function knownRating(state: StreamState, { user, item }: { user: number; item: number }): number | null {
  const { users, items, values } = state.facts!.ratings;
  const arrived = momentShown(state)?.ratings ?? 0;
  for (let j = users.indexOf(user); j >= 0 && j < arrived; j = users.indexOf(user, j + 1))
    if (items[j] === item) return values[j];
  return null;
}
