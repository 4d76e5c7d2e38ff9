import type { Remote } from 'comlink';
import type { RatingInfo } from '../../ratings/rating-set';
import type { Pool } from '../../workers/pool';
import type { DataApi, Divided } from '../../workers/protocol';
import { onceMore } from '../../workers/worker-handle';

/** The ratings, and the memory that they lie in. */
export type Held = Pick<Divided, 'split' | 'layout' | 'memory'>;

/** Bytes from which on it matters who holds a memory. */
const largeMemory = 2 ** 27;

/** Whether workers that hold on to it should be let go with it. */
export const isLarge = (held: Held | null) => held !== null && held.layout.bytes > largeMemory;

/** The ratings on the stage, with the memory that they lie in, and the worker that reads and divides them. */
export function holding(pool: Pool) {
  let worker = pool.data();
  let space: Held | null = null;
  /** Who divided the ratings, and so has them. */
  let divider = worker;
  /** Long pieces of work that the worker is at. */
  let claims = 0;

  function renew() {
    worker.terminate();
    worker = pool.data();
    claims = 0;
  }

  return {
    held: () => space,
    /** The worker, or another where it has died. */
    worker() {
      if (!worker.alive) renew();
      return worker;
    },
    /** Has the worker do a short piece of work, and another one where it was lost with it. */
    ask<P extends PromiseLike<unknown>>(work: (api: Remote<DataApi>) => P) {
      return onceMore(() => this.worker().call(work));
    },
    /** The ratings for a call of the worker; null where it has them itself, since they cannot be shared. */
    splitToSend: () => (space && (space.memory || worker !== divider) ? space.split : null),
    /** Another worker: whatever the one before was doing is dropped. */
    renew,
    /** The worker for a long piece of work, and how to give it back; never two at once: what another is at is dropped. */
    claim(isFree: boolean) {
      if (!isFree || claims > 0 || !worker.alive) renew();
      claims++;
      const mine = worker;
      return {
        worker: mine,
        release: () => {
          if (worker === mine) claims--;
        },
      };
    },
    /**
     * Other ratings from now on. Nobody knows when an idle worker's garbage is collected, so one that read what takes a
     * large memory is let go.
     */
    put({ split, layout, memory }: Held): Held {
      space = { split, layout, memory };
      divider = worker;
      if (memory && isLarge(space)) renew();
      return space;
    },
  };
}
export type Holding = ReturnType<typeof holding>;

/** What whoever learns has to know of the ratings beside the split. */
export const ratedOf = ({ userCount, itemCount, scale }: RatingInfo) => ({ userCount, itemCount, scale });
