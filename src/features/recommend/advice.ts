import type { Terms } from '../../draw/terms';
import type { RunConfig } from '../../methods/config';
import type { MethodId } from '../../methods/method';
import type { FoldIn, KnownOf, Person } from '../../methods/person';
import type { Snapshot } from '../../methods/snapshot';
import type { Split } from '../../ratings/hold-out';
import type { RatingScale } from '../../ratings/rating-set';
import type { Sliced } from '../../ratings/sliced';
import { isKnown, mostAlike, type Recommended, topN } from '../../sessions/top-n';

/** A rating that somebody gives here: of an item, in rating units. */
interface Given {
  readonly item: number;
  readonly value: number;
}

/** For whom it is recommended, and by what. */
export interface Wanted {
  /** The pane whose run recommends; null: the first. */
  readonly by: MethodId | null;
  /** A user, or whoever rates here. */
  readonly who: number | 'you';
  /** What is rated here, the newest first. */
  readonly mine: readonly Given[];
  /** The item that is explained; null: the first that is recommended. */
  readonly item: number | null;
  /** Items that fewer have rated are not recommended. */
  readonly atLeast: number;
}

/** So many are recommended, and so many are shown who are alike. */
const [listed, alike] = [10, 5];
/** Ratings that are named as what pulls a prediction up, and down. */
const [mostUp, mostDown] = [4, 3];

/** An item of the list. */
export interface Pick extends Recommended {
  readonly terms: Terms;
  /** What they have rated it, where that was held out; rating units. */
  readonly heldOut: number | null;
  /** It was not in the list of the frame before. */
  readonly isNew: boolean;
}

/** How much is owed to a rating of theirs, rating units. */
interface Owed {
  readonly item: number;
  readonly value: number;
  readonly owed: number;
}

/** Why an item is recommended, or is not. */
export interface Reason {
  readonly item: number;
  readonly terms: Terms;
  /** What they have rated it, and whether that was learnt or held out. */
  readonly rating: { readonly value: number; readonly isHeldOut: boolean } | null;
  /** U·P of the row that their ratings alone make of the items as they are; the rest is of so many others. */
  readonly folded: {
    readonly product: number;
    readonly up: readonly Owed[];
    readonly down: readonly Owed[];
    readonly others: number;
    readonly rest: number;
  } | null;
  readonly similar: readonly { readonly row: number; readonly cosine: number }[];
}

/** What a frame recommends to somebody. */
export interface Advice {
  readonly who: Wanted['who'];
  readonly method: MethodId;
  readonly step: number;
  /** What was learnt of them, the highest first. */
  readonly known: readonly { readonly item: number; readonly value: number }[];
  readonly heldOutCount: number;
  readonly best: readonly Pick[];
  /** How many of the best were among them a frame before, and where that was; null: there is none before. */
  readonly steady: { readonly count: number; readonly step: number } | null;
  readonly reason: Reason | null;
  readonly similar: readonly { readonly row: number; readonly cosine: number }[];
}

/** What recommendations are made of. */
export interface Basis {
  readonly frame: Snapshot;
  /** The frame before it. */
  readonly before: Snapshot | null;
  /** With λ and γ as they are in force at the frame. */
  readonly config: RunConfig | null;
  /** Null where the method cannot. */
  readonly foldIn: FoldIn | null;
  readonly scale: RatingScale;
  /** Null where the ratings are not here. */
  readonly split: Split | null;
}

/** What was learnt of a user; nothing where the ratings are not here. */
function knownOf({ split }: Basis, who: number): KnownOf {
  const [from, to] = split ? [split.byUser.start[who], split.byUser.start[who + 1]] : [0, 0];
  return {
    items: split?.byUser.other.subarray(from, to) ?? new Uint32Array(0),
    values: Float32Array.from(split?.byUser.value.subarray(from, to) ?? []),
  };
}

/** What is given here, by item. */
function givenBy(mine: Wanted['mine']): KnownOf {
  const sorted = mine.toSorted((a, b) => a.item - b.item);
  return {
    items: Uint32Array.from(sorted, ({ item }) => item),
    values: Float32Array.from(sorted, ({ value }) => value),
  };
}

function rowIn({ userBias, userFactors, rank }: Snapshot, user: number): Person {
  return { bias: userBias[user], factors: userFactors.slice(user * rank, (user + 1) * rank) };
}

/** The frame as it is to one person, who is its user 0. */
const modelOf = (frame: Snapshot, { bias, factors }: Person): Snapshot => ({
  ...{ ...frame, userCount: 1, userBias: Float32Array.of(bias), userFactors: factors },
});

