import { metrics } from '../../metrics';
import type { Track } from '../../sessions/track';
import type { ChartAxis } from '../../state/workbench';

/** x, then ALS train, ALS validation, B-SGD train, B-SGD validation; null where a method has nothing at that x. */
export type ChartData = [number[], ...(number | null)[][]];

/** Both methods on one ascending x-axis: a merge of two sorted columns, O(moments). */
export function chartData(als: Track, sgd: Track, axis: ChartAxis): ChartData {
  const [metric] = metrics;
  const [a, b] = [als, sgd].map((track) => ({
    xs: track.along(axis),
    train: track.column('train', metric),
    validation: track.column('validation', metric),
  }));
  const data: ChartData = [[], [], [], [], []];
  const [xs, ...columns] = data;
  const push = (x: number, ...values: (number | null)[]) => {
    xs.push(x);
    for (let i = 0; i < values.length; i++) columns[i].push(values[i]);
  };
  const finite = (value: number | null) => (Number.isFinite(value) ? value : null);
  let i = 0;
  let j = 0;
  while (i < a.xs.length || j < b.xs.length) {
    const left = a.xs[i] ?? Number.POSITIVE_INFINITY;
    const right = b.xs[j] ?? Number.POSITIVE_INFINITY;
    const takeLeft = left <= right;
    const takeRight = right <= left;
    push(
      Math.min(left, right),
      takeLeft ? finite(a.train[i]) : null,
      takeLeft ? finite(a.validation[i]) : null,
      takeRight ? finite(b.train[j]) : null,
      takeRight ? finite(b.validation[j]) : null,
    );
    if (takeLeft) i++;
    if (takeRight) j++;
  }
  return data;
}

/** The last value at or before a place in a column with gaps. */
export function lastBefore(column: readonly (number | null)[], index: number): number | null {
  for (let i = index; i >= 0; i--) {
    const value = column[i];
    if (value !== null && value !== undefined) return value;
  }
  return null;
}
