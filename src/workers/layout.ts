import { scratchBytes } from '../kernels/simd/simd-kernels';
import { bytesFor, type Space } from '../kernels/simd/space';
import type { Method } from '../methods/config';
import { blockedFrom } from '../methods/visits';

/** What decides how much memory a data set and its runs take. */
export interface Shape {
  readonly userCount: number;
  readonly itemCount: number;
  readonly trainingCount: number;
  readonly validationCount: number;
  /** Whether it is known when ratings were given. */
  readonly timed: boolean;
}

/**
 * How the one memory of a data set is divided, in bytes: the ratings, then what each method's run may fill, and where
 * it puts its newest snapshot for the page to copy.
 */
export interface Layout {
  readonly bytes: number;
  /** Runs of at most this rank fit. */
  readonly rank: number;
  readonly ratings: Stretch;
  readonly als: Stretch;
  readonly sgd: Stretch;
  readonly snapshots: Readonly<Record<Method, Stretch>>;
}
type Stretch = Pick<Space, 'from' | 'to'>;

/** Workers per run at most. */
export const mostWorkers = 8;

const page = 65536;
const highestRank = 64;
/** Up to here, room is left for every rank; beyond, for the rank that is asked for. (Unused pages cost nothing.) */
const roomyBytes = 1.5 * 2 ** 30;
/** A 32-bit memory ends here. */
export const mostBytes = 65536 * page;

/**
 * Bytes that this page allows itself: half of what the device says it has (browsers say 8 GB at most), and never
 * more than one memory and its surroundings can be.
 */
export const roomInTab =
  ((globalThis.navigator as { deviceMemory?: number } | undefined)?.deviceMemory ?? 8) * 2 ** 29;

/** Room for the ratings, and for runs of `rank` or, where that is cheap, of any rank. */
export function layoutOf(shape: Shape, rank: number): Layout {
  const roomy = layoutFor(shape, highestRank);
  return roomy.bytes <= roomyBytes ? roomy : layoutFor(shape, rank);
}

function layoutFor(shape: Shape, rank: number): Layout {
  const { userCount, itemCount, trainingCount: n, validationCount, timed } = shape;
  const rowLength = Math.ceil(rank / 4) * 4;
  const model = bytesFor(userCount, itemCount, userCount * rowLength, itemCount * rowLength);
  const lengths = {
    ratings: bytesFor(
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
    ),
    als: model,
    sgd: model + (n < blockedFrom ? bytesFor(n, n) : bytesFor(n, n, n)),
  };
  // The first page holds nothing, so that no array is at address 0; then the workers' scratch.
  let next = page + 2 * mostWorkers * scratchBytes;
  const stretch = (bytes: number): Stretch => {
    const from = next;
    next += Math.ceil(bytes / page) * page;
    return { from, to: next };
  };
  const [ratings, als, sgd] = [stretch(lengths.ratings), stretch(lengths.als), stretch(lengths.sgd)];
  const snapshots = { als: stretch(model), sgd: stretch(model) };
  return { bytes: next, rank, ratings, als, sgd, snapshots };
}

/** Where the scratch of a method's worker lies. */
export function scratchOf(method: Method, worker: number): number {
  return page + (2 * worker + (method === 'als' ? 0 : 1)) * scratchBytes;
}

/** Allocates nothing that is not touched. Throws a RangeError where the browser has no such room. */
export function memoryOf({ bytes }: Layout, shared: boolean): WebAssembly.Memory {
  const pages = bytes / page;
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
}

/** Bytes that a data set and both its runs need in the tab at this rank, snapshots included: what is said before. */
export function bytesNeeded(shape: Shape, rank: number, filmBytes: number): number {
  const { userCount, itemCount, trainingCount, validationCount, timed } = shape;
  const triples = (timed ? 16 : 12) * (trainingCount + validationCount);
  const snapshot = 4 * (userCount + itemCount) * (rank + 1);
  // Of each method: the kept ones, at least the first and the newest. Triples only last until they are divided.
  const film = 2 * Math.max(2 * snapshot, Math.min(filmBytes, 1000 * snapshot));
  return layoutFor(shape, rank).bytes + Math.max(triples, film);
}
