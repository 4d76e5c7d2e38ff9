import {
  type Arrays,
  type Block,
  emptyLines,
  heapArrays,
  type Lines,
  type RatingSource,
  sourceOfLines,
} from './lines';
import { inSlices, pause, type Sliced, sliceSize } from './sliced';

/** Some ratings of a source, so many: those at whose positions the marks are like that. */
export interface Taken {
  readonly marks: Uint8Array;
  readonly like: 0 | 1;
  readonly count: number;
}

/**
 * Gathers ratings by user, O(ratings + users + items), in arrays of `arrays`.
 *
 * @param taken null takes all
 */
export function* gatherByUser(
  source: RatingSource,
  taken: Taken | null = null,
  arrays: Arrays = heapArrays,
): Sliced<Lines> {
  const { userCount, itemCount, ratingCount, timed } = source;
  const lines = emptyLines(userCount, itemCount, taken?.count ?? ratingCount, arrays, timed);
  yield* inSlices(ratingCount, (from, to) => tally(source.block(from, to).users, from, taken, lines.start));
  begin(lines);
  const next = lines.start.slice(0, userCount);
  yield* inSlices(ratingCount, (from, to) => scatter(source.block(from, to), from, taken, next, lines));
  yield* putInOrder(lines);
  return lines;
}

/** The lines of the other side as long as they will be, with no rating in them yet (see `turnOver`). */
export function* emptyOver({ lineCount, otherCount, other }: Lines, arrays: Arrays): Sliced<Lines> {
  const turned = emptyLines(otherCount, lineCount, other.length, arrays, false);
  yield* inSlices(other.length, (from, to) => tally(other.subarray(from, to), from, null, turned.start));
  begin(turned);
  return turned;
}

/** Fills the lines of the other side, in their order. When ratings were is not kept there. */
export function* turnOver(lines: Lines, turned: Lines): Sliced<void> {
  const source = sourceOfLines(lines);
  const next = turned.start.slice(0, turned.lineCount);
  yield* inSlices(source.ratingCount, (from, to) => {
    const { users, items, values } = source.block(from, to);
    scatter({ users: items, items: users, values, times: null }, from, null, next, turned);
  });
}

/** Counts how often each key occurs, one place further on. */
function tally(keys: Uint32Array, from: number, taken: Taken | null, start: Uint32Array): void {
  for (let j = 0; j < keys.length; j++)
    if (!taken || taken.marks[from + j] === taken.like) start[keys[j] + 1]++;
}

/** Lets lines begin where those before them end, as they were counted. */
function begin({ start, lineCount }: Lines): void {
  for (let x = 0; x < lineCount; x++) start[x + 1] += start[x];
}

/** Puts ratings into the lines of their users, as they come. */
function scatter(
  { users, items, values, times }: Block,
  from: number,
  taken: Taken | null,
  next: Uint32Array,
  { other, value, time }: Lines,
): void {
  for (let j = 0; j < users.length; j++) {
    if (taken && taken.marks[from + j] !== taken.like) continue;
    const p = next[users[j]]++;
    other[p] = items[j];
    value[p] = values[j];
    if (time && times) time[p] = times[j];
  }
}

/** Ratings that are put in order at once, so few that they stay in the caches. */
const atOnce = 1 << 16;

/** Puts the ratings of each line in the order of `other`; of the same, as they stand. Takes O(ratings + others). */
function* putInOrder(lines: Lines): Sliced<void> {
  const { lineCount, otherCount, start } = lines;
  const most = Math.max(atOnce, otherCount);
  const order = inOrder(lines, Math.max(most, longest(lines)));
  let paused = 0;
  for (let x = 0; x < lineCount; ) {
    const first = x++;
    while (x < lineCount && start[x + 1] - start[first] <= most) x++;
    order(first, x);
    if (start[x] - paused < sliceSize) continue;
    paused = start[x];
    yield pause;
  }
}

function longest({ start, lineCount }: Lines): number {
  let most = 0;
  for (let x = 0; x < lineCount; x++) most = Math.max(most, start[x + 1] - start[x]);
  return most;
}

/** Puts lines from…to−1 in order, which have `most` ratings at most: by `other` first, then again by line. */
function inOrder({ start, other, value, time, otherCount }: Lines, most: number) {
  const next = new Uint32Array(otherCount + 1);
  const lineOf = new Uint32Array(most);
  const byOther = new Uint32Array(most);
  const places = new Uint32Array(most);
  const room = [other, value, time].map((column) => column?.slice(0, most));
  return (from: number, to: number) => {
    const first = start[from];
    const length = start[to] - first;
    const others = other.subarray(first, first + length);
    next.fill(0);
    for (let p = 0; p < length; p++) next[others[p] + 1]++;
    for (let y = 0; y < otherCount; y++) next[y + 1] += next[y];
    for (let p = 0; p < length; p++) byOther[next[others[p]]++] = p;
    const begins = start.slice(from, to);
    for (let x = from; x < to; x++) lineOf.fill(x - from, start[x] - first, start[x + 1] - first);
    for (let i = 0; i < length; i++) places[begins[lineOf[byOther[i]]]++ - first] = byOther[i];
    for (const [c, column] of [other, value, time].entries()) {
      const copy = room[c];
      if (!column || !copy) continue;
      copy.set(column.subarray(first, first + length));
      for (let p = 0; p < length; p++) column[first + p] = copy[places[p]];
    }
  };
}
