import type { Split } from '../ratings/hold-out';
import { type Arrays, type Floats, type Lines, sourceOfLines, type Triples, visit } from '../ratings/lines';
import { seededRandom, shuffledIndices } from '../ratings/random';
import type { RatingScale } from '../ratings/rating-set';
import { inSlices, pause, type Sliced } from '../ratings/sliced';
import { sortedBy } from '../ratings/sorted-by';
import type { ArrivalOrder, StreamConfig } from './stream-config';

/** Who came when: order[place[x]] = x; those who never come are last. */
export interface Arrival {
  readonly order: Uint32Array;
  readonly place: Uint32Array;
  /** Of each who comes, in their order: the rating they came with. */
  readonly with: Uint32Array;
}

/** Training ratings in the order in which they arrive. */
export interface Stream {
  /** One more than there are: the last is `you`, who may rate but is not in the data. */
  readonly userCount: number;
  readonly you: number;
  readonly itemCount: number;
  readonly count: number;
  /** What has drifted is in `values` already. */
  readonly ratings: Triples;
  readonly users: Arrival;
  readonly items: Arrival;
  /** From this rating on, these users rate the other way round; `count` and nobody where there is no drift. */
  readonly driftsFrom: number;
  readonly drifting: Uint8Array;
}

/** A value the other way round: as far below the top of the scale as it was above its bottom. */
export const turned = (value: number, { min, max }: RatingScale): number => min + max - value;

/**
 * Puts the training ratings into the order of their arrival: by time (ratings of the same second in the order of the
 * source), shuffled, or user after user, each by time where there is one. Ratings held out are not touched.
 *
 * @param arrays where the stream is put
 */
export function* streamOf(
  { byUser }: Pick<Split, 'byUser'>,
  scale: RatingScale,
  { order, seed, drift }: Pick<StreamConfig, 'order' | 'seed' | 'drift'>,
  arrays: Arrays,
): Sliced<Stream> {
  const { lineCount: you, otherCount: itemCount, value, time } = byUser;
  const userCount = you + 1;
  const count = value.length;
  if (order === 'time' && !time) throw new Error('order by time, but no times are known');
  const positions = inOrder(order, count, time, byUser.start, seed);
  yield pause;
  const cameAs = new Uint32Array(count);
  for (let j = 0; j < count; j++) cameAs[positions[j]] = j;
  yield pause;
  const ratings = yield* scattered(byUser, cameAs, arrays);
  const { users, items, values } = ratings;
  const drifting = driftingUsers(you, drift.users, seed);
  const driftsFrom = drift.users > 0 ? Math.min(count, Math.round(drift.at * count)) : count;
  turnFrom(driftsFrom, drifting, users, values, scale);
  yield pause;
  return {
    userCount,
    you,
    itemCount,
    count,
    ratings,
    users: arrivalOf(users, userCount),
    items: arrivalOf(items, itemCount),
    driftsFrom,
    drifting,
  };
}

/** The ratings of lines, each put to a place of its own, in arrays of the caller's. */
export function* scattered(lines: Lines, places: Uint32Array, arrays: Arrays): Sliced<Triples> {
  const count = lines.value.length;
  const users = arrays.indices(count);
  const items = arrays.indices(count);
  const values = arrays.floats(count);
  const known = sourceOfLines(lines);
  let p = 0;
  yield* inSlices(count, (from, to) =>
    visit(known, from, to, (x, y, value) => {
      const at = places[p++];
      users[at] = x;
      items[at] = y;
      values[at] = value;
    }),
  );
  return { users, items, values };
}

/** Positions of the lines, in the order of arrival. */
function inOrder(
  order: ArrivalOrder,
  count: number,
  time: Uint32Array | null,
  start: Uint32Array,
  seed: number,
): Uint32Array {
  if (order === 'random') return shuffledIndices(count, seededRandom(seed ^ 0x7374726d));
  if (order === 'time' && time) return sortedBy(time);
  const positions = Uint32Array.from({ length: count }, (_, p) => p);
  if (!time) return positions;
  for (let x = 0; x + 1 < start.length; x++)
    positions.subarray(start[x], start[x + 1]).sort((a, b) => time[a] - time[b] || a - b);
  return positions;
}

function arrivalOf(who: Uint32Array, count: number): Arrival {
  const order = new Uint32Array(count);
  const place = new Uint32Array(count).fill(count);
  const cameWith = new Uint32Array(count);
  let arrived = 0;
  for (let j = 0; j < who.length; j++) {
    if (place[who[j]] < count) continue;
    place[who[j]] = arrived;
    cameWith[arrived] = j;
    order[arrived++] = who[j];
  }
  const came = arrived;
  for (let x = 0; x < count; x++) {
    if (place[x] < count) continue;
    place[x] = arrived;
    order[arrived++] = x;
  }
  return { order, place, with: cameWith.slice(0, came) };
}

/** How many of them are there after so many ratings. */
export function arrivedAfter({ with: cameWith }: Arrival, ratings: number): number {
  let low = 0;
  let high = cameWith.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cameWith[middle] < ratings) low = middle + 1;
    else high = middle;
  }
  return low;
}

function driftingUsers(userCount: number, share: number, seed: number): Uint8Array {
  const drifting = new Uint8Array(userCount);
  const shuffled = shuffledIndices(userCount, seededRandom(seed ^ 0x64726674));
  for (const x of shuffled.subarray(0, Math.round(share * userCount))) drifting[x] = 1;
  return drifting;
}

function turnFrom(
  from: number,
  drifting: Uint8Array,
  users: Uint32Array,
  values: Floats,
  scale: RatingScale,
): void {
  for (let j = from; j < values.length; j++) if (drifting[users[j]]) values[j] = turned(values[j], scale);
}
