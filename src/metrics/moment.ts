import { columnName, isOfErrors, type Metric, measure, type Part } from './metric';
import type { Tally } from './tally';

/** Where a session is, on each of the axes that it can be followed along. */
export interface Place {
  /** Iterations (0.5 = after the users' half-sweep), epochs or batches; 0: the initial factors. */
  readonly step: number;
  /** Training ratings touched so far. */
  readonly observations: number;
  /** Floating-point operations so far; null where they are not counted. */
  readonly flops: number | null;
  /** Seconds of training compute so far, measuring excluded. */
  readonly seconds: number;
}
export type Axis = keyof Place;

/** A session at a place, in errors. */
export interface Moment extends Place {
  /** The sums of errors on each part that was measured; none of a part that does not exist. */
  readonly tallies: Readonly<Partial<Record<Part, Tally>>>;
  /**
   * Values by the names of their columns, where there are no tallies: as in a run that another program wrote, or of
   * what is recommended, which is found later.
   */
  readonly values?: Readonly<Record<string, number | null>>;
}

/** Whether all errors of a moment are numbers that can be shown. */
export const hasFiniteErrors = ({ tallies, values = {} }: Pick<Moment, 'tallies' | 'values'>): boolean =>
  Object.values(tallies).every((tally) => tally.every(Number.isFinite)) &&
  Object.values(values).every((value) => value === null || Number.isFinite(value));

/** A metric at a moment; null where it does not apply, or is not known yet. */
export function valueAt(
  { tallies, values }: Pick<Moment, 'tallies' | 'values'>,
  part: Part,
  metric: Metric,
): number | null {
  const tally = tallies[part];
  return tally && isOfErrors(metric) ? measure(metric, tally) : (values?.[columnName(part, metric)] ?? null);
}

/** Where a moment is along an axis; a mistake of ours where it is nowhere. */
export function placeOn(place: Place, axis: Axis): number {
  const at = place[axis];
  if (at === null) throw new Error(`no ${axis} are counted here`);
  return at;
}
