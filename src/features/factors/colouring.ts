import { paletteOf } from '../../draw/palette';
import type { LoadedData } from '../../state/loaded-data';
import { grouped, significant } from '../../words/numbers';
import type { ItemFacts } from './slice';

/** What items are coloured by. */
export interface Colouring {
  colourOf(item: number): string | null;
  /** What both ends of the colours stand for, and these colours from end to end; null where there are but two. */
  readonly legend: { readonly ends: readonly [string, string]; readonly inks: readonly string[] } | null;
}

/** Genres by how many items have them, at most so many. */
const mostGenres = 24;

export function genresIn({ ratings }: Pick<LoadedData, 'ratings'>): string[] {
  const counts = new Map<string, number>();
  for (const title of ratings.itemTitles ?? [])
    for (const genre of title?.genres.split('|') ?? [])
      if (genre !== '') counts.set(genre, (counts.get(genre) ?? 0) + 1);
  const all = [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
  return all.slice(0, mostGenres).map(([genre]) => genre);
}

/** The part of a palette that stands out from a light ground, or from a dark one. */
const onGround = (t: number, isDark: boolean) => (isDark ? 0.18 + 0.82 * t : 0.86 * t);

/** Colours the items that are offered by their mean, by how many have rated them, or by whether they are of a genre. */
export function colouringBy(
  what: string,
  { ratings }: Pick<LoadedData, 'ratings'>,
  { counts, means, offered }: ItemFacts,
  palette: string,
  isDark: boolean,
): Colouring {
  const { colourAt } = paletteOf(palette);
  const inks = Array.from({ length: 64 }, (_, i) => colourAt(onGround(i / 63, isDark)));
  const inkAt = (t: number) => inks[Math.round(63 * Math.min(1, Math.max(0, t)))];
  if (what === 'count') {
    const most = counts.reduce((max, count) => Math.max(max, count), 1);
    return {
      colourOf: (y) =>
        offered[y] ? inkAt(Math.log(Math.max(1, counts[y])) / Math.log(Math.max(2, most))) : null,
      legend: { ends: ['1', grouped(most)], inks },
    };
  }
  if (what === 'mean') {
    const { min, max } = ratings.scale;
    return {
      colourOf: (y) => (offered[y] ? inkAt((means[y] - min) / (max - min || 1)) : null),
      legend: { ends: [significant(min), significant(max)], inks },
    };
  }
  const isOf = (y: number) => ratings.itemTitles?.[y]?.genres.split('|').includes(what) ?? false;
  const [own, other] = isDark ? ['#38b6bf', '#5a626e'] : ['#0e7c86', '#c3c8d0'];
  return { colourOf: (y) => (offered[y] ? (isOf(y) ? own : other) : null), legend: null };
}
