import {
  type Arrays,
  type Floats,
  gatherLines,
  heapArrays,
  type Lines,
  type Source,
  sourceOfLines,
} from './lines';
import { inSlices, type Sliced } from './sliced';

/** Known ratings, some of them kept from training, gathered for whoever reads them line by line. */
export interface Split {
  readonly trainingCount: number;
  readonly validationCount: number;
  /** The training ratings, by user and by item. */
  readonly byUser: Lines;
  readonly byItem: Lines;
  /** The held-out ratings, by user. */
  readonly validation: Lines;
}

/**
 * Keeps a seeded random share of the ratings from training: exactly round(share · n) of them, but never all.
 * A rating is held out when the hash of its user, item and the seed is among the smallest: so neither the order
 * of the ratings nor how they were divided before has a say. The arrays come from `arrays`.
 *
 * @param share 0…0.9
 */
export function* holdOut(
  source: Source,
  share: number,
  seed: number,
  arrays: Arrays = heapArrays,
): Sliced<Split> {
  const validationCount = heldOutCount(source.ratingCount, share);
  const trainingCount = source.ratingCount - validationCount;
  const held = yield* smallestHashes(source, validationCount, seed);
  const training = yield* gatherLines(source, trainingCount, (x, y) => !held(x, y), arrays);
  const { byUser } = yield* gatherLines(source, validationCount, held);
  return { trainingCount, validationCount, ...training, validation: placed(byUser, arrays) };
}

export function heldOutCount(ratingCount: number, share: number): number {
  return Math.max(0, Math.min(Math.round(share * ratingCount), ratingCount - 1));
}

/** A split as one source again. */
export function sourceOfSplit({ byUser, validation }: Split): Source {
  const [first, second] = [sourceOfLines(byUser), sourceOfLines(validation)];
  const seam = first.ratingCount;
  return {
    ...first,
    ratingCount: seam + second.ratingCount,
    visit(from, to, each) {
      if (from < seam) first.visit(from, Math.min(to, seam), each);
      if (to > seam) second.visit(Math.max(from, seam) - seam, to - seam, each);
    },
  };
}

/** Says of a pair whether its hash is among the `count` smallest; pairs of equal hashes count in their own order. */
function* smallestHashes(
  source: Source,
  count: number,
  seed: number,
): Sliced<(x: number, y: number) => boolean> {
  if (count === 0) return () => false;
  const ofHigh = new Uint32Array(65536);
  yield* inSlices(source.ratingCount, (from, to) =>
    source.visit(from, to, (x, y) => {
      ofHigh[hashOf(x, y, seed) >>> 16]++;
    }),
  );
  let high = 0;
  let left = count;
  while (left > ofHigh[high]) left -= ofHigh[high++];
  // The last one lies among those that begin like this.
  const candidates: [hash: number, x: number, y: number][] = [];
  yield* inSlices(source.ratingCount, (from, to) =>
    source.visit(from, to, (x, y) => {
      const hash = hashOf(x, y, seed);
      if (hash >>> 16 === high) candidates.push([hash, x, y]);
    }),
  );
  candidates.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  const [last, lastX, lastY] = candidates[left - 1];
  return (x, y) => {
    const hash = hashOf(x, y, seed);
    return hash < last || (hash === last && (x < lastX || (x === lastX && y <= lastY)));
  };
}

/** 32 well-mixed bits of a pair and a seed (the finaliser of MurmurHash3, Austin Appleby, once for each). */
function hashOf(x: number, y: number, seed: number): number {
  return mix(mix(mix(seed ^ 0x2c1b3c6d) ^ x) + Math.imul(y, 0x9e3779b1)) >>> 0;
}

function mix(h: number): number {
  let bits = h ^ (h >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** The same split in arrays of `arrays`. */
export function placedSplit(split: Split, arrays: Arrays): Split {
  const { byUser, byItem, validation } = split;
  return {
    ...split,
    byUser: placed(byUser, arrays),
    byItem: placed(byItem, arrays),
    validation: placed(validation, arrays),
  };
}

function placed(lines: Lines, arrays: Arrays): Lines {
  const copied = <T extends Uint32Array | Floats>(to: T, from: ArrayLike<number>) => {
    to.set(from);
    return to;
  };
  return {
    ...lines,
    start: copied(arrays.indices(lines.start.length), lines.start),
    other: copied(arrays.indices(lines.other.length), lines.other),
    value: copied(arrays.floats(lines.value.length), lines.value),
  };
}
