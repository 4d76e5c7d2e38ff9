import type { Chosen } from './hold-out';
import type { RatingSource } from './lines';
import { byHash } from './marks';
import { seedOf } from './random';
import { inSlices, type Sliced } from './sliced';

/** One of so many parts of all ratings, about equally large: it is held out, and what is left is trained on. */
export interface Fold {
  /** 0…folds−1 */
  readonly fold: number;
  /** 2 or more. */
  readonly folds: number;
  readonly seed: number;
  /** So many ratings of every user are held out in its place, another draw in each fold; absent: parts of all. */
  readonly leave?: number;
}

/** Of the ratings of a user that are held out, the hash and the item, and where in the source it stands. */
interface Drawn {
  readonly key: number;
  readonly item: number;
  readonly at: number;
}

const inOrder = (a: Drawn, b: Drawn) => a.key - b.key || a.item - b.item;

/**
 * Holds out so many ratings of every user who has more, those with the smallest hashes of user, item and seed; who has no
 * more stays in training as a whole.
 */
function* leaveOut(source: RatingSource, leave: number, seed: number): Sliced<Chosen> {
  const { userCount, ratingCount } = source;
  const counts = new Uint32Array(userCount);
  const drawn = Array.from({ length: userCount }, (): Drawn[] => []);
  const hash = byHash(seed);
  yield* inSlices(ratingCount, (from, to) => {
    const block = source.block(from, to);
    const keys = new Uint32Array(to - from);
    hash(block, keys);
    for (let j = 0; j < keys.length; j++) {
      const own = drawn[block.users[j]];
      counts[block.users[j]]++;
      if (own.length === leave && keys[j] > own[leave - 1].key) continue;
      const one = { key: keys[j], item: block.items[j], at: from + j };
      if (own.length === leave && inOrder(one, own[leave - 1]) > 0) continue;
      own.push(one);
      own.sort(inOrder).length = Math.min(own.length, leave);
    }
  });
  const marks = new Uint8Array(ratingCount);
  const meant = drawn.filter((_, x) => counts[x] > leave).flat();
  for (const { at } of meant) marks[at] = 1;
  return { source, marks, validationCount: meant.length, trainingCount: ratingCount - meant.length };
}

/**
 * Holds a fold out. Every rating is in exactly one of the folds of a seed: which one follows from the hash of its user,
 * item and seed, so that the order of the ratings has no say.
 */
export function* chooseFold(source: RatingSource, { fold, folds, seed, leave }: Fold): Sliced<Chosen> {
  if (leave !== undefined) return yield* leaveOut(source, leave, seedOf(seed, fold));
  const marks = new Uint8Array(source.ratingCount);
  const hash = byHash(seed);
  let validationCount = 0;
  yield* inSlices(source.ratingCount, (from, to) => {
    const keys = new Uint32Array(to - from);
    hash(source.block(from, to), keys);
    for (let j = 0; j < keys.length; j++) {
      if (keys[j] % folds !== fold) continue;
      marks[from + j] = 1;
      validationCount++;
    }
  });
  return { source, marks, validationCount, trainingCount: source.ratingCount - validationCount };
}
