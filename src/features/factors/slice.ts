import type { Directions } from '../../methods/directions';
import type { MethodId } from '../../methods/method';
import { usuallyAsked } from '../../state/link/asked';

/** How the map of items is drawn. */
export interface MapLook {
  /** Directions, counted from 0. */
  readonly across: number;
  readonly up: number;
  /** `mean`, `count`, or a genre. */
  readonly colour: string;
  /** The item that was found; null: none. */
  readonly found: number | null;
}

/** What the factors of a frame mean. */
export interface FactorsMeant extends Pick<Directions, 'shares' | 'ends'> {
  readonly method: MethodId;
  readonly step: number;
  readonly across: number;
  readonly up: number;
  /** Of every item, rating units. */
  readonly at: readonly [across: Float32Array, up: Float32Array];
  readonly items: ItemFacts;
}

/** What is known of every item without any factors. */
export interface ItemFacts {
  /** Training ratings of each. */
  readonly counts: Uint32Array;
  /** Their means, rating units; NaN of none. */
  readonly means: Float32Array;
  /** 1 for each that enough have rated. */
  readonly offered: Uint8Array;
}

export interface FactorsSlice {
  readonly mapLook: MapLook;
  /** Null where there is no frame, or nobody asks. */
  readonly meant: FactorsMeant | null;
}

const { across, up, colour, found } = usuallyAsked;
export const usualMap: MapLook = { across, up, colour, found };

export const factorsSlice = (): FactorsSlice => ({ mapLook: usualMap, meant: null });
