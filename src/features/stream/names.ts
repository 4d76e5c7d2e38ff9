import type { MethodId } from '../../methods/method';
import type { ColdPolicy } from '../../metrics/tally';

export const methodNames: Record<MethodId, string> = {
  sgd: 'B-SGD',
  'mini-batch': 'Mini-batch B-SGD',
  'fold-in': 'Fold-in',
  refit: 'ALS refit',
  spark: 'Spark’s code',
  biases: 'Biases only',
  mean: 'Mean',
};

/** As in stream.css: in light, in dark. */
export const methodColours: Record<MethodId, readonly [light: string, dark: string]> = {
  sgd: ['#b3541a', '#ee9a5a'],
  'mini-batch': ['#8a7a00', '#d8c23a'],
  'fold-in': ['#2f7d3a', '#6cc97a'],
  refit: ['#2468a8', '#6aa9e0'],
  spark: ['#a1348f', '#e07fd0'],
  biases: ['#5f5aa8', '#a9a4f0'],
  mean: ['#6b7280', '#8b93a0'],
};

export const policyNames: Record<ColdPolicy, string> = {
  bias: 'mean + known bias',
  mean: 'mean',
  zero: '0 (nothing)',
  drop: 'drop (Spark)',
};

/** A number with four digits; a dash where there is none. */
export const digits = (value: number | null | undefined, count = 4): string =>
  value === null || value === undefined || !Number.isFinite(value)
    ? '–'
    : String(Number(value.toPrecision(count))).replace('-', '−');

export const counted = (value: number): string => value.toLocaleString('en');

/** Seconds as people say them: µs, ms or s. */
export function inSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 0.000_001) return '0 ms';
  if (seconds < 0.001) return `${digits(seconds * 1e6, 2)} µs`;
  if (seconds < 1) return `${digits(seconds * 1000, 3)} ms`;
  return `${digits(seconds, 3)} s`;
}
