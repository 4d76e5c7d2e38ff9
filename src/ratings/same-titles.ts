import type { Title } from './titles';

/** What a title is compared by: what it is called, and its year, 0 where none is said. */
interface Key {
  readonly called: string;
  readonly year: number;
}

/** Without capitals, accents, marks between words and articles, wherever those stand: `Matrix, The` is `The Matrix`. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[\u0300-\u036f'’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !articles.has(word))
    .join(' ');
const articles = new Set('the a an le la les der die das el los las il'.split(' '));

/** What a title may be compared by: as `Seven (a.k.a. Se7en) (1995)` it has two names. */
function keysOf(title: string): Key[] {
  const [, text, digits] = /^(.*?)\s*(?:\((\d{4})\))?\s*$/s.exec(title) ?? [];
  const inside = [...text.matchAll(/\((?:a\.?k\.?a\.?\s*)?([^)]*)\)/gi)].map(([, other]) => other);
  const outside = text.replace(/\([^)]*\)/g, ' ');
  const called = [text, outside, ...inside].map(plain).filter((name) => name !== '');
  return [...new Set(called)].map((name) => ({ called: name, year: Number(digits ?? 0) }));
}

/** Years of one film differ by one, as it was shown first here or there. */
const isSameYear = (a: number, b: number) => a === 0 || b === 0 || Math.abs(a - b) <= 1;

/**
 * Finds items by what somebody else calls them: by their ids, by their titles and years, where each is one item's only.
 * The function it returns gives the id, or null.
 */
export function itemsByTitle(
  ids: readonly string[],
  titles: ReadonlyMap<string, Title> | null,
): (title: string) => string | null {
  const known = new Set(ids);
  const byName = new Map<string, { id: string; year: number }[]>();
  for (const id of ids)
    for (const { called, year } of keysOf(titles?.get(id)?.title ?? id)) {
      const others = byName.get(called) ?? [];
      if (!others.some((other) => other.id === id)) byName.set(called, [...others, { id, year }]);
    }
  return (title) => {
    // Films are called 1984 and 300, and so are items.
    if (known.has(title) && !(titles && /^\d{1,6}$/.test(title))) return title;
    for (const { called, year } of keysOf(title)) {
      const likely = (byName.get(called) ?? []).filter((one) => isSameYear(one.year, year));
      const exact = likely.filter((one) => one.year === year);
      if (exact.length === 1) return exact[0].id;
      if (likely.length === 1) return likely[0].id;
    }
    return null;
  };
}
