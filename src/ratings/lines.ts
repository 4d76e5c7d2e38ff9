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
  /** Rating units (or what is left of them after a baseline has been subtracted). */
  readonly value: Float64Array;
}

/** Some (user, item, value) triples; a RatingSet is one, so is each side of a split. */
export interface Triples {
  readonly users: Uint32Array;
  readonly items: Uint32Array;
  readonly values: Float32Array | Float64Array;
}

/**
 * Gathers ratings by line in two counting passes, O(ratings + lines + others), stable.
 * `lines[j]`, `others[j]`, `values[j]` describe rating j. The result owns fresh arrays.
 */
export function gatherLines(
  lineCount: number,
  otherCount: number,
  lines: Uint32Array,
  others: Uint32Array,
  values: Float32Array | Float64Array,
): Lines {
  const n = values.length;
  // By `other` first, then by line: a stable counting sort leaves each line ordered by `other`.
  const byOther = countingOrder(otherCount, others, null).order;
  const { order, start } = countingOrder(lineCount, lines, byOther);
  const other = new Uint32Array(n);
  const value = new Float64Array(n);
  for (let p = 0; p < n; p++) {
    other[p] = others[order[p]];
    value[p] = values[order[p]];
  }
  return { lineCount, otherCount, start, other, value };
}

function countingOrder(count: number, keys: Uint32Array, before: Uint32Array | null) {
  const n = keys.length;
  const start = new Uint32Array(count + 1);
  for (let j = 0; j < n; j++) start[keys[j] + 1]++;
  for (let x = 0; x < count; x++) start[x + 1] += start[x];
  const next = start.slice(0, count);
  const order = new Uint32Array(n);
  for (let q = 0; q < n; q++) {
    const j = before ? before[q] : q;
    order[next[keys[j]]++] = j;
  }
  return { order, start };
}
