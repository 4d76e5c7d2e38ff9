import { ReadRefusal } from '../problem';
import type { WarningCode } from '../warning';
import { headOf } from './entry';
import type { ArchiveFormat, Entry, Head } from './format';
import { formatOf } from './index';

/** A file that is no archive, or one out of an archive, and how it begins; or why that cannot be looked at. */
export interface Opened {
  readonly entry: Entry;
  readonly head: Head | ReadRefusal;
}

type Said = (consumed: number) => Promise<void> | undefined;

/** So many files of an archive are looked into, the largest of them. */
const mostOpened = 1000;

/**
 * What is in a file that was brought, with all archives in it opened that can be: itself, where it is none. Throws a
 * ReadRefusal where it is an archive that cannot be.
 *
 * @param said told how many bytes were read, where all of it has to be read to tell
 */
export async function opened(
  entry: Entry,
  said: Said,
  around: readonly ArchiveFormat[] = [],
): Promise<{ files: Opened[]; warnings: WarningCode[] }> {
  const head = await headOf(entry);
  const format = formatOf(head);
  if (format?.kind !== 'archive')
    return { files: [{ entry: { ...entry, head: head.bytes }, head }], warnings: [] };
  // Nobody packs what is packed the same way, but for harm.
  if (around.includes(format)) throw new ReadRefusal('nested-archive');
  const { entries, warnings } = await format.open(entry, said);
  const files: Opened[] = [];
  const all = [...warnings];
  for (const one of largest(entries)) {
    const inner = await openedOrNot(one, said, [...around, format]);
    files.push(...inner.files);
    all.push(...inner.warnings);
  }
  return { files, warnings: all };
}

/** One file in an archive may be damaged, or locked, and another be what is wanted. */
async function openedOrNot(entry: Entry, said: Said, around: readonly ArchiveFormat[]) {
  try {
    return await opened(entry, said, around);
  } catch (error) {
    if (!(error instanceof ReadRefusal)) throw error;
    return { files: [{ entry, head: error }], warnings: [] };
  }
}

function largest(entries: readonly Entry[]): readonly Entry[] {
  if (entries.length <= mostOpened) return entries;
  const kept = new Set(entries.toSorted((a, b) => b.size - a.size).slice(0, mostOpened));
  return entries.filter((entry) => kept.has(entry));
}
