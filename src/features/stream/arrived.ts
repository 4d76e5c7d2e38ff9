import type { Places } from '../../draw/hatch';
import { binsOf, type Lens, lensOf, serves } from '../../draw/lens';
import type { Order, Orders } from '../../draw/orders';
import type { Scene } from '../../draw/scene';
import { type Counts, grown, type Range, type Window, wholeWindow } from '../../draw/window';
import { arrivedAfter } from '../../methods/stream';
import type { RatingInfo } from '../../ratings/rating-set';
import type { LoadedData } from '../../state/loaded-data';
import type { StreamFacts } from '../../workers/learn-protocol';
import type { StreamState } from './slice';

/** So many of the first users and items who came. */
export interface Taken {
  readonly users: number;
  readonly items: number;
}

export const nobody: Taken = { users: 0, items: 0 };

/** Who stands where, if nobody chose otherwise: pictures are what they are, files grow. */
export const stageOrderOf = (
  { stageOrder }: Pick<StreamState, 'stageOrder'>,
  { source }: Pick<LoadedData, 'source'>,
) => stageOrder ?? (source === 'picture' ? 'source' : 'arrival');

/** Who stands where. */
export interface Standing extends Counts {
  readonly orders: Orders;
  /** Of how many of the first who came, this is who is there. */
  taken(ratings: number): Taken;
  /** Positions of who came after so many others: what is new, or not there yet. */
  placesOf(from: Taken, to?: Taken): Places;
}

/**
 * @param youCameAfter how many users were there when somebody's own first rating was taken; null where there is none
 * @param by as they came, or as they stand in the source
 */
export function standingOf(
  facts: StreamFacts,
  itemCount: number,
  youCameAfter: number | null,
  by: 'arrival' | 'source',
): Standing {
  const { you } = facts;
  const came = { users: orderOf(facts.users.order, you, youCameAfter), items: facts.items.order };
  const order =
    by === 'arrival' ? came : { users: came.users.slice().sort(), items: came.items.slice().sort() };
  const orders = { users: placed(order.users, you + 1), items: placed(order.items, itemCount) };
  const nobodyLeft = { users: came.users.length, items: itemCount };
  return {
    userCount: order.users.length,
    itemCount,
    orders,
    taken(count) {
      const users = arrivedAfter(facts.users, count);
      const own = youCameAfter !== null && youCameAfter <= users ? 1 : 0;
      return { users: users + own, items: arrivedAfter(facts.items, count) };
    },
    placesOf: (from, to = nobodyLeft) => ({
      users: rangesOf(came.users.subarray(from.users, to.users), orders.users.place),
      items: rangesOf(came.items.subarray(from.items, to.items), orders.items.place),
    }),
  };
}

/** The positions of some as ranges. */
function rangesOf(who: Uint32Array, place: Uint32Array): Range[] {
  const ranges: Range[] = [];
  let [from, to] = [0, 0];
  for (const at of who.map((x) => place[x]).sort()) {
    if (at === to && to > from) {
      to++;
      continue;
    }
    if (to > from) ranges.push({ from, to });
    [from, to] = [at, at + 1];
  }
  if (to > from) ranges.push({ from, to });
  return ranges;
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
