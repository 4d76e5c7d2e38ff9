import type { Moment } from '../../metrics/moment';
import type { SearchSettings } from '../../settings/search';
import type { Reproducing, Reproduction } from '../published/slice';
import type { Recipe, SearchAxis } from './recipe';

/** What became of a cell on a part: where it ended, with its errors; null where it diverged. */
export type Outcome = Moment | null;

/** A search that has begun. */
export interface Found {
  /** Nothing of it follows from the race any more. */
  readonly recipe: Recipe;
  readonly status: Reproduction['status'];
  /** Operations that each cell takes on a part. */
  readonly costs: readonly number[];
  /** Of every cell, one after the other, on each part: undefined where it is not known yet. */
  readonly outcomes: readonly (Outcome | undefined)[];
  /** Seconds that it has gone on, without pauses. */
  readonly seconds: number;
  /** The cell that is looked at. */
  readonly chosen: number | null;
  /** A cell whose run is being learnt to be shown. */
  readonly opening: number | null;
}

export interface SearchState {
  /** As it is set. */
  readonly recipe: Recipe;
  readonly found: Found | null;
  /** A published figure that somebody wanted to find once more. */
  readonly reproduction?: Reproduction | null;
}

export interface SearchSlice {
  /** Null until somebody wants to search. */
  readonly search: SearchState | null;
  /** What is searched, as links have it: a search that has begun, or one that a link is of. */
  readonly searchSaid: string | null;
}

export const searchSlice = (): SearchSlice => ({ search: null, searchSaid: null });

/** Searching settings. */
export interface Searching {
  /** Sets what is searched; what was found stays until another search begins. */
  edit(change: Partial<SearchSettings> & { readonly axes?: readonly SearchAxis[] }): void;
  /** How published figures are found once more; its script comes when it is first asked for. */
  published(): Promise<Reproducing>;
  /** Begins anew, as it is set. */
  begin(): void;
  /** No further run begins, and those under way are given up. */
  pause(): void;
  resume(): void;
  /** What was found is forgotten. */
  clear(): void;
  choose(cell: number): void;
  /** Learns a cell from all training ratings, and shows the run on the stage. */
  open(cell: number): Promise<void>;
  /** The race is set as the cell is. */
  use(cell: number): void;
}
