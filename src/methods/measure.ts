import type { Kernels, Model } from '../kernels/kernels';
import { addCold, addWarm, fields, groupOf, type Tally } from '../metrics/tally';
import type { Triples } from '../ratings/lines';
import type { RatingScale } from '../ratings/rating-set';
import { pause, type Sliced } from '../ratings/sliced';

/** Whom a method knows: 1 for each user and item of whom it has learnt something. */
export interface Known {
  readonly users: Uint8Array;
  readonly items: Uint8Array;
}

/** Pairs that are measured between two pauses. */
export const pairsPerPause = 1 << 15;

/** How to add the errors of pairs from…to−1 to a tally. A pair is cold where the user or the item is not known. */
export function measuring(kernels: Kernels, scale: RatingScale) {
  const predictions = kernels.floats(pairsPerPause);
  /** @param history of each user, how many ratings have arrived */
  return function* addTo(
    tally: Tally,
    { model, known }: { readonly model: Model; readonly known: Known },
    pairs: Triples,
    from: number,
    to: number,
    history: Uint32Array,
  ): Sliced<void> {
    for (let at = from; at < to; at += pairsPerPause) {
      const end = Math.min(to, at + pairsPerPause);
      kernels.predict(model, pairs, at, end, predictions);
      for (let j = at; j < end; j++) addPair(j, predictions[j - at]);
      yield pause;
    }

    function addPair(j: number, prediction: number) {
      const { unit, mean } = model;
      const x = pairs.users[j];
      const y = pairs.items[j];
      const r = pairs.values[j];
      const at = groupOf(history[x]) * fields;
      const knowsUser = known.users[x] === 1;
      const knowsItem = known.items[y] === 1;
      if (knowsUser && knowsItem) return addWarm(tally, at, r, unit * prediction, scale);
      const bias = (knowsUser ? model.userBias[x] : 0) + (knowsItem ? model.itemBias[y] : 0);
      addCold(tally, at, r, [unit * (mean + bias), unit * mean], scale);
    }
  };
}

/** What predicts: a snapshot has no padding, and is in rating units. */
export type Predictor = Readonly<
  Omit<Model, 'rowLength' | 'unit'> & Partial<Pick<Model, 'rowLength' | 'unit'>>
>;

/** r̂ in rating units, whether or not it is known who they are. */
export function predictionOf(model: Predictor, x: number, y: number): number {
  const { rank, rowLength = rank, unit = 1, mean, userBias, itemBias, userFactors, itemFactors } = model;
  let prediction = mean + userBias[x] + itemBias[y];
  for (let f = 0; f < rank; f++)
    prediction += userFactors[x * rowLength + f] * itemFactors[y * rowLength + f];
  return unit * prediction;
}
