import type { FilmedRun } from '../draw/film/film';
import { csvOf } from '../ratings/csv';

/** All moments of all runs, one a row; empty where nothing is held out. */
export function metricsCsv(runs: readonly Pick<FilmedRun, 'name' | 'config' | 'metrics'>[]): string {
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
