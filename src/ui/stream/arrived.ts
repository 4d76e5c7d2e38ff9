import { type Axis, binsOf, type Lens } from '../../paint/lens';
import type { Scene } from '../../paint/scene';
import type { RatingInfo } from '../../ratings/rating-set';
import { arrivedAfter } from '../../streams/stream';
import type { StreamFacts } from '../../workers/stream-protocol';

/** The matrix in the order in which users and items came, and what of it is known by now. */
export interface Arrived {
  readonly scene: Scene;
  /** Brings what is known to where so many ratings have arrived. */
  show(ratings: number): void;
  /** Positions on the stage that are taken once so many ratings have arrived. */
  taken(ratings: number): { readonly users: number; readonly items: number };
}

/**
 * @param youCameAfter how many users were there when somebody's own first rating was taken; null where there is none
 */
export function arrivedScene(
  facts: StreamFacts,
  ratings: RatingInfo,
  youCameAfter: number | null,
  mostBins: number,
): Arrived {
  const { you } = facts;
  const users = orderOf(facts.users.order, you, youCameAfter);
  const lens: Lens = {
    users: axisOf(users, you + 1, mostBins),
    items: axisOf(facts.items.order, ratings.itemCount, mostBins),
  };
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
  return {
    scene: {
      ratings,
      height,
      width,
      scale: ratings.scale,
      lens,
      known,
      heldOut: new Uint32Array(height * width),
      mean,
      sample: nobody,
    },
    show(count) {
      if (count < done) {
        done = 0;
        sums.fill(0);
        known.fill(0);
        mean.fill(Number.NaN);
      }
      const { users, items, values } = facts.ratings;
      for (; done < count; done++) {
        const pixel = rows[users[done]] * width + columns[items[done]];
        sums[pixel] += values[done];
        mean[pixel] = sums[pixel] / ++known[pixel];
      }
    },
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

function axisOf(order: Uint32Array, count: number, mostBins: number): Axis {
  const place = new Uint32Array(count);
  for (let p = 0; p < order.length; p++) place[order[p]] = p;
  return { order, place, from: 0, to: order.length, binCount: Math.min(order.length, mostBins) };
}
