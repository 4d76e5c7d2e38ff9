/**
 * Long work with pauses in it: a worker that answers its mail at every pause is not taken for dead. Where the
 * pauses are never changes a result.
 */
export type Sliced<T> = Generator<readonly never[], T, unknown>;

/** What is yielded at a pause. */
export const pause: readonly never[] = [];

/** Ratings that are handled between two pauses: some ten milliseconds. */
export const sliceSize = 1 << 20;

/** Does it all at once. */
export function settle<T>(work: Sliced<T>): T {
  for (;;) {
    const slice = work.next();
    if (slice.done) return slice.value;
  }
}

/** Calls `visit` with consecutive ranges of 0…count−1, with a pause after each. */
export function* inSlices(count: number, visit: (from: number, to: number) => void): Sliced<void> {
  for (let from = 0; from < count; from += sliceSize) {
    visit(from, Math.min(count, from + sliceSize));
    yield pause;
  }
}
