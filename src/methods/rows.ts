/** Who stands in a batch, each once, gathered by how many of its ratings are theirs: the fewest first. */
export interface Rows {
  readonly rows: Uint32Array;
  /** rows[from…to−1] have so many ratings in the batch. */
  readonly groups: readonly { readonly ratings: number; readonly from: number; readonly to: number }[];
}

/** Finds them, in ranges of `who`. What it gives is good until its next call. */
export function rowFinder(count: number, rows: Uint32Array) {
  const ratings = new Uint32Array(count);
  const found = new Uint32Array(rows.length);
  return (who: Uint32Array, from: number, to: number): Rows => {
    let distinct = 0;
    let most = 0;
    for (let j = from; j < to; j++) {
      if (ratings[who[j]]++ === 0) found[distinct++] = who[j];
      most = Math.max(most, ratings[who[j]]);
    }
    const next = new Uint32Array(most + 2);
    for (let i = 0; i < distinct; i++) next[ratings[found[i]] + 1]++;
    for (let n = 0; n <= most; n++) next[n + 1] += next[n];
    const groups: { ratings: number; from: number; to: number }[] = [];
    for (let n = 1; n <= most; n++)
      if (next[n] < next[n + 1]) groups.push({ ratings: n, from: next[n], to: next[n + 1] });
    for (let i = 0; i < distinct; i++) rows[next[ratings[found[i]]]++] = found[i];
    for (let i = 0; i < distinct; i++) ratings[found[i]] = 0;
    return { rows: rows.subarray(0, distinct), groups };
  };
}
