import { binsOf, type Lens, lensOf, serves } from '../../paint/lens';
import type { Order, Orders } from '../../paint/orders';
import type { Scene } from '../../paint/scene';
import { type Counts, grown, type Window, wholeWindow } from '../../paint/window';
import type { RatingInfo } from '../../ratings/rating-set';
import { arrivedAfter } from '../../streams/stream';
import type { StreamFacts } from '../../workers/stream-protocol';
import type { Taken } from './stage-marks';

/** Who stands where: in the order in which they came. */
export interface Standing extends Counts {
  readonly orders: Orders;
  /** Positions that are taken once so many ratings have arrived. */
  taken(ratings: number): Taken;
}

/** @param youCameAfter how many users were there when somebody's own first rating was taken; null where there is none */
export function standingOf(facts: StreamFacts, itemCount: number, youCameAfter: number | null): Standing {
  const { you } = facts;
  const order = orderOf(facts.users.order, you, youCameAfter);
  return {
    userCount: order.length,
    itemCount,
    orders: { users: placed(order, you + 1), items: placed(facts.items.order, itemCount) },
    taken(count) {
      const users = arrivedAfter(facts.users, count);
      const own = youCameAfter !== null && youCameAfter <= users ? 1 : 0;
      return { users: users + own, items: arrivedAfter(facts.items, count) };
    },
  };
}

/** Users as they came; `you` among them only once they rated. */
function orderOf(arrival: Uint32Array, you: number, youCameAfter: number | null): Uint32Array {
  if (youCameAfter === null) return arrival.subarray(0, you);
  const order = arrival.slice();
  order.copyWithin(youCameAfter + 1, youCameAfter, you);
  order[youCameAfter] = you;
  return order;
}

function placed(order: Uint32Array, count: number): Order {
  const place = new Uint32Array(count);
  for (let p = 0; p < order.length; p++) place[order[p]] = p;
  return { order, place };
}

/** What of the matrix is known by now, laid out for a window of it. */
export interface Arrived {
  readonly scene: Scene;
  /** Brings what is known to where so many ratings have arrived. */
  show(ratings: number): void;
  /** Whether it is fine enough for another window, too. */
  serves(window: Window): boolean;
}

export function arrivedScene(
  facts: StreamFacts,
  ratings: RatingInfo,
  standing: Standing,
  window: Window | null,
  mostBins: number,
): Arrived {
  const lens: Lens = window
    ? lensOf(standing.orders, grown(window, standing), 2 * mostBins)
    : lensOf(standing.orders, wholeWindow(standing), mostBins);
  const [height, width] = [lens.users.binCount, lens.items.binCount];
  const rows = binsOf(lens.users);
  const columns = binsOf(lens.items);
  const sums = new Float64Array(height * width);
  const known = new Uint32Array(height * width);
  const mean = new Float32Array(height * width).fill(Number.NaN);
  let done = 0;
  const nobody = {
    users: new Uint32Array(0),
    items: new Uint32Array(0),
    values: new Float32Array(0),
    pixels: new Uint32Array(0),
    every: 1,
  };
  const heldOut = new Uint32Array(height * width);
  return {
    scene: { ratings, height, width, scale: ratings.scale, lens, known, heldOut, mean, sample: nobody },
    show(count) {
      if (count < done) {
        done = 0;
        sums.fill(0);
        known.fill(0);
        mean.fill(Number.NaN);
      }
      const { users, items, values } = facts.ratings;
      for (; done < count; done++) {
        const row = rows[users[done]];
        const column = columns[items[done]];
        if (row < 0 || column < 0) continue;
        const pixel = row * width + column;
        sums[pixel] += values[done];
        mean[pixel] = sums[pixel] / ++known[pixel];
      }
    },
    serves: (other) => serves(lens, other, mostBins),
  };
}
