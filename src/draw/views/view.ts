import type { Snapshot } from '../../methods/snapshot';
import { type RatingScale, scaleSpan } from '../../ratings/rating-set';
import type { ColourTable } from '../palette';
import type { Parts, PredictionBuffer } from '../predictions';
import type { Terms } from '../terms';
import type { Colours } from '../theme';

/** What a view is called in links and settings: the `id` of a value in `views`. */
export type ViewId = string;

/** Colours, and the values of the first and of the last of them, rating units. */
export interface ColourScale {
  readonly low: number;
  readonly high: number;
  readonly table: ColourTable;
}

/** Those that were chosen for ratings, and those around zero. */
export type ScaleColours = Pick<Colours, 'table' | 'aroundZero'>;

/** What the matrices of the models show: what they predict, or something that is made of it. */
export interface View {
  readonly id: ViewId;
  /** As it is offered. */
  readonly name: string;
  /** How it begins: all that is offered of it where there is little room. */
  readonly short?: string;
  /** What its values are called beside the scale of colours, and after their number. */
  readonly legend: { readonly what: string; readonly unit: string };
  /** @param ofBlocks pixels are means of blocks, which lie closer together than single cells */
  scale(ratings: RatingScale, colours: ScaleColours, ofBlocks: boolean): ColourScale;
  /** How ratings, not of a picture, are shown at first; of one view at most. */
  readonly isFirstOfRatings?: true;
  /** What it shows of a model, in symbols. `prediction` says the same of what the model predicts. */
  formula(prediction: string, frame: Snapshot | null): string;
  /**
   * The values of a model, rating units, height × width; not finite where there is none. The buffer overwrites them
   * at its next call.
   */
  values(buffer: PredictionBuffer, frame: Snapshot): Float32Array;
  /** The same as sums and a product, which a kernel adds up and colours in one go; absent where they are none. */
  parts?(buffer: PredictionBuffer, frame: Snapshot): Parts;
  /** The values are means over a sample of the known ratings where those are many, and the legend says so. */
  readonly sampled?: true;
  /** Cells of which no rating is known stay blank, and those that are held out are marked among the ratings. */
  readonly knownOnly?: true;
  /** A cell in numbers. */
  reading(cell: Terms): string;
}

/** From the lowest rating there can be to the highest. */
export const scaleOfRatings = ({ min, max }: RatingScale, { table }: ScaleColours): ColourScale => ({
  low: min,
  high: max,
  table,
});

/** Around zero, up to a share of what lies between the lowest and the highest rating: a quarter, as a rule. */
export function scaleAroundZero(
  ratings: RatingScale,
  { aroundZero }: Pick<Colours, 'aroundZero'>,
  share = 1 / 4,
): ColourScale {
  const reach = scaleSpan(ratings) * share;
  return { low: -reach, high: reach, table: aroundZero };
}
