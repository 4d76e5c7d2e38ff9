import { meanOf } from '../metrics/lists';

/** What is searched: so many cells, each a way to set things, each learnt once for every part of the ratings. */
export interface SearchPlan {
  readonly cells: number;
  /** Folds times seeds. */
  readonly parts: number;
  readonly strategy: StrategyId;
  /** What each cell costs on a part, in any unit; by default all cost the same. */
  readonly costs?: readonly number[];
}

/** The error of a cell on what a part holds out: null where it diverged, undefined where it is not known yet. */
export type ErrorOf = (cell: number, part: number) => number | null | undefined;

/** How it is decided which cells are worth all parts. */
interface Strategy {
  readonly name: string;
  /** Of how many parts the cells that are left have to be known before some are given up; the last is all. */
  parts(all: number): readonly number[];
}

/** Of so many cells one is kept at most, from one rung to the next, which has so many times as many parts. */
const reduction = 3;

/** No rung costs more than this share of the first, so that one that keeps the dearest cells stays cheap. */
const budget = 1 / 2;

/** Every strategy there is. */
export const strategies = {
  grid: { name: 'grid: all of it', parts: (all) => [all] },
  /** Successive halving (Jamieson and Talwalkar, 2016), by thirds; what grows is the number of folds. */
  halving: {
    name: 'halving',
    parts: (all) =>
      [...new Set([Math.round(all / reduction ** 2), Math.round(all / reduction), all])].filter(Boolean),
  },
} as const satisfies Record<string, Strategy>;
export type StrategyId = 'grid' | 'halving';

/** Cells that are learnt on their first so many parts. */
export interface Rung {
  readonly parts: number;
  readonly cells: readonly number[];
}

/** One cell on one part. */
export interface Task {
  readonly cell: number;
  readonly part: number;
}

/**
 * The rungs of a search as far as they are decided: the cells of the next follow from the errors of all cells of the one
 * before, and from nothing else. So it never matters who computed what when.
 */
export function rungsOf(plan: SearchPlan, errorOf: ErrorOf): Rung[] {
  const all = Array.from({ length: plan.cells }, (_, cell) => cell);
  const [first, ...further] = strategies[plan.strategy].parts(plan.parts);
  const rungs: Rung[] = [{ parts: first, cells: all }];
  for (const parts of further) {
    const last = rungs[rungs.length - 1];
    if (tasksOf(last, errorOf).length > 0) break;
    const mean = new Map(last.cells.map((cell) => [cell, meanOn(last.parts, cell, errorOf)]));
    const best = last.cells.toSorted((a, b) => (mean.get(a) ?? 0) - (mean.get(b) ?? 0) || a - b);
    rungs.push({ parts, cells: affordable(plan, best, first, parts - last.parts).toSorted((a, b) => a - b) });
  }
  return rungs;
}

/** The best third of some cells, best first, or as many of them as may be learnt on so many parts more; one at least. */
function affordable(
  { cells, costs }: SearchPlan,
  best: readonly number[],
  first: number,
  more: number,
): number[] {
  const costOf = (cell: number) => costs?.[cell] ?? 1;
  let left =
    budget * first * Array.from({ length: cells }, (_, cell) => costOf(cell)).reduce((a, b) => a + b, 0);
  const third = best.slice(0, Math.ceil(best.length / reduction));
  return third.filter((cell, i) => {
    left -= more * costOf(cell);
    return i === 0 || left >= 0;
  });
}

/** What of a rung is not known yet: part by part, so that whoever has divided the ratings makes the most of it. */
export function tasksOf({ parts, cells }: Rung, errorOf: ErrorOf): Task[] {
  const tasks: Task[] = [];
  for (let part = 0; part < parts; part++)
    for (const cell of cells) if (errorOf(cell, part) === undefined) tasks.push({ cell, part });
  return tasks;
}

/** How many tasks a search has: those of the rungs that are decided, and at most so many of those to come. */
export function taskCount({ parts, strategy }: SearchPlan, rungs: readonly Rung[]): number {
  const known = strategies[strategy].parts(parts);
  let left = 0;
  return known.reduce((count, upTo, i) => {
    left = rungs[i]?.cells.length ?? Math.ceil(left / reduction);
    return count + left * (upTo - (known[i - 1] ?? 0));
  }, 0);
}

/** What is known of a cell. */
export interface Summary {
  readonly cell: number;
  /** Parts that are known, diverged ones among them. */
  readonly parts: number;
  /** Mean error over the parts; null where one diverged, or none is known. */
  readonly mean: number | null;
  /** Its standard error, from how far the parts scatter: s/√n; null where there are fewer than two. */
  readonly error: number | null;
  readonly isDiverged: boolean;
}

export function summaryOf(cell: number, parts: number, errorOf: ErrorOf): Summary {
  const known = Array.from({ length: parts }, (_, part) => errorOf(cell, part)).filter(
    (one) => one !== undefined,
  );
  const errors = known.filter((one) => one !== null);
  const isDiverged = errors.length < known.length;
  const { value, error } = meanOf(errors);
  return {
    ...{ cell, parts: known.length, isDiverged },
    mean: isDiverged || errors.length === 0 ? null : value,
    error: isDiverged ? null : error,
  };
}

const meanOn = (parts: number, cell: number, errorOf: ErrorOf): number =>
  summaryOf(cell, parts, errorOf).mean ?? Number.MAX_VALUE;

/** What a search comes to. */
export interface Choice {
  readonly best: Summary;
  /** The simplest whose mean error is within one standard error of the best (Breiman et al., 1984). */
  readonly simplest: Summary;
}

/**
 * The best of the cells that are known on all parts, and the simplest that is hardly worse; null where all of them
 * diverged, or none is known yet.
 *
 * @param compare of two cells the simpler first; equal ones are told apart by their errors
 */
export function choiceOf(
  plan: SearchPlan,
  errorOf: ErrorOf,
  compare: (a: number, b: number) => number,
): Choice | null {
  const summaries = Array.from({ length: plan.cells }, (_, cell) => summaryOf(cell, plan.parts, errorOf))
    .filter(({ parts, mean }) => parts === plan.parts && mean !== null)
    .toSorted((a, b) => (a.mean ?? 0) - (b.mean ?? 0) || a.cell - b.cell);
  const [best] = summaries;
  if (!best) return null;
  const limit = (best.mean ?? 0) + (best.error ?? 0);
  const hardlyWorse = summaries.filter(({ mean }) => (mean ?? Infinity) <= limit);
  const [simplest] = hardlyWorse.toSorted((a, b) => compare(a.cell, b.cell));
  return { best, simplest };
}
