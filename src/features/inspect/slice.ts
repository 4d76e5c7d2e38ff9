import type { Observed, SolvedRow } from '../../methods/inspect';
import type { Snapshot } from '../../methods/snapshot';

export interface InspectSlice {
  /** The inspector is open; null: it never was, and opens at the first single step. */
  readonly inspecting: boolean | null;
  /** How ALS solves the row that is looked at, and what B-SGD's last single observation did. */
  readonly solved: SolvedRow | null;
  readonly observed: Observed | null;
  /** Rows of ALS's next half-sweep that were solved one by one, on top of a frame; the last was `line`. */
  readonly rows: { readonly base: Snapshot; readonly after: Snapshot; readonly line: number } | null;
}

export const inspectSlice = (): InspectSlice => ({
  ...{ inspecting: null, solved: null, observed: null, rows: null },
});

export interface InspectActions {
  /** Opens and closes the inspector. */
  inspect(open: boolean): void;
  /** Looks at another row of the side that ALS solves next. */
  lookAtRow(line: number): void;
  /** Solves the row that is looked at, or the one after it where that is done, on top of the frame. */
  solveRow(): void;
}
