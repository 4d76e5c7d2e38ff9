import { type Predictor, predictionOf } from '../methods/measure';

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

/**
 * The items of which a model predicts most for a user, the best first; of equal ones the one with the lower number.
 * An item that is not known to the model is not recommended.
 *
 * @param user null: somebody whom the model does not know, for whom the mean and the items' biases speak
 * @param seen items that are left out, such as those that the user has rated
 */
export function topN(
  model: Predictor,
  user: number | null,
  count: number,
  seen: ReadonlySet<number>,
): Recommended[] {
  const best: Recommended[] = [];
  for (let item = 0; item < model.itemCount; item++) {
    if (seen.has(item) || !isKnown(model, 'item', item)) continue;
    const prediction = predictionFor(model, user, item);
    const least = best.length < count ? Number.NEGATIVE_INFINITY : (best.at(-1)?.prediction ?? Number.NaN);
    if (!(prediction > least)) continue;
    const place = best.findLastIndex((one) => one.prediction >= prediction) + 1;
    best.splice(place, 0, { item, prediction });
    best.length = Math.min(best.length, count);
  }
  return best;
}
