/** A value with which data sets say "not rated". */
interface Marker {
  readonly value: number;
  /** Whether it stands apart from all other values, from the least to the greatest. */
  isApart(least: number, greatest: number): boolean;
  /** Of the values, at least such a share has to be it: a scale may have it too. */
  readonly share: number;
}

/** All of them. */
const markers: readonly Marker[] = [
  { value: 0, isApart: (least, greatest) => least >= 0.5 && greatest <= 10, share: 0.04 },
  { value: -1, isApart: (least, greatest) => least >= 0 && greatest <= 10, share: 0 },
  { value: 99, isApart: (least, greatest) => least >= -10 && greatest <= 10, share: 0 },
  { value: 999, isApart: (least, greatest) => least >= -100 && greatest <= 100, share: 0 },
];

/** Which values of some may mean "not rated", by how often each occurs. */
export function markersIn(counts: ReadonlyMap<number, number>): { value: number; count: number }[] {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const values = [...counts.keys()];
  return markers.flatMap(({ value, isApart, share }) => {
    const count = counts.get(value) ?? 0;
    const others = values.filter((other) => other !== value);
    const isFew = count === 0 || count < share * total || others.length < 2;
    return isFew || !isApart(Math.min(...others), Math.max(...others)) ? [] : [{ value, count }];
  });
}

/** The same of a list of values: those that make up a tenth of it. */
export function markersAmong(values: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return markersIn(counts)
    .filter(({ count }) => count >= 0.1 * values.length)
    .map(({ value }) => value);
}
