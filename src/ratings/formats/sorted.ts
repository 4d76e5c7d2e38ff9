import { collector } from '../collector';
import { delimiterOf, plainNames } from '../columns';
import { isTitles } from '../titles';
import { wholeLines } from './entry';
import type { Entry, Head } from './format';
import { formatOf } from './index';
import type { Opened } from './opened';
import { textReader } from './text';

/** What belongs together: ratings and perhaps a test set, in parts that are read one after the other, and what items are called. */
export interface Sorted {
  readonly ratings: readonly Entry[];
  readonly test: readonly Entry[];
  readonly titles: readonly Entry[];
  /** What could as well be the ratings. */
  readonly rivals: readonly Entry[];
}

/** What a file is: the more likely the ratings, the more; 0 where it is no table, or none of ratings. */
interface Kind {
  readonly opened: Opened;
  readonly likely: number;
  readonly isTest: boolean;
  readonly isTitles: boolean;
  /** The first of it, where it is text. */
  readonly line: string;
}

const byName = {
  ratings: /(^|\/)(ratings\.(csv|dat)|u\.data)$/i,
  likely: /(^|[/_.-])ratings?([_.-]|$)/i,
  test: /(^|[/_.-])(test|valid|validation|probe|holdout)([_.-]|$)/i,
};

/**
 * Tells ratings, a test set and titles apart, by their names and by how they begin. A file that comes alone is the
 * ratings. Of several the likeliest are: what is called as MovieLens calls it, then what can be read without a question,
 * then what can be asked about.
 *
 * @param chosen the name of the file that somebody says is the ratings
 */
export function sorted(files: readonly Opened[], chosen?: string): Sorted {
  const [only, ...others] = files;
  if (only && others.length === 0 && (only.entry.file || !isTitles(only.entry.name)))
    return { ratings: [only.entry], test: [], titles: [], rivals: [] };
  const kinds = files.map(kindOf);
  const called = (kind: Kind) => chosen !== undefined && kind.opened.entry.name === chosen;
  const candidates = kinds.filter((kind) => (!kind.isTest && !kind.isTitles) || called(kind));
  const most = Math.max(...candidates.map(({ likely }) => likely));
  const best = candidates.filter(({ likely }) => likely > 0 && likely === most);
  const ratings = partsWith(kinds.find(called) ?? best[0], best);
  return {
    ratings: entriesOf(ratings),
    test: entriesOf(partsIfOne(kinds.filter((kind) => kind.isTest && !ratings.includes(kind)))),
    titles: entriesOf(partsIfOne(titlesOf(ratings[0], kinds))),
    rivals: firstParts(best.filter((kind) => !ratings.includes(kind))),
  };
}

/**
 * Who says what the items are called: who was brought for it last. What was brought was brought for that; what only lies in the same archive must be
 * called so, or have a column that the ratings have: ids of other people would give items the names of others.
 */
function titlesOf(ratings: Kind | undefined, kinds: readonly Kind[]): Kind[] {
  const known = ratings ? namesIn(ratings) : [];
  const said = kinds.filter(({ opened }) => opened.entry.from.as === 'titles');
  if (said.length > 0) return said;
  return kinds.filter((kind) => {
    const { entry } = kind.opened;
    if (!kind.isTitles || kind === ratings) return false;
    return entry.file || isTitles(entry.name) || namesIn(kind).some((name) => known.includes(name));
  });
}

const namesIn = ({ line }: Kind) => plainNames(line.split(delimiterOf(line)));

/** Of parts, the first. */
function firstParts(kinds: readonly Kind[]): Entry[] {
  const [one] = kinds;
  if (!one) return [];
  const parts = partsWith(one, kinds);
  return [parts[0].opened.entry, ...firstParts(kinds.filter((kind) => !parts.includes(kind)))];
}

const entriesOf = (kinds: readonly Kind[]) => kinds.map(({ opened }) => opened.entry);

function kindOf(opened: Opened): Kind {
  const { entry, head } = opened;
  const likely = likelihood(entry.name, head);
  const isTest = entry.from.as === 'test' || (likely > 0 && byName.test.test(entry.name));
  const line = head instanceof Error ? '' : head.text.split('\n', 1)[0];
  const areTitles = entry.from.as === 'titles' || isTitles(entry.name, line);
  return { opened, likely, isTest, isTitles: !isTest && areTitles, line };
}

function likelihood(name: string, head: Opened['head']): number {
  if (byName.ratings.test(name)) return 6;
  const bonus = byName.likely.test(name) ? 1 : 0;
  if (head instanceof Error) return bonus;
  return bonus + 2 * certainty(head);
}

/** 2: it can be read; 1: where somebody says how; 0: it cannot. */
function certainty(head: Head): number {
  if (formatOf(head)?.kind === 'table') return 2;
  const reader = textReader(head.name, collector());
  reader.push(wholeLines(head));
  const read = reader.finish();
  if (read.ok) return 2;
  const guess = read.problem.preview?.mapping;
  return guess && guess.rating >= 0 && Math.max(guess.user, guess.item) >= 0 ? 1 : 0;
}

/** A file and those that go on where it ends: of the same name, but for its number. */
function partsWith(one: Kind | undefined, among: readonly Kind[]): readonly Kind[] {
  if (!one) return [];
  const series = seriesOf(one.opened.entry.name);
  const parts = among.filter(({ opened }) => series !== null && seriesOf(opened.entry.name) === series);
  if (!parts.includes(one)) return [one];
  const inOrder = new Intl.Collator('en', { numeric: true });
  return parts.toSorted((a, b) => inOrder.compare(a.opened.entry.name, b.opened.entry.name));
}

/** All, where they are the parts of one; none where it is not clear which to take. */
function partsIfOne(kinds: readonly Kind[]): readonly Kind[] {
  const parts = partsWith(kinds[0], kinds);
  return parts.length === kinds.length ? parts : [];
}

/** What the parts of a table have in common (part-00000-….csv of Spark, ratings_1.csv, ratings_2.csv); null: it is no part. */
function seriesOf(name: string): string | null {
  const part = /^(.*\/)?part-(?:[a-z]-)?\d+[^/]*?(\.[a-z.]+)?$/i.exec(name);
  if (part) return `${part[1] ?? ''}part${part[2] ?? ''}`;
  const numbered = /^(.*[_.-])\d+((?:\.[a-z]+)*)$/i.exec(name);
  return numbered ? `${numbered[1]}${numbered[2]}` : null;
}
