import type { FilmedRun } from '../../draw/film/film';
import { csvOf } from '../../ratings/csv';
import { type Export, unbegun } from './export';

type Measured = Pick<FilmedRun, 'name' | 'config' | 'metrics'>;

/** The numbers of the chart, of all runs that there are. */
export const metricsTable: Export<null, readonly Measured[]> = {
  id: 'metrics-csv',
  group: 'table',
  offers: ({ race, begun }) =>
    race ? [{ label: 'Metrics CSV', ready: begun || unbegun, options: () => null }] : [],
  gather: ({ race, fileName }) =>
    race
      ? {
          fileName: fileName('rmse', [], 'csv'),
          wanted: race.recorded().map(({ name, config, metrics }) => ({ name, config, metrics })),
        }
      : null,
  make: async (runs) => new Blob([metricsCsv(runs)], { type: 'text/csv' }),
};

/** All moments of all runs, one a row; empty where nothing is held out. */
export function metricsCsv(runs: readonly Measured[]): string {
  const header = [
    ...['run', 'method', 'rank', 'lambda', 'learningRate', 'seed'],
    ...['step', 'observations', 'flops', 'seconds', 'trainRmse', 'validationRmse'],
  ];
  const number = (value: number) => (Number.isFinite(value) ? value : null);
  const rows = runs.flatMap(({ name, config, metrics }) =>
    metrics.step.map((step, i) => [
      ...[name, config.method, config.rank, config.lambda],
      config.method === 'sgd' ? config.learningRate : null,
      ...[config.seed, step, metrics.observations[i], metrics.flops[i], metrics.seconds[i]],
      ...[number(metrics.trainRmse[i]), number(metrics.validationRmse[i])],
    ]),
  );
  return csvOf([header, ...rows]);
}
