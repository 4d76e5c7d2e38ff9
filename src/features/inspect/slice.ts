import type { Observed, SolvedRow } from '../../methods/inspect';
import type { MethodId } from '../../methods/method';
import type { Snapshot } from '../../methods/snapshot';

/** What the inspector shows of a single step of a method: a row that is solved, or an observation that was learnt. */
export interface Inspected {
  /** How the row that is looked at is solved. */
  readonly solved?: SolvedRow | null;
  /** Rows of the next half-sweep that were solved one by one, on top of a frame; the last was `line`. */
  readonly rows?: { readonly base: Snapshot; readonly after: Snapshot; readonly line: number } | null;
  /** What the last single observation did. */
  readonly observed?: Observed | null;
}

export interface InspectSlice {
  /** The inspector is open; null: it never was, and opens at the first single step. */
  readonly inspecting: boolean | null;
  /** Of the methods that it shows. */
  readonly inspected: Readonly<Record<MethodId, Inspected>>;
}

export const inspectSlice = (): InspectSlice => ({ inspecting: null, inspected: {} });

export interface InspectActions {
  /** Opens and closes the inspector. */
  inspect(open: boolean): void;
  /** Looks at another row of the side that a method solves next. */
  lookAtRow(method: MethodId, line: number): void;
  /** Solves the row that is looked at, or the one after it where that is done, on top of the frame. */
  solveRow(method: MethodId): void;
}
