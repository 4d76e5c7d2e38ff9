/**
 * A run at one moment: the factors and how good they are. Owned by whoever holds it; the run keeps no reference.
 * r̂(x, y) = mean + userBias[x] + itemBias[y] + userFactors[x]·itemFactors[y], in rating units.
 */
export interface Snapshot {
  /** A `MethodId`. */
  readonly method: string;
  /** Iterations (ALS, 0.5 = after the users' half-sweep), epochs (B-SGD) or batches (streams); 0 = the initial factors. */
  readonly step: number;
  /** Training ratings touched so far. */
  readonly observations: number;
  /** Floating-point operations so far (see flops.ts). */
  readonly flops: number;
  /** Seconds of training compute so far, measuring excluded. */
  readonly seconds: number;
  readonly rank: number;
  readonly userCount: number;
  readonly itemCount: number;
  readonly mean: number;
  readonly userBias: Float32Array;
  readonly itemBias: Float32Array;
  /** userCount × rank, row-major. */
  readonly userFactors: Float32Array;
  /** itemCount × rank, row-major. */
  readonly itemFactors: Float32Array;
  /** Rating units. */
  readonly trainRmse: number;
  /** Rating units; null without a hold-out. */
  readonly validationRmse: number | null;
}
