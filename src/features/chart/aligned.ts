import type { Curve } from '../../draw/chart/chart';

/** Places, ascending, then the values of each curve; null where it has none there. */
export type Aligned = [xs: readonly number[], ...ys: (readonly (number | null)[])[]];

/**
 * Curves on one x-axis, as uPlot takes them: a merge of their ascending places, O(places × curves). Curves that all
 * share one array of places are handed on as they are.
 */
export function aligned(curves: readonly Pick<Curve, 'xs' | 'ys'>[]): Aligned {
  const [first] = curves;
  if (!first) return [[]];
  if (curves.every(({ xs }) => xs === first.xs)) return [first.xs, ...curves.map(({ ys }) => ys)];
  const places: number[] = [];
  const columns: (number | null)[][] = curves.map(() => []);
  const next = curves.map(() => 0);
  for (;;) {
    let place = Number.POSITIVE_INFINITY;
    for (let c = 0; c < curves.length; c++) place = Math.min(place, curves[c].xs[next[c]] ?? place);
    if (place === Number.POSITIVE_INFINITY) return [places, ...columns];
    places.push(place);
    for (let c = 0; c < curves.length; c++) {
      const isHere = curves[c].xs[next[c]] === place;
      columns[c].push(isHere ? curves[c].ys[next[c]] : null);
      if (isHere) next[c]++;
    }
  }
}

/** The last value at or before a place in a column with gaps. */
export function lastBefore(column: readonly (number | null)[], index: number): number | null {
  for (let i = index; i >= 0; i--) {
    const value = column[i];
    if (value !== null && value !== undefined) return value;
  }
  return null;
}
