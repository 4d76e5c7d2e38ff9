import type { Model } from '../kernels/kernels';
import type { RowSolverId } from '../kernels/row-solvers';
import type { Floats } from '../ratings/lines';
import type { GrowingLines } from './growing-lines';
import { freshModel, knownOf, type Learner, rowsOf, type Surroundings } from './learner';
import type { Method } from './method';
import { solveAll } from './solving';

/** Batch ALS again and again, on all that has arrived. */
export const refit: Method = {
  id: 'refit',
  name: 'ALS refit',
  title: 'ALS refit',
  words:
    'ALS on everything that has arrived, every N batches; knows nothing newer in between. Keeps all ratings.',
  colours: ['#2468a8', '#6aa9e0'],
  step: { one: 'batch', many: 'batches', digits: 0 },
  formula: (baseline) => (baseline === 'none' ? 'R ≈ U·P' : 'R ≈ μ + b + U·P'),
  arriving: {
    settings: ['alsLambda', 'rank', 'alsBaseline', 'refitEvery'],
    solvesRows: true,
    begin: (around, lines) => refitting(around, lines),
  },
};

/**
 * ALS anew on all that has arrived, every so many batches; in between it knows nothing new.
 *
 * @param begin what is made of the random rows that everybody begins with
 */
export function refitting(
  around: Surroundings,
  lines: GrowingLines,
  solver: RowSolverId = 'exact',
  begin: (model: Model) => void = () => {},
): Learner {
  const { stream, config, seen, means } = around;
  const model = freshModel(around, 1, config.rank);
  begin(model);
  const known = knownOf(stream, 0);
  const first = rowsOf(model);
  let batches = 0;
  return {
    model,
    known,
    keepsRatings: true,
    learnt: 0,
    diverged: false,
    *learn(_, to) {
      batches++;
      if (batches % config.refitEvery !== 0 && to < stream.count && batches > 1) return;
      // Who was not there at the last refit has a zero row, and zero times zero would stay zero.
      beginRows(model.userFactors, first.users, known.users, model.rowLength);
      beginRows(model.itemFactors, first.items, known.items, model.rowLength);
      yield* solveAll(around, model, lines.compact(), means.now, config.refitIterations, solver);
      known.users.set(seen.users);
      known.items.set(seen.items);
      this.learnt = to;
    },
  };
}

/** Puts the rows that a method does not know back to what they begin with. */
function beginRows(factors: Floats, first: Floats, known: Uint8Array, rowLength: number): void {
  for (let x = 0; x < known.length; x++)
    if (!known[x]) factors.set(first.subarray(x * rowLength, (x + 1) * rowLength), x * rowLength);
}
