import { ReadRefusal } from '../problem';
import type { Warning, WarningCode } from '../warning';
import { entryOf } from './entry';
import type { Named } from './format';
import { type Opened, opened } from './opened';
import { refusalBy } from './sniff';
import { type Sorted, sorted } from './sorted';

/** What files that were brought hold, told apart. */
export interface Bundle extends Sorted {
  /** One person's ratings each, to be added. */
  readonly persons: readonly Named[];
  readonly warnings: readonly Warning[];
  /** Bytes that were read to tell. */
  readonly looked: number;
}

/**
 * Opens what was brought, archives and what is in them, and finds the ratings and what goes with them. Throws a
 * ReadRefusal where there are none.
 *
 * @param chosen see `ReadOptions`
 * @param said told how many bytes were read to tell, which are many where an archive has no list
 */
export async function bundleOf(
  all: readonly Named[],
  chosen: string | undefined,
  said: (looked: number) => Promise<void> | undefined,
): Promise<Bundle> {
  const brought = all.filter(({ as }) => as !== 'person');
  const files: Opened[] = [];
  const odd: WarningCode[] = [];
  let before = 0;
  let looked = 0;
  for (const named of brought) {
    const inner = await opened(entryOf(named), (consumed) => {
      looked = before + consumed;
      return said(looked);
    });
    before = looked;
    files.push(...inner.files);
    odd.push(...inner.warnings);
  }
  const found = sorted(files, chosen);
  if (found.ratings.length === 0) throw refusalOf(brought, files);
  return {
    ...found,
    persons: all.filter(({ as }) => as === 'person'),
    warnings: [...odd.map((code) => ({ code })), ...setAside(brought, found)],
    looked,
  };
}

/** Why there are no ratings: the first file that could not be looked at may have been them. */
function refusalOf(brought: readonly Named[], files: readonly Opened[]): ReadRefusal {
  const bad = files.map(({ head }) => refusalIn(head)).find((refusal) => refusal !== null);
  const code = brought.length > 1 ? 'no-ratings-among-files' : 'no-ratings-file-in-zip';
  return bad ?? new ReadRefusal(code);
}

const refusalIn = (head: Opened['head']): ReadRefusal | null =>
  head instanceof ReadRefusal ? head : refusalBy(head.bytes);

/** Of files that were brought, though not of what is packed with them, it is said which are of no use. */
function setAside(brought: readonly Named[], { ratings, test, titles, rivals }: Sorted): Warning[] {
  const used = new Set([...ratings, ...test, ...titles, ...rivals].map(({ from }) => from));
  const names = brought.filter((named) => !used.has(named)).map(({ name }) => name);
  return names.length > 0 ? [{ code: 'set-aside', count: names.length, names }] : [];
}
