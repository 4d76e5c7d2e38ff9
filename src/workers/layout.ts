import { scratchBytes } from '../kernels/simd/simd-kernels';
import { bytesFor, type Space } from '../kernels/simd/space';
import { atOnceOf } from '../methods';
import type { MethodId } from '../methods/method';
import type { Failure, Result } from '../ratings/result';

/** What decides how much memory a data set and its runs take. */
export interface Shape {
  readonly userCount: number;
  readonly itemCount: number;
  readonly trainingCount: number;
  readonly validationCount: number;
  /** Ratings that nobody is shown. */
  readonly hiddenCount?: number;
  /** Whether it is known when ratings were given. */
  readonly timed: boolean;
}

/** How the one memory of a data set is divided, in bytes: the ratings, then what each method's run needs. */
export interface Layout {
  readonly bytes: number;
  /** Runs of at most this rank fit. */
  readonly rank: number;
  readonly ratings: Stretch;
  /** Of each method that races. */
  readonly methods: Readonly<Record<MethodId, MethodRoom>>;
}

/** What one method's run has for itself. */
export interface MethodRoom {
  /** What the run may fill. */
  readonly run: Stretch;
  /** Where it puts its newest snapshot for the page to copy. */
  readonly snapshot: Stretch;
  /** Where the scratch of its first worker lies; those of its helpers follow. */
  readonly scratch: number;
}
type Stretch = Pick<Space, 'from' | 'to'>;

/** Workers per run at most. */
export const mostWorkers = 8;

const page = 65536;
/** Ranks that room is left for, whatever is asked for, while it is no more than this. (Unused pages cost nothing.) */
const roomyRanks = [128, 64];
const roomyBytes = 1.5 * 2 ** 30;
/** A 32-bit memory ends here. */
export const mostBytes = 65536 * page;

/** What would not fit into the tab, in bytes: what it needs, and the most that there may be. */
export interface Room {
  readonly needed: number;
  readonly most: number;
}
export type NoRoom = Failure<'no-room', Room>;
export type IfRoom<T extends object> = Result<T, 'no-room', Room>;

/**
 * Bytes that this page allows itself: half of what the device says it has (browsers say 8 GB at most), and never
 * more than one memory and its surroundings can be.
 */
export const roomInTab =
  ((globalThis.navigator as { deviceMemory?: number } | undefined)?.deviceMemory ?? 8) * 2 ** 29;

/** Room for the ratings, and for runs of `rank` or, where that is cheap, of higher ones. */
export function layoutOf(shape: Shape, rank: number, methods: readonly MethodId[]): Layout {
  const roomy = roomyRanks.filter((high) => high > rank).map((high) => layoutFor(shape, high, methods));
  return roomy.find(({ bytes }) => bytes <= roomyBytes) ?? layoutFor(shape, rank, methods);
}

function layoutFor(shape: Shape, rank: number, methods: readonly MethodId[]): Layout {
  const { userCount, itemCount, trainingCount: n, validationCount, hiddenCount = 0, timed } = shape;
  const rowLength = Math.ceil(rank / 4) * 4;
  const model = bytesFor(userCount, itemCount, userCount * rowLength, itemCount * rowLength);
  const ofRatings = bytesFor(
    userCount + 1,
    n,
    n,
    itemCount + 1,
    n,
    n,
    userCount + 1,
    validationCount,
    validationCount,
    ...(timed ? [n, validationCount] : []),
    ...(hiddenCount > 0 ? [userCount + 1, hiddenCount, hiddenCount] : []),
  );
  // The first page holds nothing, so that no array is at address 0; then the workers' scratch.
  let next = page + methods.length * mostWorkers * scratchBytes;
  const stretch = (bytes: number): Stretch => {
    const from = next;
    next += Math.ceil(bytes / page) * page;
    return { from, to: next };
  };
  const ratings = stretch(ofRatings);
  const rooms = methods.map((method, i): [MethodId, MethodRoom] => [
    method,
    {
      run: stretch(model + atOnceOf(method).room(n)),
      snapshot: stretch(model),
      scratch: page + i * mostWorkers * scratchBytes,
    },
  ]);
  return { bytes: next, rank, ratings, methods: Object.fromEntries(rooms) };
}

/** Where the scratch of a method's worker lies: 0 is the one that trains, the others are its helpers. */
export const scratchOf = ({ scratch }: Pick<MethodRoom, 'scratch'>, worker: number): number =>
  scratch + worker * scratchBytes;

/** Allocates nothing that is not touched. Throws a RangeError where the browser has no such room. */
export function memoryOf({ bytes }: Layout, shared: boolean): WebAssembly.Memory {
  const pages = bytes / page;
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
}

/** Bytes that a data set and its runs need in the tab at this rank, snapshots included: what is said before. */
export function bytesNeeded(
  shape: Shape,
  rank: number,
  methods: readonly MethodId[],
  frameBytes: number,
): number {
  const { userCount, itemCount, trainingCount, validationCount, timed } = shape;
  const triples = (timed ? 16 : 12) * (trainingCount + validationCount);
  const snapshot = 4 * (userCount + itemCount) * (rank + 1);
  // Of each method: the kept ones, at least the first and the newest. Triples only last until they are divided.
  const frames = methods.length * Math.max(2 * snapshot, Math.min(frameBytes, 1000 * snapshot));
  return layoutFor(shape, rank, methods).bytes + Math.max(triples, frames);
}
