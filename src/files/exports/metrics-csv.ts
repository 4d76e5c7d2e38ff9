import type { FilmedRun } from '../../draw/film';
import { takes } from '../../methods';
import { errorMetrics } from '../../metrics';
import { columnName } from '../../metrics/metric';
import { valueAt } from '../../metrics/moment';
import { csvOf } from '../../ratings/csv';
import { liveBefore } from '../../settings/history';
import { type Export, unbegun } from './export';

type Measured = Pick<FilmedRun, 'name' | 'config' | 'changes' | 'moments'>;

/** The numbers behind the chart, of all runs that there are. */
export const metricsTable: Export<null, readonly Measured[]> = {
  id: 'metrics-csv',
  offers: ({ race, begun }) => (race ? [{ label: 'Metrics CSV', ready: begun || unbegun }] : []),
  gather: ({ race, fileName }) =>
    race
      ? {
          fileName: fileName('rmse', [], 'csv'),
          wanted: race
            .recorded()
            .map(({ name, config, changes, moments }) => ({ name, config, changes, moments })),
        }
      : null,
  make: async (runs) => new Blob([metricsCsv(runs)], { type: 'text/csv' }),
};

const errors = errorMetrics.flatMap((metric) =>
  (['train', 'validation', 'hidden'] as const).map((part) => ({ part, metric })),
);

/** Has a row for every moment of every run, with λ and γ as they were before it. A metric that does not apply at a moment is an empty field. */
export function metricsCsv(runs: readonly Measured[]): string {
  const header = [
    ...['run', 'method', 'rank', 'lambda', 'learningRate', 'seed'],
    ...['step', 'observations', 'flops', 'seconds'],
    ...errors.map(({ part, metric }) => columnName(part, metric)),
  ];
  const number = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null);
  const rows = runs.flatMap(({ name, config, changes, moments }) =>
    moments.map((moment) => {
      const { lambda, learningRate } = liveBefore({ config, changes }, moment);
      return [
        ...[name, config.method, config.rank, lambda],
        takes(config.method, 'learningRate') ? learningRate : null,
        ...[config.seed, moment.step, moment.observations, moment.flops, moment.seconds],
        ...errors.map(({ part, metric }) => number(valueAt(moment, part, metric))),
      ];
    }),
  );
  return csvOf([header, ...rows]);
}
