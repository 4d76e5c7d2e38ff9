/** A function that makes anew only what has other inputs than the last time, by identity. */
export function memoised<S, T>(inputs: (state: S) => unknown[], make: (state: S) => T): (state: S) => T {
  let last: { readonly inputs: unknown[]; readonly made: T } | null = null;
  return (state) => {
    const now = inputs(state);
    if (!last?.inputs.every((input, i) => input === now[i])) last = { inputs: now, made: make(state) };
    return last.made;
  };
}
