import { type Predictor, predictionOf } from '../methods/measure';
import { pause, type Sliced } from '../ratings/sliced';

/** An item, and what a model predicts of it, rating units. */
export interface Recommended {
  readonly item: number;
  readonly prediction: number;
}

/** r̂ in rating units. Of somebody or something without a row yet (null) nothing is known: no bias, no product. */
export function predictionFor(model: Predictor, user: number | null, item: number | null): number {
  if (user !== null && item !== null) return predictionOf(model, user, item);
  const { unit = 1, mean, userBias, itemBias } = model;
  return unit * (mean + (user === null ? 0 : userBias[user]) + (item === null ? 0 : itemBias[item]));
}

/** Whether a model has learnt anything of a user or an item: until then all its numbers are 0. */
export function isKnown(model: Predictor, side: 'user' | 'item', row: number): boolean {
  const { rank, rowLength = rank } = model;
  if (model[`${side}Bias`][row] !== 0) return true;
  const factors = model[`${side}Factors`];
  for (let f = 0; f < rank; f++) if (factors[row * rowLength + f] !== 0) return true;
  return false;
}

/** A row, and what it is judged by. */
interface Scored {
  readonly row: number;
  readonly score: number;
}

/** Rows that are scored between two pauses: about a millisecond at rank 64. */
const rowsPerPause = 1 << 10;

/** The rows of the highest scores, the best first; of equal ones the one with the lower number. A score of NaN is none. */
function* bestRows(rowCount: number, count: number, scoreOf: (row: number) => number): Sliced<Scored[]> {
  const best: Scored[] = [];
  for (let row = 0; row < rowCount; row++) {
    if (row % rowsPerPause === rowsPerPause - 1) yield pause;
    const score = scoreOf(row);
    const least = best.length < count ? Number.NEGATIVE_INFINITY : (best.at(-1)?.score ?? Number.NaN);
    if (!(score > least)) continue;
    best.splice(best.findLastIndex((one) => one.score >= score) + 1, 0, { row, score });
    best.length = Math.min(best.length, count);
  }
  return best;
}

/**
 * The items of which a model predicts most for a user, the best first. An item that is not known to the model is not
 * recommended.
 *
 * @param user null: somebody whom the model does not know, for whom the mean and the items' biases speak
 * @param seen items that are left out, such as those that the user has rated
 */
export function* topN(
  model: Predictor,
  user: number | null,
  count: number,
  seen: Pick<ReadonlySet<number>, 'has'>,
): Sliced<Recommended[]> {
  const predict = (item: number) =>
    seen.has(item) || !isKnown(model, 'item', item) ? Number.NaN : predictionFor(model, user, item);
  const best = yield* bestRows(model.itemCount, count, predict);
  return best.map(({ row, score }) => ({ item: row, prediction: score }));
}

/**
 * The rows whose factors point most into a direction: cos = U·V / (‖U‖ ‖V‖). Who has no factors is like nobody.
 *
 * @param rows n × k, row-major; `direction` has k entries
 */
export function* mostAlike(
  rows: Float32Array,
  direction: Float32Array,
  count: number,
  isMeant: (row: number) => boolean,
): Sliced<{ row: number; cosine: number }[]> {
  const rank = direction.length;
  const length = Math.hypot(...direction);
  const cosine = (row: number) => {
    if (!isMeant(row)) return Number.NaN;
    let [product, squares] = [0, 0];
    for (let f = 0; f < rank; f++) {
      const value = rows[row * rank + f];
      product += value * direction[f];
      squares += value * value;
    }
    return product / (Math.sqrt(squares) * length);
  };
  const best = yield* bestRows(rows.length / rank, count, cosine);
  return best.map(({ row, score }) => ({ row, cosine: score }));
}
