import { dampedBiases, meanOf } from '../kernels/baseline';
import { noItem, type Ranker, type RankingTask, type Scoring } from '../kernels/ranking';
import { listMetrics } from '../metrics';
import type { Catalogue, ListSummary, RankedList } from '../metrics/lists';
import type { Part } from '../metrics/metric';
import type { Split } from '../ratings/hold-out';
import { countsOf, type Lines } from '../ratings/lines';
import { seededRandom, shuffledIndices } from '../ratings/random';
import { type RatingScale, scaleSpan } from '../ratings/rating-set';

/** How recommendations are judged. */
export interface JudgingOptions {
  /** k, how many are recommended to each. */
  readonly size: number;
  /** What counts as liked: ratings from this share of the scale on, 0…1. */
  readonly likedFrom: number;
  /** Of more users than this, so many are drawn. */
  readonly mostUsers: number;
  readonly seed: number;
}

/** Whom lists are made for, and what they are judged by: users who like something of what was held out. */
export interface Judging {
  /** On which ratings. */
  readonly part: Part;
  /** Ascending. */
  readonly users: Uint32Array;
  /** How many like something, of whom `users` were drawn. */
  readonly among: number;
  readonly task: RankingTask;
  readonly catalogue: Catalogue;
}

/** Metrics of lists, by their ids. */
export type Judged = Readonly<Record<string, ListSummary>>;

/** The least rating that counts as liked, rating units; what rounding does to it decides nothing. */
export const leastLiked = (scale: RatingScale, likedFrom: number): number =>
  scale.min + likedFrom * scaleSpan(scale) - 1e-9 * scaleSpan(scale);

/** Whom lists are made for, and what each of them likes. */
export interface Asked extends Pick<Judging, 'users' | 'among'>, Pick<RankingTask, 'liked' | 'order'> {}

/** Whom to ask about some ratings, by user; null where nobody likes any. Equals stand in an order from the seed. */
export function askedAbout(
  unseen: Lines,
  scale: RatingScale,
  { likedFrom, mostUsers, seed }: JudgingOptions,
): Asked | null {
  const least = leastLiked(scale, likedFrom);
  const random = seededRandom(seed ^ 0x72616e6b);
  const order = shuffledIndices(unseen.otherCount, random, new Uint32Array(unseen.otherCount));
  const liked = (p: number) => unseen.value[p] >= least;
  const likers = [...Array(unseen.lineCount).keys()].filter((x) => {
    for (let p = unseen.start[x]; p < unseen.start[x + 1]; p++) if (liked(p)) return true;
    return false;
  });
  if (likers.length === 0) return null;
  const drawn = shuffledIndices(likers.length, random, new Uint32Array(likers.length));
  const users = drawn
    .slice(0, mostUsers)
    .map((i) => likers[i])
    .sort();
  return { users, among: likers.length, liked: linesFor(users, unseen, liked), order };
}

/** What was kept from training: what was hidden from the beginning, where something was; else what is held out. */
export const unseenOf = ({ validation, hidden }: Pick<Split, 'validation' | 'hidden'>) =>
  hidden
    ? ({ part: 'hidden', lines: hidden } as const)
    : ({ part: 'validation', lines: validation } as const);

/** Whom to ask, and about what; null where nothing that was held out is liked. */
export function judgingOf(
  split: Pick<Split, 'byUser' | 'byItem' | 'validation' | 'hidden'>,
  scale: RatingScale,
  options: JudgingOptions,
): Judging | null {
  const { part, lines } = unseenOf(split);
  const asked = askedAbout(lines, scale, options);
  if (!asked) return null;
  const seen = linesFor(asked.users, split.byUser, () => true);
  return judgingBy(part, asked, options, seen, countsOf(split.byItem));
}

/** Judges by what some have seen, and by how often each item was rated. */
export const judgingBy = (
  part: Part,
  { users, among, liked, order }: Asked,
  { size }: Pick<JudgingOptions, 'size'>,
  seen: RankingTask['seen'],
  counts: Uint32Array,
): Judging => ({
  ...{ part, users, among },
  task: { seen, liked, order, size },
  catalogue: { itemCount: counts.length, counts },
});

/** Some of the others of some lines, in turn. */
export function linesFor(
  users: Uint32Array,
  { start, other }: RankingTask['seen'],
  isMeant: (p: number) => boolean,
): RankingTask['seen'] {
  const starts = new Uint32Array(users.length + 1);
  const others: number[] = [];
  for (const [i, x] of users.entries()) {
    for (let p = start[x]; p < start[x + 1]; p++) if (isMeant(p)) others.push(other[p]);
    starts[i + 1] = others.length;
  }
  return { start: starts, other: Uint32Array.from(others) };
}

/** The lists of a ranking. */
function listsOf(ranker: Ranker, model: Scoring, { task, users }: Judging): RankedList[] {
  const { top, first } = ranker(model, task);
  const { size, liked } = task;
  return Array.from(users, (_, i) => {
    const likes = liked.other.subarray(liked.start[i], liked.start[i + 1]);
    const items = [...top.subarray(i * size, (i + 1) * size)].filter((y) => y !== noItem);
    const hits = items.map((y) => likes.includes(y));
    return { size, items, hits, likes: likes.length, first: first[i] };
  });
}

/** All metrics of the lists that a model makes for the users of a judging. */
export function judge(ranker: Ranker, model: Scoring, judging: Judging): Judged {
  const lists = listsOf(ranker, model, judging);
  return Object.fromEntries(
    listMetrics.map((metric) => [metric.id, metric.ofLists(lists, judging.catalogue)]),
  );
}

/** Of a model, what lists are made by: the rows of those whom it is asked about. */
export function scoringOf(
  { rank, itemBias, userFactors, itemFactors }: Scoring,
  users: Uint32Array,
): Scoring {
  const rows = new Float32Array(users.length * rank);
  for (const [i, x] of users.entries()) rows.set(userFactors.subarray(x * rank, (x + 1) * rank), i * rank);
  return { rank, itemBias, itemFactors, userFactors: rows };
}

/** A recommender that needs no factors: what everybody is recommended, item by item, the larger the earlier. */
export interface ListReference {
  readonly label: string;
  readonly itemBias: Float32Array;
}

/** What was rated most often. */
export const mostPopular = ({ counts }: Pick<Catalogue, 'counts'>): ListReference => ({
  label: 'most popular',
  itemBias: Float32Array.from(counts),
});

/** All of them, for ratings that are all known. */
export function listReferences({ byUser, byItem }: Pick<Split, 'byUser' | 'byItem'>): ListReference[] {
  const { itemBias } = dampedBiases(byUser, meanOf(byUser.value));
  return [
    mostPopular({ counts: countsOf(byItem) }),
    { label: 'mean + biases', itemBias: Float32Array.from(itemBias) },
    { label: 'mean (any order)', itemBias: new Float32Array(byItem.lineCount) },
  ];
}

/** One of them as a model. */
export const scoringBy = (itemBias: Float32Array): Scoring => ({
  ...{ rank: 0, itemBias, userFactors: new Float32Array(0), itemFactors: new Float32Array(0) },
});
