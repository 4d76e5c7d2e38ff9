import type { FilmedRun } from '../../draw/film';
import { takes } from '../../methods';
import { counted, errorMetrics, listColumns } from '../../metrics';
import { columnName, type ErrorMetric } from '../../metrics/metric';
import { valueAt } from '../../metrics/moment';
import { asPredicted, type Counting } from '../../metrics/tally';
import { csvOf } from '../../ratings/csv';
import { liveBefore } from '../../settings/history';
import { type Export, unbegun } from './export';
import type { Judged } from './subject';

type Measured = Pick<FilmedRun, 'name' | 'config' | 'changes' | 'moments' | 'found'>;

interface Wanted {
  readonly runs: readonly Measured[];
  readonly judged: Judged | null;
  readonly counting: Counting;
}

/** The numbers behind the chart, of all runs that there are. */
export const metricsTable: Export<null, Wanted> = {
  id: 'metrics-csv',
  offers: ({ race, begun }) => (race ? [{ label: 'Metrics CSV', ready: begun || unbegun }] : []),
  gather: ({ race, fileName }) =>
    race
      ? {
          fileName: fileName('rmse', [], 'csv'),
          wanted: {
            runs: race.recorded().map(({ name, config, changes, moments, found }) => ({
              name,
              config,
              changes,
              moments,
              found,
            })),
            judged: race.judged,
            counting: race.counting,
          },
        }
      : null,
  make: async ({ runs, judged, counting }) =>
    new Blob([metricsCsv(runs, judged, counting)], { type: 'text/csv' }),
};

const errorsOf = (metrics: readonly ErrorMetric[]) =>
  metrics.flatMap((metric) => (['train', 'validation', 'hidden'] as const).map((part) => ({ part, metric })));

/**
 * Has a row for every moment of every run, with λ and γ as they were before it. A metric that does not apply at a
 * moment is an empty field; where lists were judged, those of frames that were not are empty too. Errors of predictions
 * as they are stand first; where others are told, those follow.
 */
export function metricsCsv(
  runs: readonly Measured[],
  judged: Judged | null = null,
  counting = asPredicted,
): string {
  const others = errorMetrics.map((metric) => counted(metric, counting)).filter((one) => one.counting);
  const errors = errorsOf([...errorMetrics, ...others]);
  const lists = judged ? listColumns(judged.part) : [];
  const asked = judged ? [judged.size, judged.likedFrom, judged.users, judged.among] : [];
  const header = [
    ...['run', 'method', 'rank', 'lambda', 'learningRate', 'seed'],
    ...['step', 'observations', 'flops', 'seconds'],
    ...errors.map(({ part, metric }) => columnName(part, metric)),
    ...lists,
    ...(judged ? ['listSize', 'likedFrom', 'judgedUsers', 'judgedAmong'] : []),
  ];
  const number = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null);
  const rows = runs.flatMap(({ name, config, changes, moments, found }) => {
    const listsAt = new Map(found.map(({ step, values }) => [step, values]));
    return moments.map((moment) => {
      const values = listsAt.get(moment.step);
      const { lambda, learningRate } = liveBefore({ config, changes }, moment);
      return [
        ...[name, config.method, config.rank, lambda],
        takes(config.method, 'learningRate') ? learningRate : null,
        ...[config.seed, moment.step, moment.observations, moment.flops, moment.seconds],
        ...errors.map(({ part, metric }) => number(valueAt(moment, part, metric))),
        ...lists.map((column) => number(values?.[column] ?? null)),
        ...(values ? asked : asked.map(() => null)),
      ];
    });
  });
  return csvOf([header, ...rows]);
}
