/**
 * A search on an arriving feed: candidates learn from the same batches in the same order, and the least performant are
 * given up as time goes on (successive halving: Jamieson and Talwalkar, 2016; what grows is the share of the stream).
 */
export interface PruningPlan {
  readonly candidates: number;
  /** Batches of the whole stream. */
  readonly batches: number;
  /** After how many batches some are given up: ascending, all before the end. */
  readonly cuts: readonly number[];
  /** The share of those who are left that goes on after a cut, 0…1; one at least. */
  readonly keep: number;
}

/**
 * The prequential error of a candidate, of all that has arrived up to a batch: null where it has diverged by then,
 * undefined where it is not known.
 */
export type ErrorAfter = (candidate: number, batch: number) => number | null | undefined;

/** A candidate, and its error at some place. */
export interface Standing {
  readonly candidate: number;
  readonly error: number;
}

/** What was decided after a batch; who had diverged is in neither list. */
export interface Cut {
  readonly batch: number;
  /** Best first; of equal ones the first of the list is the better. */
  readonly kept: readonly Standing[];
  readonly pruned: readonly Standing[];
}

/** Where cuts fall: at a share of the batches, then so many times in all, each at twice the share of the one before. */
export function cutsAt(batches: number, first: number, count: number): number[] {
  const places = Array.from({ length: count }, (_, i) => Math.max(1, Math.round(first * 2 ** i * batches)));
  return [...new Set(places)].filter((batch) => batch < batches);
}

/**
 * The cuts as far as they are decided. Each follows from the errors, at its batch, of all who were left at the one
 * before, and from nothing else: it never matters who computed what when.
 */
export function decidedCuts({ candidates, cuts, keep }: PruningPlan, errorAfter: ErrorAfter): Cut[] {
  const decided: Cut[] = [];
  let left = Array.from({ length: candidates }, (_, candidate) => candidate);
  for (const batch of cuts) {
    const ranked = rankedAfter(batch, left, errorAfter);
    if (!ranked) break;
    // A share of a whole is meant exactly: 0.7 of 10 is 7, and not a little more.
    const count = Math.max(1, Math.ceil(keep * ranked.length - 1e-9));
    decided.push({ batch, kept: ranked.slice(0, count), pruned: ranked.slice(count) });
    left = ranked.slice(0, count).map(({ candidate }) => candidate);
  }
  return decided;
}

/** Who has not diverged after a batch, best first; null where some errors are not known. */
function rankedAfter(
  batch: number,
  candidates: readonly number[],
  errorAfter: ErrorAfter,
): Standing[] | null {
  const standings: Standing[] = [];
  for (const candidate of candidates) {
    const error = errorAfter(candidate, batch);
    if (error === undefined) return null;
    if (error !== null) standings.push({ candidate, error });
  }
  return standings.toSorted((a, b) => a.error - b.error || a.candidate - b.candidate);
}

/** Who has not been given up by any cut so far, diverged or not. */
export function leftAfter({ candidates }: PruningPlan, cuts: readonly Cut[]): number[] {
  const pruned = new Set(cuts.flatMap((cut) => cut.pruned.map(({ candidate }) => candidate)));
  return Array.from({ length: candidates }, (_, candidate) => candidate).filter((one) => !pruned.has(one));
}

/** What became of the best at the first cut, and whether pruning has kept the best. */
export interface PruningVerdict {
  /** The best of those who were never given up; null where all of them have diverged. */
  readonly kept: Standing | null;
  /** The best of all at the end; null where some who were given up were not followed, or all have diverged. */
  readonly best: Standing | null;
  /** Who were given up and not followed to the end. */
  readonly unknown: number;
  /** How many ended without diverging, as far as that is known. */
  readonly ended: number;
  /** The best at the first cut; null where there was none. */
  readonly early: EarlyBest | null;
}

/** What is best early. */
export interface EarlyBest extends Standing {
  readonly batch: number;
  /** Its error at the end: null where it has diverged, undefined where it was given up and not followed. */
  readonly end: number | null | undefined;
  /** Its place at the end, 1 the best; null where that is not known. */
  readonly place: number | null;
}

/** What a search has come to once all has arrived; null before. */
export function pruningVerdict(plan: PruningPlan, errorAfter: ErrorAfter): PruningVerdict | null {
  const { candidates, batches, cuts } = plan;
  const decided = decidedCuts(plan, errorAfter);
  const kept = rankedAfter(batches, leftAfter(plan, decided), errorAfter);
  if (decided.length < cuts.length || !kept) return null;
  const all = Array.from({ length: candidates }, (_, candidate) => candidate);
  const followed = all.filter((candidate) => errorAfter(candidate, batches) !== undefined);
  const ranked = rankedAfter(batches, followed, errorAfter) ?? [];
  const isWhole = followed.length === candidates;
  const [first] = decided;
  return {
    kept: kept[0] ?? null,
    best: isWhole ? (ranked[0] ?? null) : null,
    unknown: candidates - followed.length,
    ended: ranked.length,
    early: first?.kept[0] ? earlyOf(first.kept[0], first.batch) : null,
  };

  function earlyOf(standing: Standing, batch: number): EarlyBest {
    const end = errorAfter(standing.candidate, batches);
    const place = ranked.findIndex(({ candidate }) => candidate === standing.candidate) + 1;
    return { ...standing, batch, end, place: isWhole && place > 0 ? place : null };
  }
}
