import type { ColdPolicy } from '../../metrics/tally';

export const policyNames: Record<ColdPolicy, string> = {
  bias: 'mean + known bias',
  mean: 'mean',
  zero: '0 (nothing)',
  drop: 'drop (Spark)',
};
