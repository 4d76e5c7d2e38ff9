/** Why a row is not taken, in words. */
export const reasonWords = {
  'no-user': 'no user',
  'no-item': 'no item',
  'no-rating': 'no rating',
  'not-a-number': 'a rating that is no number',
  'nul-character': 'an id with a NUL character',
  'out-of-range': 'a rating out of range',
  /** It could not be split into fields: what there is of it stands in one. */
  malformed: 'cannot be read',
  'open-quote': 'a quote that nobody closes',
} as const;

/** Why a row is not taken. */
export type Reason = keyof typeof reasonWords;

/** A row that was not taken: its line, why, and its fields. */
export interface RejectedRow {
  readonly line: number;
  readonly reason: Reason;
  readonly fields: readonly string[];
}
