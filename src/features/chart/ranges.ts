type Column = readonly (number | null)[];

const least = (values: readonly number[]) =>
  values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
const most = (values: readonly number[]) => values.reduce((high, value) => Math.max(high, value), 0);

/** For runs that begin far off: all references, the newest values, and what fits of the first ones. */
export function valueRange(
  lines: readonly number[],
  columns: readonly Column[],
  log: boolean,
): [low: number, high: number] {
  const values = columns.flat().filter((value): value is number => value !== null && value > 0);
  const references = lines.filter((value) => value > 0);
  if (values.length + references.length === 0) return log ? [0.1, 1] : [0, 1];
  const low = Math.min(...references, least(values));
  const newest = columns.map((column) => column.findLast((value) => value !== null) ?? 0);
  const all = most(values) * 1.05;
  const high = Math.max(
    references.length > 0 ? Math.min(all, 1.15 * Math.max(...references, most(newest))) : all,
    ...references.map((value) => value * 1.06),
  );
  return log ? [low / 1.15, high] : [Math.max(0, low - 0.06 * (high - low)), high];
}

/** For streams: from a little below the least to the most that is seen once the beginning is over. */
export function errorRange(
  lines: readonly number[],
  columns: readonly Column[],
): [low: number, high: number] {
  const values = columns.flatMap((column) => {
    const known = column.filter((value): value is number => value !== null);
    return known.slice(known.length > 8 ? Math.floor(known.length / 20) + 1 : 0);
  });
  values.push(...lines);
  if (values.length === 0) return [0, 1];
  const [low, high] = [least(values), most(values)];
  const margin = 0.08 * (high - low || 0.1);
  return [Math.max(0, low - margin), high + margin];
}
