import type { RankingTask } from '../kernels/ranking';
import type { Split } from '../ratings/hold-out';
import type { Lines, Triples } from '../ratings/lines';
import type { RatingScale } from '../ratings/rating-set';
import { askedAbout, type Judging, type JudgingOptions, judgingBy, linesFor, unseenOf } from './judging';
import { type Stream, turned } from './stream';

/**
 * How recommendations are judged while ratings arrive: over the whole catalogue less what each user had rated in what has
 * arrived, on what never does, as it is by then. Null where nobody likes anything of that.
 *
 * @returns by how many ratings have arrived; the very same for the same number, as long as no other is asked for
 */
export function judgingAlong(
  split: Pick<Split, 'validation' | 'hidden'>,
  scale: RatingScale,
  { ratings, driftsFrom, count, drifting }: Pick<Stream, 'ratings' | 'driftsFrom' | 'count' | 'drifting'>,
  options: JudgingOptions,
): (arrived: number) => Judging | null {
  const { part, lines } = unseenOf(split);
  const phaseOf = (unseen: Lines) => {
    const asked = askedAbout(unseen, scale, options);
    return asked && { asked, seenAt: seenBy(asked.users, ratings, unseen.lineCount) };
  };
  const before = phaseOf(lines);
  const after = driftsFrom < count ? phaseOf(turnedLines(lines, drifting, scale)) : before;
  const countsAt = countsAlong(ratings.items, lines.otherCount);
  let last: { readonly arrived: number; readonly judging: Judging | null } | null = null;
  return (arrived) => {
    if (last?.arrived === arrived) return last.judging;
    const phase = arrived < driftsFrom ? before : after;
    const judging = phase && judgingBy(part, phase.asked, options, phase.seenAt(arrived), countsAt(arrived));
    last = { arrived, judging };
    return judging;
  };
}

/** What some users have rated of the first so many ratings: each has a line, of its ratings as they come. */
function seenBy(
  users: Uint32Array,
  { users: who, items }: Triples,
  userCount: number,
): (arrived: number) => RankingTask['seen'] {
  const lineOf = new Int32Array(userCount).fill(-1);
  for (const [i, x] of users.entries()) lineOf[x] = i;
  const start = new Uint32Array(users.length + 1);
  for (const x of who) if (lineOf[x] >= 0) start[lineOf[x] + 1]++;
  for (let i = 0; i < users.length; i++) start[i + 1] += start[i];
  const next = start.slice();
  const other = new Uint32Array(start[users.length]);
  const cameAs = new Uint32Array(other.length);
  for (let j = 0; j < who.length; j++) {
    const i = lineOf[who[j]];
    if (i < 0) continue;
    cameAs[next[i]] = j;
    other[next[i]++] = items[j];
  }
  const all = Uint32Array.from(users.keys());
  return (arrived) => linesFor(all, { start, other }, (p) => cameAs[p] < arrived);
}

/** How often each item is in the first so many of a list, counted on or back from the last time. Fresh arrays. */
function countsAlong(items: Uint32Array, itemCount: number): (arrived: number) => Uint32Array {
  const counts = new Uint32Array(itemCount);
  let done = 0;
  return (arrived) => {
    while (done < arrived) counts[items[done++]]++;
    while (done > arrived) counts[items[--done]]--;
    return counts.slice();
  };
}

/** Ratings by user as they are once taste has turned. */
function turnedLines(lines: Lines, drifting: Uint8Array, scale: RatingScale): Lines {
  const value = lines.value.slice();
  for (let x = 0; x < lines.lineCount; x++) {
    if (!drifting[x]) continue;
    for (let p = lines.start[x]; p < lines.start[x + 1]; p++) value[p] = turned(value[p], scale);
  }
  return { ...lines, value };
}
