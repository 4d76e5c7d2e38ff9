import type { Kernels } from '../kernels/kernels';
import { bytesFor } from '../kernels/simd/space';
import type { Split } from '../ratings/hold-out';
import { type Lines, sourceOfLines, type Triples, visit } from '../ratings/lines';
import { type Random, shuffledIndices } from '../ratings/random';
import { inSlices, type Sliced } from '../ratings/sliced';

/** From so many training ratings on, B-SGD goes block by block; below, it shuffles all of them anew every epoch. */
export const blockedFrom = 500_000;

/** Bytes of the arrays that the visits of so many training ratings need beside the ratings. */
export const visitBytes = (trainingCount: number): number =>
  trainingCount < blockedFrom
    ? bytesFor(trainingCount, trainingCount)
    : bytesFor(trainingCount, trainingCount, trainingCount);

/** An epoch of B-SGD: every training rating once. */
export interface Visits {
  readonly triples: Triples;
  /** Fixes the order of the next epoch. */
  begin(random: Random): void;
  /** So many observations are worth a look at the clock: little work, but enough for several workers. */
  readonly perLook: number;
  /** The order of the epoch, or null where `ranges` give positions of `triples` themselves. */
  readonly order: Uint32Array | null;
  /** Positions from…to−1 of the epoch, as batches of ranges; the ranges of a batch share no user and no item. */
  batches(from: number, to: number): (readonly [from: number, to: number])[][];
}

/** An observation: whose rating of what. */
export interface Observation {
  readonly user: number;
  readonly item: number;
  /** Rating units. */
  readonly value: number;
}

/** The observation at a position of the epoch whose order was begun. */
export function visitAt({ batches, order, triples }: Visits, position: number): Observation {
  const [[[at]]] = batches(position, position + 1);
  const j = order ? order[at] : at;
  return { user: triples.users[j], item: triples.items[j], value: triples.values[j] };
}

/** Truly one observation at a time: all ratings in a new random order every epoch. */
export function shuffledVisits(kernels: Kernels, { byUser, trainingCount }: Split): Visits {
  const users = kernels.ratings.indices(trainingCount);
  for (let x = 0; x < byUser.lineCount; x++) users.fill(x, byUser.start[x], byUser.start[x + 1]);
  const order = kernels.ratings.indices(trainingCount);
  return {
    triples: { users, items: byUser.other, values: byUser.value },
    perLook: 4096,
    order,
    begin: (random) => void shuffledIndices(trainingCount, random, order),
    batches: (from, to) => [[[from, to]]],
  };
}

/**
 * Large data in a fixed grid of blocks, users × items (Gemulla et al., "Large-scale matrix factorization with
 * distributed stochastic gradient descent", 2011). Stratum s holds the blocks (g, g + s mod grid), which share no
 * user and no item: any number of workers may learn them at once, and the result is as if one had learnt them in
 * turn. Within a block the ratings stand in one random order; the order of the strata is new every epoch. A block's
 * factors fit into a cache, which makes one worker several times faster too.
 */
export function* blockedVisits(kernels: Kernels, split: Split, rank: number, random: Random): Sliced<Visits> {
  const { byUser, byItem, trainingCount: count } = split;
  const grid = gridOf(split, kernels.rowLength(rank));
  const userGroup = groupsOf(byUser, grid);
  const itemGroup = groupsOf(byItem, grid);
  // Blocks stand stratum by stratum, and by group of users within.
  const blockOf = (x: number, y: number) => {
    const g = userGroup[x];
    return ((itemGroup[y] - g + grid) % grid) * grid + g;
  };
  const start = new Float64Array(grid * grid + 1);
  const known = sourceOfLines(byUser);
  yield* inSlices(count, (from, to) =>
    visit(known, from, to, (x, y) => {
      start[blockOf(x, y) + 1]++;
    }),
  );
  for (let b = 0; b < grid * grid; b++) start[b + 1] += start[b];
  const users = kernels.ratings.indices(count);
  const items = kernels.ratings.indices(count);
  const values = kernels.ratings.floats(count);
  const next = start.slice(0, grid * grid);
  yield* inSlices(count, (from, to) =>
    visit(known, from, to, (x, y, value) => {
      const b = blockOf(x, y);
      // Put in at a random place, what stood there goes to the end (Fisher and Yates, inside out).
      const end = next[b]++;
      const at = start[b] + random.below(end - start[b] + 1);
      users[end] = users[at];
      items[end] = items[at];
      values[end] = values[at];
      users[at] = x;
      items[at] = y;
      values[at] = value;
    }),
  );

  let strata: Uint32Array = Uint32Array.from({ length: grid }, (_, s) => s);
  return {
    triples: { users, items, values },
    perLook: Math.ceil(count / grid),
    order: null,
    begin(from) {
      strata = shuffledIndices(grid, from, strata);
    },
    batches(from, to) {
      const batches: [number, number][][] = [];
      // The epoch runs through the strata as they stand in `strata`; `before` is where each begins in it.
      let before = 0;
      for (const s of strata) {
        const first = start[s * grid];
        const shift = first - before;
        const batch: [number, number][] = [];
        for (let b = s * grid; b < (s + 1) * grid; b++) {
          const low = Math.max(start[b], from + shift);
          const high = Math.min(start[b + 1], to + shift);
          if (low < high) batch.push([low, high]);
        }
        if (batch.length > 0) batches.push(batch);
        before += start[(s + 1) * grid] - first;
      }
      return batches;
    },
  };
}

/** Bytes of factors that a block should touch at most: a usual second-level cache. */
const blockBytes = 1024 * 1024;

/** Groups of each side: at least 8, so that workers find work; a number of the data alone, never of the machine. */
function gridOf({ byUser, byItem }: Split, rowLength: number): number {
  const bytes = 4 * rowLength * (byUser.lineCount + byItem.lineCount);
  return Math.min(64, Math.max(8, Math.ceil(bytes / blockBytes)));
}

/** Of each line, its group: runs of neighbours with about the same number of ratings. */
function groupsOf(lines: Lines, grid: number): Uint8Array {
  const total = lines.value.length;
  return Uint8Array.from({ length: lines.lineCount }, (_, x) =>
    Math.min(grid - 1, Math.floor((lines.start[x] / total) * grid)),
  );
}
