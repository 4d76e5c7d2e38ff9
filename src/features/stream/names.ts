import type { ColdPolicy } from '../../metrics/tally';

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
