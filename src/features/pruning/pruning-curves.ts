import type { Chart, ChartMark, Curve } from '../../draw/chart/chart';
import { markerOf } from '../../draw/chart/markers';
import { grouped, inUnits } from '../../words/numbers';
import { errorRange } from '../chart/ranges';
import { errorsOf, judgedBy, type Results } from './courses';
import type { Course, Pruning } from './slice';
import { candidateWords, shareAt } from './words';

/** CSS: colours go along the list of candidates, and with that along what is tried of the first setting. */
export function colourOf({ candidates }: Pick<Pruning, 'candidates'>, candidate: number): string {
  const share = Math.round((100 * candidate) / Math.max(1, candidates.length - 1));
  return `color-mix(in oklch, var(--method-als), var(--method-sgd) ${share}%)`;
}

/** Cuts that are nearer to one another than this share of the stream have one label. */
const labelled = 0.09;

/** The error of every candidate, up to where it was pruned; dashed beyond, where it was followed. */
export function pruningChart(found: Pruning, { cuts, fates }: Results): Chart {
  const { candidates, courses, plan, ratingCount, recipe, chosen } = found;
  const title = `prequential ${judgedBy(recipe).name}`;
  const curves: Curve[] = [];
  const crosses: ChartMark[] = [];
  for (const [candidate, course] of courses.entries()) {
    const fate = fates[candidate];
    const prunedAt = fate.kind === 'pruned' ? fate.cut.batch : Number.POSITIVE_INFINITY;
    const line = (name: string, isIn: (batch: number) => boolean): Curve => ({
      ...{ name, run: name, colour: colourOf(found, candidate), stroke: 'solid' },
      ...pointsOf(found, course, isIn),
    });
    const name = candidateWords(candidates[candidate]);
    const own = line(name, (batch) => batch <= prunedAt);
    curves.push(candidate === chosen ? { ...own, marker: markerOf(recipe.method) } : own);
    if (prunedAt < (course.batches.at(-1) ?? 0))
      curves.push({ ...line(`${name}, pruned`, (batch) => batch >= prunedAt), stroke: 'dashed', past: true });
    if (fate.kind !== 'left' && own.xs.length > 0)
      crosses.push({ at: own.xs.at(-1) ?? 0, value: own.ys.at(-1) ?? 0, words: '', kind: 'cross' });
  }
  return {
    title,
    across: { title: 'ratings that have arrived', range: [0, Math.max(1, ratingCount)] },
    values: [{ title, range: rangeOf(courses, plan.batches) }],
    curves,
    references: [],
    marks: [...cutMarks(found, cuts), ...crosses],
  };
}

const arrivedBy = ({ ratingCount, batchSize }: Pick<Pruning, 'ratingCount' | 'batchSize'>, batch: number) =>
  Math.min(ratingCount, batch * batchSize);

function pointsOf(found: Pruning, { batches, errors }: Course, isIn: (batch: number) => boolean) {
  const places = batches.map((_, i) => i).filter((i) => isIn(batches[i]));
  return { xs: places.map((i) => arrivedBy(found, batches[i])), ys: places.map((i) => errors[i]) };
}

/** Where some were pruned, with the share of the stream where there is room for it. */
function cutMarks(found: Pruning, cuts: Results['cuts']): ChartMark[] {
  let last = Number.NEGATIVE_INFINITY;
  return cuts.map(({ batch }) => {
    const isLabelled = batch - last >= labelled * found.plan.batches;
    if (isLabelled) last = batch;
    return { at: arrivedBy(found, batch), words: isLabelled ? shareAt(found, batch) : '', kind: 'line' };
  });
}

/** For who has not diverged, and is not far worse than most: others would leave these alike. */
function rangeOf(courses: readonly Course[], batches: number): [low: number, high: number] {
  const sound = courses.filter(({ divergedAt, errors }) => divergedAt === null && errors.length > 0);
  const newest = sound.map(({ errors }) => errors[errors.length - 1]).toSorted((a, b) => a - b);
  const limit = 2 * (newest[newest.length >> 1] ?? 0) - (newest[0] ?? 0);
  const shown = sound.filter(({ errors }) => errors[errors.length - 1] <= limit);
  // What is measured in the first batches is of a few ratings, and of nobody who is known.
  const beginning = batches / 50;
  return errorRange(
    [],
    shown.map(({ batches: at, errors }) => errors.filter((_, i) => at[i] > beginning)),
  );
}

/** Who was best after so many ratings, and what was cut there. */
export function readOut(found: Pruning, { cuts }: Results, place: number): string {
  const { plan, batchSize, courses, candidates } = found;
  const batch = Math.min(plan.batches, Math.round(place / batchSize));
  const errorAfter = errorsOf(courses);
  const known = candidates.flatMap((candidate, i) => {
    const error = errorAfter(i, batch);
    return typeof error === 'number' ? [{ candidate, error }] : [];
  });
  const best = known.toSorted((a, b) => a.error - b.error).slice(0, 3);
  const cut = cuts.find((one) => one.batch === batch);
  const told = cut ? ` · ${grouped(cut.pruned.length)} pruned here` : '';
  const names = best.map(({ candidate, error }) => `${candidateWords(candidate)}: ${inUnits(error)}`);
  return `after ${grouped(place)}${told} · best: ${names.join(' · ')}`;
}
