import type { MethodId } from '../../methods/method';
import { measure } from '../../metrics/metric';
import { rmse } from '../../metrics/rmse';
import { coverageOf } from '../../metrics/tally';
import type { Moment } from '../../sessions/lab';
import type { StreamLooks } from '../../state/stream-lab';

/** Ratings that had arrived, then of each method its error, then of each its cost. */
export type StreamChartData = [number[], ...(number | null)[][]];

const finite = (value: number) => (Number.isFinite(value) ? value : null);

/** Appends what was added to `moments` since the last call: a moment is looked at once, and again only when the looks change. */
export function streamChart(methods: readonly MethodId[], looks: StreamLooks) {
  const data: StreamChartData = [[], ...methods.map(() => []), ...methods.map(() => [])];
  let done = 0;
  let windowStart = 0;
  return {
    data,
    add(moments: readonly Moment[]) {
      for (; done < moments.length; done++) {
        const moment = moments[done];
        while (windowStart + 1 < done && moment.ratings - moments[windowStart + 1].ratings >= looks.window)
          windowStart++;
        data[0].push(moment.ratings);
        methods.forEach((method, i) => {
          (data[1 + i] as (number | null)[]).push(errorAt(moment, moments[windowStart], method, looks));
          (data[1 + methods.length + i] as (number | null)[]).push(
            costAt(moment, moments[Math.max(0, done - 1)], method, looks),
          );
        });
      }
      return data;
    },
  };
}

function errorAt(moment: Moment, from: Moment, method: MethodId, { error, policy }: StreamLooks) {
  const now = moment.methods[method];
  if (!now || now.diverged || moment.ratings === 0) return null;
  if (error === 'validation') return measure(rmse, now.validation, policy);
  const before = from.methods[method]?.prequential;
  const inWindow = now.prequential.map((value, i) => value - (before?.[i] ?? 0));
  return measure(rmse, inWindow, policy);
}

function costAt(moment: Moment, before: Moment, method: MethodId, { cost }: StreamLooks) {
  const now = moment.methods[method];
  if (!now || now.diverged) return null;
  if (cost === 'kept') return now.kept;
  if (cost === 'coverage') {
    const share = coverageOf(now.validation);
    return share === null ? null : 100 * share;
  }
  const batches = moment.batch - before.batch;
  return batches > 0
    ? finite((1000 * (now.seconds - (before.methods[method]?.seconds ?? 0))) / batches)
    : null;
}

/** From a little below the least to the most that is seen once the beginning is over. */
export function errorRange(
  columns: readonly (readonly (number | null)[])[],
  line: number | null,
): [number, number] {
  const values = columns.flatMap((column) => {
    const known = column.filter((value): value is number => value !== null);
    return known.slice(known.length > 8 ? Math.floor(known.length / 20) + 1 : 0);
  });
  if (line !== null) values.push(line);
  if (values.length === 0) return [0, 1];
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), 0);
  const margin = 0.08 * (high - low || 0.1);
  return [Math.max(0, low - margin), high + margin];
}
