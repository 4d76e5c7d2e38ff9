import { bytesFor } from '../kernels/simd/space';
import { pairsPerPause } from '../methods/measure';
import type { StreamConfig } from '../methods/stream-config';

/** Bytes that the arrays of a lab take at most. */
export function labBytes(
  {
    userCount,
    itemCount,
    ratingCount,
    validationCount,
  }: { userCount: number; itemCount: number; ratingCount: number; validationCount: number },
  { rank, methods }: Pick<StreamConfig, 'rank' | 'methods'>,
): number {
  const [m, n, r] = [userCount + 1, itemCount, ratingCount + 1];
  const rowLength = Math.ceil(rank / 4) * 4;
  const model = bytesFor(m, n, m * rowLength, n * rowLength);
  const stream = bytesFor(r, r, r);
  const lines = bytesFor(r + m, r + m, r + n, r + n, m + n) + bytesFor(m + 1, r, r, n + 1, r, r);
  // Every method has a model, two of them sums of gradients and lists of rows beside it; one model is nobody's.
  const learners = (methods.length + 3) * model + 2 * bytesFor(m, n);
  const pairs = bytesFor(validationCount, validationCount, validationCount, pairsPerPause);
  return stream + lines + learners + pairs + bytesFor(1, 1, 1);
}
