import type { PartErrors } from '../../experiments/reproduction';

/** A published figure that is being found once more. */
export interface Reproduction {
  readonly id: string;
  readonly status: 'going' | 'paused' | 'finished' | 'lost' | 'no-room' | 'no-likes';
  /** Of every fold, or every place of a stream. */
  readonly parts: readonly PartErrors[];
  /** Share of the work that is done, 0…1. */
  readonly share: number;
  /** What it is found on, how many ratings there are, and whether they are those that the figure is of. */
  readonly on: string;
  readonly ratingCount: number;
  readonly isTheirs: boolean;
}

/** Reproducing published figures. */
export interface Reproducing {
  /** Begins anew. */
  begin(id: string): void;
  /** What is known of whole folds stays; a stream begins anew once it goes on. */
  pause(): void;
  resume(): void;
  clear(): void;
}
