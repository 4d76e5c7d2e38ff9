import type { Side } from '../kernels/kernels';
import type { Arrays, Floats, Lines } from '../ratings/lines';
import { pause, type Sliced } from '../ratings/sliced';
import type { Stream } from './stream';
import type { Observation } from './visits';

/** What of a side's ratings has arrived: those of line x at start[x] … start[x] + arrived[x] − 1. */
interface GrowingSide {
  readonly lineCount: number;
  readonly otherCount: number;
  /** Where each line begins; there is room for all that will ever arrive, and for one rating more. */
  readonly start: Uint32Array;
  readonly arrived: Uint32Array;
  readonly other: Uint32Array;
  readonly value: Floats;
}

/** The ratings that have arrived, by user and by item: what solving needs, and B-SGD does without. */
export interface GrowingLines {
  readonly users: GrowingSide;
  readonly items: GrowingSide;
  /** Ratings that have arrived. */
  readonly count: number;
  /** Ratings up to `to` of the stream arrive. */
  append(to: number): void;
  /** Puts a rating that is not of the stream behind those that have arrived, until it is taken away again. */
  put(rating: Observation): void;
  /** Takes away what was put last. */
  takeAway(rating: Observation): void;
  /** All that has arrived, without room between: good until the next call. */
  compact(): { readonly byUser: Lines; readonly byItem: Lines };
  /** A side's lines, of which only this one can be read: good until the next call. */
  alone(side: Side, line: number): Lines;
  /** Nothing has arrived. */
  reset(): void;
}

/** Arrays are taken from `arrays`: twice the ratings a side, once growing and once compact. */
export function* growingLines(
  { ratings, userCount, itemCount, count }: Pick<Stream, 'ratings' | 'userCount' | 'itemCount' | 'count'>,
  arrays: Arrays,
): Sliced<GrowingLines> {
  const users = growingSide(ratings.users, userCount, itemCount, arrays);
  yield pause;
  const items = growingSide(ratings.items, itemCount, userCount, arrays);
  yield pause;
  const room = (side: GrowingSide) => ({
    start: arrays.indices(side.lineCount + 1),
    other: arrays.indices(count + 1),
    value: arrays.floats(count + 1),
  });
  const compacted = { users: room(users), items: room(items) };
  /** Where the one line that is read begins and ends. */
  const bounds = arrays.indices(Math.max(userCount, itemCount) + 1);
  let arrived = 0;
  const add = ({ start, arrived: known, other, value }: GrowingSide, x: number, y: number, r: number) => {
    const p = start[x] + known[x]++;
    other[p] = y;
    value[p] = r;
  };
  const put = (user: number, item: number, value: number) => {
    add(users, user, item, value);
    add(items, item, user, value);
  };
  const compactSide = (side: Side, { lineCount, otherCount, ...from }: GrowingSide): Lines => {
    const { start, other, value } = compacted[side];
    for (let x = 0; x < lineCount; x++) {
      const first = from.start[x];
      const end = first + from.arrived[x];
      other.set(from.other.subarray(first, end), start[x]);
      value.set(from.value.subarray(first, end), start[x]);
      start[x + 1] = start[x] + from.arrived[x];
    }
    const [others, values] = [other.subarray(0, start[lineCount]), value.subarray(0, start[lineCount])];
    return { lineCount, otherCount, start, other: others, value: values, time: null };
  };
  return {
    users,
    items,
    get count() {
      return arrived;
    },
    append(to) {
      for (; arrived < to; arrived++) {
        put(ratings.users[arrived], ratings.items[arrived], ratings.values[arrived]);
      }
    },
    put: ({ user, item, value }) => put(user, item, value),
    takeAway({ user, item }) {
      users.arrived[user]--;
      items.arrived[item]--;
    },
    compact: () => ({ byUser: compactSide('users', users), byItem: compactSide('items', items) }),
    alone(side, line) {
      const { lineCount, otherCount, start, arrived: known, other, value } = { users, items }[side];
      bounds[line] = start[line];
      bounds[line + 1] = start[line] + known[line];
      return { lineCount, otherCount, start: bounds, other, value, time: null };
    },
    reset() {
      users.arrived.fill(0);
      items.arrived.fill(0);
      arrived = 0;
    },
  };
}

function growingSide(who: Uint32Array, lineCount: number, otherCount: number, arrays: Arrays): GrowingSide {
  const start = new Uint32Array(lineCount + 1);
  for (const x of who) start[x + 1]++;
  for (let x = 0; x < lineCount; x++) start[x + 1] += start[x] + 1;
  return {
    lineCount,
    otherCount,
    start,
    arrived: new Uint32Array(lineCount),
    other: arrays.indices(start[lineCount]),
    value: arrays.floats(start[lineCount]),
  };
}
