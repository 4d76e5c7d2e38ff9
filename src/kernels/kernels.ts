import type { Arrays, Floats, Lines, Triples } from '../ratings/lines';
import type { NormalEquations, RowSolverId } from './row-solvers';

/**
 * What is learnt. Predicts r̂(x, y) = unit · (μ + b_x + b_y + U_x·P_y); a model without a baseline has zeros there.
 * All arrays are owned by the run that made them; kernels write into them in place.
 */
export interface Model {
  readonly rank: number;
  /** Entries from one row of factors to the next; those from `rank` on are 0 and stay 0. */
  readonly rowLength: number;
  readonly userCount: number;
  readonly itemCount: number;
  /** Rating units in one unit of the model: everything below is in units of the model. */
  readonly unit: number;
  /** μ */
  mean: number;
  /** b_x, one per user. */
  readonly userBias: Floats;
  /** b_y, one per item. */
  readonly itemBias: Floats;
  /** U, userCount × rowLength, row-major. */
  readonly userFactors: Floats;
  /** P, itemCount × rowLength, row-major. */
  readonly itemFactors: Floats;
}

/** What a mini-batch adds to each entry of a model, before the learning rate: arrays of the model's shapes. */
export type GradientSums = Pick<Model, 'userBias' | 'itemBias' | 'userFactors' | 'itemFactors'>;

/** Errors of some ratings, counted in every way at once, in units of the model. */
export interface SummedErrors {
  /** Pairs of whom one side was never learnt from. */
  readonly cold: number;
  /**
   * Σ|ε| and Σε² in turn: of the known pairs; of the cold ones, where r̂, μ, and 0 are said; then these eight once more,
   * where what is said is cut to the scale.
   */
  readonly sums: ArrayLike<number>;
}

/** How errors are counted. */
export interface Judged {
  /** The scale, rating units: what is said is cut to it. */
  readonly low: number;
  readonly high: number;
  /** Where the lines of each user and item begin among the ratings that were learnt from; null: nobody is cold. */
  readonly learnt: { readonly users: Uint32Array; readonly items: Uint32Array } | null;
}

/** On no scale, and nobody is cold. */
export const unjudged: Judged = { low: -Infinity, high: Infinity, learnt: null };

/** plain: λ(‖U‖² + ‖P‖²). weighted: λ·(number of ratings of the row) per row: ALS-WR, Spark's regParam. */
export type Regularisation = 'plain' | 'weighted';

/** Which factors an ALS half-sweep solves for. */
export type Side = 'users' | 'items';

/** Lines of one side that are solved against the other: `lines` are the ratings by that side. */
export type HalfSweep = [
  model: Model,
  side: Side,
  lines: Lines,
  lambda: number,
  regularisation: Regularisation,
];

/**
 * The hot loops, behind one interface: the readable page, and its fast twin. Every function works on a range, so
 * that a caller can slice long work, stay responsive, and give slices to several workers; slicing never changes a
 * bit of the result. λ is in units of the model.
 */
export interface Kernels {
  /** Entries in a row of factors of this rank. */
  rowLength(rank: number): number;
  /** Zeroed arrays that these kernels can work on; also `ratings`, for what comes in lines and triples. */
  floats(length: number): Floats;
  readonly ratings: Arrays;
  /** ALS: solves lines from…to−1. */
  solveLines(...of: [...HalfSweep, from: number, to: number]): void;
  /** The same when every line knows every other: one Gram matrix and one factorisation serve all lines. */
  solveCompleteLines: Kernels['solveLines'];
  /** Implicit ALS: solves lines from…to−1 against all of the other side; α is per rating unit. */
  solveImplicitLines(...of: [...HalfSweep, alpha: number, from: number, to: number]): void;
  /** The normal equations of one line, which knows something. */
  normalEquations(...of: [...HalfSweep, line: number]): NormalEquations;
  /** `solveLines` by another way to solve a row. */
  solveLinesBy(solver: RowSolverId, ...lines: Parameters<Kernels['solveLines']>): void;
  /**
   * B-SGD: visits ratings order[from…to−1] (null: from…to−1 themselves) one at a time. Stops before applying an
   * error that is not within ±errorLimit (NaN included). Returns the position reached: `to` unless it stopped.
   */
  learn(
    model: Model,
    ratings: Triples,
    order: Uint32Array | null,
    from: number,
    to: number,
    learningRate: number,
    lambda: number,
    errorLimit: number,
    /** γ and λ of the factors, where they are not those of the biases. */
    factorRate?: number,
    factorLambda?: number,
  ): number;
  /** Mini-batch: adds the gradients of ratings from…to−1, all from the values that the model has now, to `sums`. */
  addGradients(
    model: Model,
    sums: GradientSums,
    ratings: Triples,
    from: number,
    to: number,
    lambda: number,
    low: number,
    high: number,
    /** λ of the factors, where it is not that of the biases. */
    factorLambda?: number,
  ): void;
  /** Moves rows[0…count−1] of one side by rate · sums, and clears their sums. No row may stand there twice. */
  applyGradients(
    model: Model,
    sums: GradientSums,
    side: Side,
    rows: Uint32Array,
    count: number,
    rate: number,
    /** For the factors, where it is not that of the biases. */
    factorRate?: number,
  ): void;
  /** Writes r̂ of ratings from…to−1 to out[0…to−from−1], units of the model. */
  predict(model: Model, ratings: Triples, from: number, to: number, out: Floats): void;
  /** Adds up the errors of the ratings of users from…to−1. */
  sumErrors(model: Model, byUser: Lines, from: number, to: number, judged?: Judged): SummedErrors;
}
