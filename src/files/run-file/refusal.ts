/** Why a run file is not opened. */
export type RunFileCode =
  | 'not-a-run-file'
  | 'newer-version'
  | 'unknown-key'
  | 'bad-value'
  | 'bad-shape'
  | 'too-large'
  | 'encrypted-zip'
  | 'truncated'
  | 'corrupt';

/** Ends the reading of a run file from within. */
export class Refusal extends Error {
  constructor(readonly code: RunFileCode) {
    super(code);
  }
}
