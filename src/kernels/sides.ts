import type { GradientSums, Side } from './kernels';

/** What a model, or sums of its gradients, have of one side. */
export const ownOf = ({ userBias, itemBias, userFactors, itemFactors }: GradientSums, side: Side) =>
  side === 'users' ? { bias: userBias, factors: userFactors } : { bias: itemBias, factors: itemFactors };
