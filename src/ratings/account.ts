/** What a physical line of a text is: exactly one of these, so that all together are the lines of the file. */
const lineKinds = {
  above: 'above the table',
  header: 'header',
  rating: 'ratings',
  repeated: 'repeated ratings',
  unrated: 'not rated',
  section: 'headings of items',
  skipped: 'skipped',
  continued: 'further lines of rows',
  blank: 'blank',
} as const;

type LineKind = keyof typeof lineKinds;

/** How many lines are of a kind, and the first of them, 1-based. */
interface LineCount {
  readonly kind: LineKind;
  readonly count: number;
  readonly lines: readonly number[];
}

/** The lines of all files, by kind: the counts add up to their number. */
export type Account = readonly LineCount[];
