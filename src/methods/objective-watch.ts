import type { Model, Regularisation } from '../kernels/kernels';
import { squaredNorms } from '../kernels/objective';
import type { Moment } from '../metrics/moment';
import { sumsOf } from '../metrics/tally';
import type { Split } from '../ratings/hold-out';

/** By less than this share the objective rises by rounding. */
const smallestRise = 1e-3;
/** Errors below this share of the span are rounding. */
const smallestError = 2 ** -11;

/** A moment of a run, as far as the watch reads it. */
type Measured = Pick<Moment, 'tallies'>;

/**
 * Watches what every half-sweep of ALS can only lower, Σε² + λ times the squared norms. The errors are summed anyway;
 * the norms are one pass over the factors.
 *
 * @param model as it is whenever a moment of it comes
 * @param span of the ratings
 */
export function objectiveWatch(
  model: Model,
  split: Pick<Split, 'byUser' | 'byItem' | 'trainingCount'>,
  regularisation: Regularisation,
  span: number,
) {
  const rounding = split.trainingCount * (smallestError * span) ** 2;
  let known = { unit: Number.NaN, squares: 0, norms: 0 };

  function note(unit: number, { tallies }: Measured): void {
    const squares = tallies.train ? sumsOf(tallies.train).squares : Number.NaN;
    known = { unit, squares, norms: squaredNorms(model, split, regularisation) };
  }

  return {
    note,
    /** Notes a moment, and whether the half-sweep at `lambda` before it raised the objective by more than rounding. */
    rose(unit: number, moment: Measured, lambda: number): boolean {
      const before = known;
      note(unit, moment);
      const of = ({ squares, norms }: typeof known) => squares + lambda * norms;
      return before.unit === unit - 1 && of(known) > of(before) * (1 + smallestRise) + rounding;
    },
  };
}
