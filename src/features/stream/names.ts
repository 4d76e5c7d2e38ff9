import type { MethodId } from '../../methods/method';
import type { SparkDefect } from '../../methods/stream-config';
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

export const methodWords: Record<MethodId, string> = {
  sgd: 'One observation at a time: one row and one column move. Keeps no ratings.',
  'mini-batch':
    'Gradients of a whole batch from the old values, summed per user and item, then applied. Keeps no ratings.',
  'fold-in':
    'ALS’s partial update: the rows of a batch are solved exactly, all others stay. Keeps all ratings.',
  refit:
    'ALS on everything that has arrived, every N batches; knows nothing newer in between. Keeps all ratings.',
  spark: 'What the post’s published code does, defect by defect: a lesson, not a proposal.',
  biases: 'μ + b_x + b_y, learnt one observation at a time.',
  mean: 'The mean of what has arrived.',
};

export const policyNames: Record<ColdPolicy, string> = {
  bias: 'mean + known bias',
  mean: 'mean',
  zero: '0 (nothing)',
  drop: 'drop (Spark)',
};

export const defectNames: Record<SparkDefect, readonly [name: string, words: string]> = {
  copies: [
    'A factor per rating',
    'New factors come from a join over ratings, so who brings c ratings is kept c times, and every further batch multiplies the copies. Here they are one row that counts as often.',
  ],
  forgets: [
    'Forgets who is absent',
    'Factors are joined with the gradients of the batch: users and items that it does not mention are dropped.',
  ],
  'frozen-mean': ['μ of the first batch', 'The new mean is computed, and the old one kept.'],
  clips: ['ε from clipped r̂', 'Predictions are cut to the scale before the error is taken.'],
  divides: [
    'Divides by the batch',
    'Summed gradients are divided by all ratings of the batch, so that a row with few of them hardly moves.',
  ],
  decays: ['γ · 0.9ⁱ anew', 'γ fades from pass to pass, and is as it was in the next batch.'],
  'heavy-lambda': ['λ = 10', 'Two hundred times what is usual for B-SGD.'],
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
