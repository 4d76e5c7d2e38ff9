import { type ListSummary, meanOf } from '../metrics/lists';
import { mae } from '../metrics/mae';
import { rmse } from '../metrics/rmse';
import { sumsOf, type Tally } from '../metrics/tally';
import type { Figure, Published } from './published';

/** Errors on a fold, or of a stream up to a place; null where it diverged, undefined where it is not known yet. */
export type PartErrors = Tally | null | undefined;

/** So many parts are to be known: folds, or places of a stream. */
export const partsOf = ({ protocol, figures }: Published): number =>
  protocol.kind === 'stream' ? figures.length : protocol.folds;

/** What we found where somebody else found a figure. */
export interface Compared {
  readonly figure: Figure;
  /** Means over the folds, with their standard errors; of a stream, what it had come to; null where it is not known. */
  readonly rmse: ListSummary | null;
  readonly mae: ListSummary | null;
  /** Both are within the tolerance; null where that is not known yet. */
  readonly isClose: boolean | null;
}

/** The errors of one part, rating units; null where nothing is known, or it diverged. */
export function errorsOf({ counting }: Published, tally: PartErrors) {
  const sums = tally && sumsOf(tally, counting);
  return sums && sums.count > 0 ? { rmse: rmse.of(sums), mae: mae.of(sums) } : null;
}

/** Every figure beside what was found, as soon as all parts that it is of are known. */
export function comparedWith(of: Published, parts: readonly PartErrors[]): readonly Compared[] {
  return of.figures.map((figure, i) => {
    const own = of.protocol.kind === 'stream' ? [parts[i]] : parts;
    if (own.some((one) => one === undefined)) return { figure, rmse: null, mae: null, isClose: null };
    const errors = own.map((one) => errorsOf(of, one));
    if (errors.some((one) => one === null)) return { figure, rmse: null, mae: null, isClose: false };
    const known = errors.filter((one) => one !== null);
    const found = { rmse: meanOf(known.map((one) => one.rmse)), mae: meanOf(known.map((one) => one.mae)) };
    const isNear = (name: 'rmse' | 'mae') => Math.abs(found[name].value - figure[name]) <= of.tolerance;
    return { figure, ...found, isClose: isNear('rmse') && isNear('mae') };
  });
}
