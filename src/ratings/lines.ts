export type Floats = Float32Array | Float64Array;

/**
 * Ratings gathered by line (compressed sparse rows): the ratings of line x are positions start[x] … start[x+1]−1
 * of `other` and `value`, ordered by `other`. A line is a user and `other` its items, or the other way round.
 */
export interface Lines {
  readonly lineCount: number;
  readonly otherCount: number;
  /** lineCount + 1 positions. */
  readonly start: Uint32Array;
  readonly other: Uint32Array;
  /** Rating units. */
  readonly value: Floats;
}

/** Some (user, item, value) triples; a RatingSet is one. */
export interface Triples {
  readonly users: Uint32Array;
  readonly items: Uint32Array;
  readonly values: Floats;
}

/** Where large arrays come from: all are zeroed. Whoever asks owns them. */
export interface Arrays {
  indices(length: number): Uint32Array;
  floats(length: number): Floats;
}

/** Ordinary arrays of one thread. */
export const heapArrays: Arrays = {
  indices: (length) => new Uint32Array(length),
  floats: (length) => new Float32Array(length),
};

/**
 * Gathers ratings by line and by the other side at once, O(ratings + lines + others), from arrays of `arrays`.
 *
 * @param keep which ratings to take, by their position; null takes all `count`
 */
export function gatherLines(
  { users, items, values }: Triples,
  userCount: number,
  itemCount: number,
  count: number,
  keep: ((j: number) => boolean) | null = null,
  arrays: Arrays = heapArrays,
): { byUser: Lines; byItem: Lines } {
  const byItem = emptyLines(itemCount, userCount, count, arrays);
  const byUser = emptyLines(userCount, itemCount, count, arrays);
  // In the order of the ratings first; turned over twice, each line comes out ordered by `other`.
  for (let j = 0; j < users.length; j++) if (!keep || keep(j)) byItem.start[items[j] + 1]++;
  const next = beginnings(byItem);
  for (let j = 0; j < users.length; j++) {
    if (keep && !keep(j)) continue;
    const p = next[items[j]]++;
    byItem.other[p] = users[j];
    byItem.value[p] = values[j];
  }
  turnOver(byItem, byUser);
  byItem.start.fill(0);
  turnOver(byUser, byItem);
  return { byUser, byItem };
}

/** Ratings per line. */
export function countsOf(lines: Lines): Uint32Array {
  return Uint32Array.from({ length: lines.lineCount }, (_, x) => lines.start[x + 1] - lines.start[x]);
}

function emptyLines(lineCount: number, otherCount: number, count: number, arrays: Arrays): Lines {
  return {
    lineCount,
    otherCount,
    start: arrays.indices(lineCount + 1),
    other: arrays.indices(count),
    value: arrays.floats(count),
  };
}

/** Sums up counts at start[x + 1] into beginnings; returns a copy of them to count on. */
function beginnings({ start, lineCount }: Lines): Uint32Array {
  for (let x = 0; x < lineCount; x++) start[x + 1] += start[x];
  return new Uint32Array(start.subarray(0, lineCount));
}

/** Writes the ratings of `from` into `to`, whose lines are the others of `from` and whose `start` is zero. */
function turnOver(from: Lines, to: Lines): void {
  for (let p = 0; p < from.other.length; p++) to.start[from.other[p] + 1]++;
  const next = beginnings(to);
  for (let x = 0; x < from.lineCount; x++) {
    for (let p = from.start[x]; p < from.start[x + 1]; p++) {
      const q = next[from.other[p]]++;
      to.other[q] = x;
      to.value[q] = from.value[p];
    }
  }
}
