import { type Figure, isDataOf, type Published } from '../../experiments/published';
import type { LoadedData } from '../../state/loaded-data';

/** Where in a stream of so many ratings a figure is: where they end, if it is of more. */
export const placeOf = ({ after = 0 }: Figure, ratingCount: number): number => Math.min(after, ratingCount);

/** So few ratings make no folds. */
const fewest = 250;

/** Whether figures can be looked for in what is open: streams need times, and folds some ratings. */
export function canBegin(
  { protocol }: Published,
  { source, ratings }: Pick<LoadedData, 'source' | 'ratings'>,
): boolean {
  if (source === 'run' || ratings.ratingCount < fewest) return false;
  return protocol.kind !== 'stream' || (ratings.clock ?? null) !== null;
}

/** Whether what is open is what figures are of. */
export const isTheirs = ({ data }: Published, { ratings }: Pick<LoadedData, 'ratings'>): boolean =>
  isDataOf(data, ratings);
