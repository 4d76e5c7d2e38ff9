import type { Chart } from '../../draw/chart/chart';
import { inUnits, short } from '../../words/numbers';
import { aligned } from './aligned';

/** Places of a chart as rows; of each curve a column. */
export interface ChartRows {
  readonly columns: readonly { readonly id: string; readonly name: string }[];
  /** The place, and what each of the columns has there. */
  readonly rows: readonly { readonly place: string; readonly values: readonly string[] }[];
  /** How many places there are in all. */
  readonly count: number;
}

/** Rows that are on the page at once, at most: a stream has thousands. */
export const rowsAtOnce = 50;

/** What a chart shows, from a place on, counted from 0: its curves at every place where one of them was measured. */
export function chartRows({ values, curves }: Chart, from: number): ChartRows {
  const [places, ...columns] = aligned(curves);
  const unitOf = (by = 0) => (by === 0 ? '' : `, ${values[by].title}`);
  return {
    columns: curves.map(({ name, by }, i) => ({ id: String(i), name: `${name}${unitOf(by)}` })),
    rows: places.slice(from, from + rowsAtOnce).map((place, i) => ({
      place: short(place),
      values: columns.map((column) => inUnits(column[from + i])),
    })),
    count: places.length,
  };
}
