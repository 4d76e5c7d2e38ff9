import type { RunFileCode } from '../../files/run-file/refusal';
import type { FolderManifest, RowName } from '../../files/run-folder/manifest';
import type { Advice } from '../../workers/protocol';

/** How it is with a folder that is watched. */
export type WatchStatus =
  /** The first look is under way. */
  | 'opening'
  /** There is no run in it, or none any more: one that comes is shown. */
  | 'empty'
  /** Nobody answers who could tell; what was seen stays. */
  | 'unreachable'
  /** A job writes it, ended, or failed. */
  | FolderManifest['state']
  /** Something in it is not right: it is not looked at any more. */
  | 'refused'
  /** What reads it died. */
  | 'lost';

/** A run folder that is watched while it is written. */
export interface Watch {
  readonly name: string;
  readonly status: WatchStatus;
  /** Why it is refused. */
  readonly code?: RunFileCode;
  /** What the folder says of itself; null before it said anything. */
  readonly manifest: FolderManifest | null;
  /** Whether its runs stand beside the ratings on the stage, rows by their ids; else alone, on ratings that are not here. */
  readonly isBeside: boolean;
  /** Its runs, by their ids on the shelf. */
  readonly runs: readonly number[];
}

/** A rating that was made here, on its way into the model of the job. */
export interface SentRating {
  /** Of all that were sent: 1, 2, … */
  readonly number: number;
  readonly user: string;
  readonly item: RowName;
  /** Rating units. */
  readonly value: number;
  /** `sent`: it waits for the job's next batch; `learnt`: a batch has it, and told so. */
  readonly status: 'sending' | 'refused' | 'sent' | 'learnt';
  /** What it is called in the inbox. */
  readonly message?: string;
  /** The batch that has learnt it, how many ratings that has, and what the model said before it and says since. */
  readonly learnt?: {
    readonly step: number;
    readonly ratings: number;
    readonly before: Advice | null;
    readonly after: Advice | null;
  };
}

/** What the job that is watched recommends, and what it is told. */
export interface Recommending {
  /** Whether the server passes ratings on to the job. */
  readonly takesRatings: boolean;
  /** Whose recommendations are shown; somebody of a new name is new to the job. */
  readonly user: string | null;
  /** Place in the manifest of the run that recommends. */
  readonly run: number;
  /** From its newest frame; null where there is none yet. */
  readonly advice: Advice | null;
  /** The newest first. */
  readonly sent: readonly SentRating[];
}

export interface WatchSlice {
  /** Null: no folder is watched. */
  readonly watch: Watch | null;
  /** What the folder calls its rows. The lists grow in place: whoever shows them hears of it by this. */
  readonly names: { readonly users: readonly RowName[]; readonly items: readonly RowName[] };
  readonly recommending: Recommending;
}

export const nothingRecommended: Recommending = {
  ...{ takesRatings: false, user: null, run: 0, advice: null, sent: [] },
};

export const watchSlice = (): WatchSlice => ({
  ...{ watch: null, names: { users: [], items: [] }, recommending: nothingRecommended },
});

export interface WatchActions {
  stopWatching(): void;
  /** Shows what is recommended to somebody, by name. */
  recommendTo(user: string): void;
  /** Lets another run of the folder recommend. */
  recommendFrom(run: number): void;
  /** Sends the job a rating of theirs, of an item by its row in the folder. */
  rateFor(item: number, value: number): Promise<void>;
}
