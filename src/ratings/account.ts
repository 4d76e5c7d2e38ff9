/** What a physical line of a text is: exactly one of these, so that all together are the lines of the file. */
export const lineKinds = {
  above: { words: 'above the table', isOdd: false },
  header: { words: 'header', isOdd: false },
  rating: { words: 'ratings', isOdd: false },
  repeated: { words: 'repeated ratings', isOdd: true },
  unrated: { words: 'not rated', isOdd: true },
  section: { words: 'headings of items', isOdd: false },
  total: { words: 'totals', isOdd: true },
  skipped: { words: 'skipped', isOdd: true },
  continued: { words: 'further lines of rows', isOdd: false },
  blank: { words: 'blank', isOdd: false },
} as const satisfies Record<string, LineWords>;

/** What lines of a kind are, in words; where that is odd, it is said which they are. */
interface LineWords {
  readonly words: string;
  readonly isOdd: boolean;
}

export type LineKind = keyof typeof lineKinds;

/** How many lines are of a kind, and the first of them, 1-based. */
interface LineCount {
  readonly kind: LineKind;
  readonly count: number;
  readonly lines: readonly number[];
}

/** The lines of all files, by kind: the counts add up to their number. */
export type Account = readonly LineCount[];

/** Of each kind, so many lines are said. */
const mostLines = 5;

type Counts = Map<LineKind, { count: number; lines: number[] }>;

function add(counts: Counts, kind: LineKind, count: number, lines: readonly number[]) {
  const { count: before, lines: first } = counts.get(kind) ?? { count: 0, lines: [] };
  counts.set(kind, { count: before + count, lines: [...first, ...lines].slice(0, mostLines) });
}

const inOrder = (counts: Counts): Account =>
  (Object.keys(lineKinds) as LineKind[]).flatMap((kind) => {
    const seen = counts.get(kind);
    return seen && seen.count > 0 ? [{ kind, ...seen }] : [];
  });

/** Counts the lines of a file as it is read. */
export function accounting() {
  const counts: Counts = new Map();
  return {
    /** So many lines from this one on are of a kind; 0 where it is not known which. */
    note(kind: LineKind, line: number, count = 1) {
      const seen = counts.get(kind);
      if (!seen) counts.set(kind, { count, lines: linesFrom(line, count) });
      else {
        seen.count += count;
        if (seen.lines.length < mostLines) seen.lines.push(...linesFrom(line, count));
      }
    },
    account: () => inOrder(counts),
  };
}

const linesFrom = (line: number, count: number) =>
  Array.from({ length: line > 0 ? Math.min(count, mostLines) : 0 }, (_, at) => line + at);

/**
 * The lines of several files together, some of whose ratings are repeated: of so many, the first lines. A line of a
 * matrix has many ratings, so that there a repeated one is no line of its own.
 */
export function accountOf(
  accounts: readonly Account[],
  repeated: { readonly count?: number; readonly lines?: readonly number[] } | undefined,
): Account {
  const counts: Counts = new Map();
  for (const { kind, count, lines } of accounts.flat()) add(counts, kind, count, lines);
  if (repeated?.count) {
    add(counts, 'rating', -repeated.count, []);
    add(counts, 'repeated', repeated.count, repeated.lines ?? []);
  }
  return inOrder(counts);
}
