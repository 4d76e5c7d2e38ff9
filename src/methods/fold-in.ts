import type { Side } from '../kernels/kernels';
import { pause, type Sliced } from '../ratings/sliced';
import type { GrowingLines } from './growing-lines';
import { freshModel, type Learner, type Surroundings } from './learner';
import type { Method } from './method';
import { rowFinder } from './rows';
import { setBias, solveAlone } from './solving';
import { pieceWork } from './work';

/** ALS for the rows of a batch alone. */
export const foldIn: Method = {
  id: 'fold-in',
  name: 'Fold-in',
  title: 'fold-in',
  words: 'ALS’s partial update: the rows of a batch are solved exactly, all others stay. Keeps all ratings.',
  colours: ['#2f7d3a', '#6cc97a'],
  step: { one: 'batch', many: 'batches', digits: 0 },
  formula: (baseline) => (baseline === 'none' ? 'R ≈ U·P' : 'R ≈ μ + b + U·P'),
  arriving: { settings: ['alsLambda', 'rank', 'alsBaseline'], solvesRows: true, begin: foldInLearner },
};

/**
 * Fold-in, ALS's partial update: after each batch the rows of its users are solved against the items as they are,
 * then the rows of its items against the users. Everybody else stays, bit for bit.
 */
function foldInLearner(around: Surroundings, lines: GrowingLines): Learner {
  const { stream, config, seen, means } = around;
  const model = freshModel(around, 1, config.rank);
  const users = rowFinder(stream.userCount, new Uint32Array(stream.userCount));
  const items = rowFinder(stream.itemCount, new Uint32Array(stream.itemCount));
  if (config.alsBaseline === 'none') model.mean = 0;

  function* solveRows(side: Side, rows: Uint32Array): Sliced<void> {
    let work = 0;
    for (const x of rows) {
      solveAlone(around, model, side, lines, x);
      work += (lines[side].arrived[x] + config.rank) * config.rank * config.rank;
      if (work < pieceWork) continue;
      work = 0;
      yield pause;
    }
  }

  return {
    model,
    known: seen,
    keepsRatings: true,
    learnt: 0,
    diverged: false,
    *learn(from, to) {
      const { rows: userRows } = users(stream.ratings.users, from, to);
      const { rows: itemRows } = items(stream.ratings.items, from, to);
      if (config.alsBaseline === 'biases') {
        model.mean = means.now;
        for (const y of itemRows) setBias(model, 'items', lines, y);
        for (const x of userRows) setBias(model, 'users', lines, x);
      }
      yield* solveRows('users', userRows);
      yield* solveRows('items', itemRows);
      this.learnt = to;
    },
  };
}
