import type { Side } from '../kernels/kernels';
import type { Arrays, Floats, Lines } from '../ratings/lines';
import { pause, type Sliced } from '../ratings/sliced';
import type { Stream } from './stream';

/** What of a side's ratings has arrived: those of line x at start[x] … start[x] + arrived[x] − 1. */
export interface GrowingSide {
  readonly lineCount: number;
  readonly otherCount: number;
  /** Where each line begins; there is room for all that will ever arrive. */
  readonly start: Uint32Array;
  readonly arrived: Uint32Array;
  readonly other: Uint32Array;
  readonly value: Floats;
}

/** A rating that is not of the stream. */
export interface Extra {
  readonly user: number;
  readonly item: number;
  readonly value: number;
}

/** The ratings that have arrived, by user and by item: what solving needs, and B-SGD does without. */
export interface GrowingLines {
  readonly users: GrowingSide;
  readonly items: GrowingSide;
  /** Ratings that have arrived. */
  readonly count: number;
  /** Ratings up to `to` of the stream arrive. */
  append(to: number): void;
  /** All that has arrived, and one rating more where one is given, without room between: good until the next call. */
  compact(extra?: Extra): { readonly byUser: Lines; readonly byItem: Lines };
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
  let arrived = 0;
  const add = ({ start, arrived: known, other, value }: GrowingSide, x: number, y: number, r: number) => {
    const p = start[x] + known[x]++;
    other[p] = y;
    value[p] = r;
  };
  const compactSide = (side: Side, from: GrowingSide, line: number, entry: number, rating: number): Lines => {
    const { start, other, value } = compacted[side];
    for (let x = 0; x < from.lineCount; x++) {
      const first = from.start[x];
      const end = first + from.arrived[x];
      other.set(from.other.subarray(first, end), start[x]);
      value.set(from.value.subarray(first, end), start[x]);
      start[x + 1] = start[x] + from.arrived[x];
      if (x !== line) continue;
      other[start[x + 1]] = entry;
      value[start[x + 1]++] = rating;
    }
    const length = start[from.lineCount];
    return {
      lineCount: from.lineCount,
      otherCount: from.otherCount,
      start,
      other: other.subarray(0, length),
      value: value.subarray(0, length),
      time: null,
    };
  };
  return {
    users,
    items,
    get count() {
      return arrived;
    },
    append(to) {
      for (; arrived < to; arrived++) {
        const x = ratings.users[arrived];
        const y = ratings.items[arrived];
        add(users, x, y, ratings.values[arrived]);
        add(items, y, x, ratings.values[arrived]);
      }
    },
    compact: ({ user, item, value } = nothing) => ({
      byUser: compactSide('users', users, user, item, value),
      byItem: compactSide('items', items, item, user, value),
    }),
    reset() {
      users.arrived.fill(0);
      items.arrived.fill(0);
      arrived = 0;
    },
  };
}

const nothing: Extra = { user: -1, item: -1, value: 0 };

function growingSide(who: Uint32Array, lineCount: number, otherCount: number, arrays: Arrays): GrowingSide {
  const start = new Uint32Array(lineCount + 1);
  for (const x of who) start[x + 1]++;
  for (let x = 0; x < lineCount; x++) start[x + 1] += start[x];
  return {
    lineCount,
    otherCount,
    start,
    arrived: new Uint32Array(lineCount),
    other: arrays.indices(who.length),
    value: arrays.floats(who.length),
  };
}