/** U·P of a row and an item. */
function productOf({ rank, itemFactors }: Snapshot, factors: Float32Array, item: number): number {
  let product = 0;
  for (let f = 0; f < rank; f++) product += factors[f] * itemFactors[item * rank + f];
  return product;
}

function termsOf(frame: Snapshot, { bias, factors }: Person, item: number): Terms {
  const [mean, itemBias] = [frame.mean, frame.itemBias[item]];
  const product = productOf(frame, factors, item);
  return { mean, userBias: bias, itemBias, product, prediction: mean + bias + itemBias + product };
}

/** What a user has of what was held out. */
function heldOutOf({ split }: Basis, who: Wanted['who']): Map<number, number> {
  const found = new Map<number, number>();
  if (who === 'you' || !split) return found;
  const { start, other, value } = split.hidden ?? split.validation;
  for (let p = start[who]; p < start[who + 1]; p++) found.set(other[p], value[p]);
  return found;
}

/** What is recommended to somebody, and why. Reads the frames; keeps nothing of them. Pauses every millisecond or so. */
export function* adviceFor(basis: Basis, wanted: Wanted): Sliced<Advice> {
  const { frame, before, split } = basis;
  const { who, atLeast } = wanted;
  const known = who === 'you' ? givenBy(wanted.mine) : knownOf(basis, who);
  const fold = (at: Snapshot) =>
    basis.foldIn && basis.config && basis.foldIn(at, basis.config, basis.scale, known);
  const rowAt = (at: Snapshot): Person =>
    (who === 'you' ? fold(at) : rowIn(at, who)) ?? { bias: 0, factors: new Float32Array(at.rank) };
  const row = rowAt(frame);
  const seen = new Set(known.items);
  const countOf = (y: number) => (split ? split.byItem.start[y + 1] - split.byItem.start[y] : atLeast);
  const isOffered = (y: number) => countOf(y) >= atLeast && isKnown(frame, 'item', y);
  const bestAt = (at: Snapshot, its: Person) =>
    topN(modelOf(at, its), 0, listed, { has: (y) => seen.has(y) || countOf(y) < atLeast });
  const heldOut = heldOutOf(basis, who);
  const bestBefore = before && (yield* bestAt(before, rowAt(before)));
  const earlier = bestBefore && new Set(bestBefore.map(({ item }) => item));
  const best = (yield* bestAt(frame, row)).map(
    (one): Pick => ({
      ...{ ...one, terms: termsOf(frame, row, one.item), heldOut: heldOut.get(one.item) ?? null },
      isNew: earlier !== null && !earlier.has(one.item),
    }),
  );
  const item = wanted.item ?? best[0]?.item ?? null;
  const ratingOf = (y: number): Reason['rating'] => {
    const at = known.items.indexOf(y);
    if (at >= 0) return { value: known.values[at], isHeldOut: false };
    const value = heldOut.get(y);
    return value === undefined ? null : { value, isHeldOut: true };
  };
  return {
    ...{ who, method: frame.method, step: frame.step, best, heldOutCount: heldOut.size },
    known: Array.from(known.items, (y, j) => ({ item: y, value: known.values[j] })).sort(
      (a, b) => b.value - a.value,
    ),
    steady: before && earlier && { count: best.filter(({ isNew }) => !isNew).length, step: before.step },
    reason:
      item === null
        ? null
        : {
            ...{ item, terms: termsOf(frame, row, item), rating: ratingOf(item) },
            folded: foldedOf(frame, fold(frame), known, item),
            similar: yield* mostAlike(
              frame.itemFactors,
              frame.itemFactors.slice(item * frame.rank, (item + 1) * frame.rank),
              alike,
              (y) => y !== item && isOffered(y),
            ),
          },
    similar: yield* mostAlike(
      frame.userFactors,
      row.factors,
      alike,
      (x) => x !== who && isKnown(frame, 'user', x),
    ),
  };
}

/** What each of their ratings adds to U·P of the row that these make. */
function foldedOf(
  frame: Snapshot,
  folded: ReturnType<FoldIn> | null,
  { items, values }: KnownOf,
  item: number,
): Reason['folded'] {
  if (!folded || items.length === 0) return null;
  const owed = folded.owedTo(item);
  const all = Array.from(items, (y, j): Owed => ({ item: y, value: values[j], owed: owed[j] })).sort(
    (a, b) => b.owed - a.owed,
  );
  const up = all.slice(0, mostUp).filter((one) => one.owed > 0);
  const down = all
    .slice(up.length)
    .slice(-mostDown)
    .filter((one) => one.owed < 0)
    .reverse();
  const named = [...up, ...down].reduce((sum, one) => sum + one.owed, 0);
  const product = productOf(frame, folded.factors, item);
  return { product, up, down, others: all.length - up.length - down.length, rest: product - named };
}
