import type { Pool } from '../workers/pool';
import type { Held } from './stage-layout';

/** Bytes from which on it matters who holds a memory. */
const largeMemory = 2 ** 27;

/** Whether workers that hold on to it should be let go with it. */
export const isLarge = (held: Held | null) => held !== null && held.layout.bytes > largeMemory;

/** The ratings on the stage, with the memory that they lie in, and the worker that reads and divides them. */
export function holding(pool: Pool) {
  let worker = pool.data();
  let space: Held | null = null;

  function renew() {
    worker.terminate();
    worker = pool.data();
    return worker;
  }

  return {
    held: () => space,
    worker: () => worker,
    /** Another worker: whatever the one before was doing is dropped. */
    renew,
    /**
     * Other ratings from now on. Nobody knows when an idle worker's garbage is collected, so one that read what takes a
     * large memory is let go.
     */
    put({ split, layout, memory }: Held): Held {
      space = { split, layout, memory };
      if (memory && isLarge(space)) renew();
      return space;
    },
  };
}
export type Holding = ReturnType<typeof holding>;
