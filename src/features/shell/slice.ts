import type { RunFileCode } from '../../files/run-file/refusal';
import type { DataCode, Problem } from '../../ratings/problem';
import { defaultsOf } from '../../settings/values';
import type { LinkedFile, SampleSize } from '../../state/link/data';
import type { LinkProblem } from '../../state/link/reader';
import { type Looks, lookSettings } from '../../state/looks';
import type { Loss } from '../../workers/protocol';
import type { ExportProblem } from '../export/slice';

/** Why a file that was brought, whatever it may be, is not taken. */
export type FileCode = DataCode | RunFileCode;

export type Notice =
  | { readonly kind: 'refused'; readonly problem: Problem<FileCode> }
  | { readonly kind: 'no-room'; readonly what: string; readonly needed: number; readonly most: number }
  /** Whoever read or divided something was lost with it. */
  | { readonly kind: 'data-lost'; readonly what: string; readonly why: Loss }
  | { readonly kind: 'no-ratings' }
  | { readonly kind: 'export-failed'; readonly problem: ExportProblem }
  /** What of a link was not taken as it stood. */
  | { readonly kind: 'link'; readonly problems: readonly LinkProblem[] }
  /** A link to a file of a user's own, who has to drop it; or who dropped another one. */
  | { readonly kind: 'link-file' | 'link-other-file'; readonly file: LinkedFile }
  /** A link to so large a sample that it is made up only when asked. */
  | { readonly kind: 'link-large'; readonly size: SampleSize }
  /** A link to a batch of a stream that takes so long that somebody has to want it. */
  | { readonly kind: 'link-far'; readonly batch: number }
  /** A link to runs of which the same is true. */
  | { readonly kind: 'link-far-runs' }
  /** Ratings of the last visit are on this machine; or what is there cannot be read. */
  | {
      readonly kind: 'kept';
      readonly name: string;
      readonly bytes: number;
      /** Whether a link of somebody else leads to them. */
      readonly isLinked: boolean;
    }
  | { readonly kind: 'kept-unreadable'; readonly why: 'corrupt' | 'newer' }
  /** A new version of the app waits; and, if it was asked for, for so many other pages of the app to be closed. */
  | { readonly kind: 'new-version'; readonly otherPages: number }
  /** `ofFile`: whoever opens it needs the file too. */
  | { readonly kind: 'link-copied' | 'link-in-address'; readonly ofFile: boolean };

export interface ShellSlice {
  readonly looks: Looks;
  readonly notice: Notice | null;
  /** Shown where there is no other: it outlasts those that come and go. */
  readonly newVersion: Extract<Notice, { kind: 'new-version' }> | null;
}

export const shellSlice = (): ShellSlice => ({
  looks: { ...defaultsOf(lookSettings), mode: 'race', theme: 'auto' },
  notice: null,
  newVersion: null,
});

export interface ShellActions {
  dismissNotice(): void;
}

export interface OfflineActions {
  /** Reloads the page with the version of the app that waits. */
  takeNewVersion(): Promise<void>;
}
