import { bytesFor } from '../kernels/simd/space';
import { pairsPerPause } from '../methods/measure';
import type { Entrant, StreamConfig } from '../methods/stream-config';

/** What decides the room of a lab, beside its ratings. */
interface Learners extends Pick<StreamConfig, 'rank' | 'methods'> {
  /** How many of them keep sums of gradients and lists of rows beside their model. */
  readonly batched?: number;
}

/** The same where candidates learn: any of them may keep sums. */
export const learnersOf = (candidates: readonly Entrant[]): Learners => ({
  rank: Math.max(...candidates.map(({ config }) => config.rank)),
  methods: candidates.map(({ id }) => id),
  batched: candidates.length,
});

/** Bytes that the arrays of a lab take at most. */
export function labBytes(
  {
    userCount,
    itemCount,
    ratingCount,
    validationCount,
  }: { userCount: number; itemCount: number; ratingCount: number; validationCount: number },
  { rank, methods, batched = 2 }: Learners,
): number {
  const [m, n, r] = [userCount + 1, itemCount, ratingCount + 1];
  const rowLength = Math.ceil(rank / 4) * 4;
  const model = bytesFor(m, n, m * rowLength, n * rowLength);
  const stream = bytesFor(r, r, r);
  const lines = bytesFor(r + m, r + m, r + n, r + n, m + n) + bytesFor(m + 1, r, r, n + 1, r, r);
  // Every method has a model; one model is nobody's.
  const learners = (methods.length + batched + 1) * model + batched * bytesFor(m, n);
  const pairs = bytesFor(validationCount, validationCount, validationCount, pairsPerPause);
  return stream + lines + learners + pairs + bytesFor(1, 1, 1);
}
