import type { PruningPlan } from '../../experiments/pruning';
import type { PruningSettings } from '../../settings/pruning';
import type { Candidate, PruningAxis, PruningRecipe } from './recipe';

/** What a candidate has come to, batch by batch. */
export interface Course {
  /** Ascending. */
  readonly batches: readonly number[];
  /** The prequential error after each of them, rating units. */
  readonly errors: readonly number[];
  /** The batch after which it was seen to have diverged; null where it has not. */
  readonly divergedAt: number | null;
}

/** A search of a stream that has begun. */
export interface Pruning {
  /** Nothing of it follows from the lab any more. */
  readonly recipe: PruningRecipe;
  readonly candidates: readonly Candidate[];
  readonly plan: PruningPlan;
  /** Whether those who are pruned are followed to the end. */
  readonly follows: boolean;
  /** Ratings of the stream, and in a batch of it. */
  readonly ratingCount: number;
  readonly batchSize: number;
  readonly status: 'going' | 'paused' | 'finished' | 'lost' | 'no-room';
  /** Of every candidate. */
  readonly courses: readonly Course[];
  /** The candidate that is looked at. */
  readonly chosen: number | null;
}

export interface PruningState {
  /** As it is set. */
  readonly recipe: PruningRecipe;
  readonly found: Pruning | null;
  /** Whether its curves stand in place of those of the lab. */
  readonly isCharted: boolean;
}

export interface PruningSlice {
  /** Absent until somebody wants to search a stream. */
  readonly pruning?: PruningState;
  /** What is searched, as links have it: a search that has begun, or one that a link is of. */
  readonly pruningSaid?: string | null;
}

/** Searching on an arriving feed. */
export interface Prunes {
  /** Sets what is searched; what was found stays until another search begins. */
  edit(change: Partial<PruningSettings> & { readonly axes?: readonly PruningAxis[] }): void;
  /** Begins anew, as it is set. */
  begin(): void;
  /** Nothing more arrives until it is resumed. */
  pause(): void;
  resume(): void;
  /** What was found is forgotten. */
  clear(): void;
  choose(candidate: number): void;
  /** Shows its curves, or those of the lab. */
  chart(isCharted: boolean): void;
  /** The lab is set as a candidate is, and begins anew. */
  use(candidate: number): void;
}
