import type { RunFileCode } from '../../files/run-file/refusal';
import type { FolderManifest } from '../../files/run-folder/manifest';

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

export interface WatchSlice {
  /** Null: no folder is watched. */
  readonly watch: Watch | null;
}

export const watchSlice = (): WatchSlice => ({ watch: null });

export interface WatchActions {
  /** Asks for a folder and watches it. Only where the browser can open folders. */
  openFolder(): Promise<void>;
  stopWatching(): void;
}
