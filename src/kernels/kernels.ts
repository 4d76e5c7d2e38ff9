import type { Lines, Triples } from '../ratings/lines';

/**
 * What is learnt. Predicts r̂(x, y) = μ + b_x + b_y + U_x·P_y; a model without a baseline has zeros there.
 * All arrays are owned by the run that made them; kernels write into them in place. Rating units
 * (or the run's scaled units, see runs/).
 */
export interface Model {
  readonly rank: number;
  readonly userCount: number;
  readonly itemCount: number;
  /** μ */
  mean: number;
  /** b_x, one per user. */
  readonly userBias: Float64Array;
  /** b_y, one per item. */
  readonly itemBias: Float64Array;
  /** U, userCount × rank, row-major. */
  readonly userFactors: Float64Array;
  /** P, itemCount × rank, row-major. */
  readonly itemFactors: Float64Array;
}

/** plain: λ(‖U‖² + ‖P‖²). weighted: λ·(number of ratings of the row) per row: ALS-WR, Spark's regParam. */
export type Regularisation = 'plain' | 'weighted';

/**
 * The hot loops, behind one interface so that a faster implementation can stand in for the readable page.
 * Every function works on a range, so that a caller can slice long work and stay responsive; slicing never
 * changes a bit of the result.
 */
export interface Kernels {
  /** ALS: solves lines from…to−1 of `target` (lineCount × rank) against the fixed `source` (otherCount × rank). */
  solveLines(
    target: Float64Array,
    source: Float64Array,
    lines: Lines,
    rank: number,
    lambda: number,
    regularisation: Regularisation,
    from: number,
    to: number,
  ): void;
  /** The same when every line knows every other: one Gram matrix and one factorisation serve all lines. */
  solveCompleteLines: Kernels['solveLines'];
  /**
   * B-SGD: visits ratings order[from…to−1] one at a time. Stops before applying an error that is not
   * within ±errorLimit (NaN included). Returns the position reached: `to` unless it stopped.
   */
  learn(
    model: Model,
    ratings: Triples,
    order: Uint32Array,
    from: number,
    to: number,
    learningRate: number,
    lambda: number,
    errorLimit: number,
  ): number;
  /** Σ (r − r̂)² over ratings from…to−1. */
  squaredError(model: Model, ratings: Triples, from: number, to: number): number;
}
