import type { Chart, ChartMark, Curve } from '../../draw/chart/chart';
import { markerOf } from '../../draw/chart/markers';
import type { MethodId } from '../../methods/method';
import { type ErrorMetric, measure } from '../../metrics/metric';
import type { Moment } from '../../sessions/lab';
import type { StreamFacts } from '../../workers/learn-protocol';
import { errorRange } from '../chart/ranges';
import { unseenName } from './names';
import type { StreamLooks, StreamState } from './slice';
import { costMeasures, errorMeasures, type Measure, measureOf, windowOver } from './stream-measures';

/** A method as the chart of a stream shows it. */
export interface ChartedMethod {
  readonly id: MethodId;
  readonly name: string;
  /** CSS */
  readonly colour: string;
}

/** What is told of the methods, by the first axis. */
export interface Told extends Pick<Chart, 'title' | 'curves' | 'references'> {
  /** What its numbers are. */
  readonly unit: string;
}

/** A line of a few moments is hardly seen: they are shown as dots as well. */
const fewMoments = 12;

type Column = (number | null)[];

/**
 * The chart of a stream: the error of every method, and its cost in dots. A moment is looked at once: each call of
 * `chart` takes what was added to the moments since the last one.
 */
export function streamCurves(
  methods: readonly ChartedMethod[],
  metric: ErrorMetric,
  looks: StreamLooks,
  moments: readonly Moment[],
) {
  const error = measureOf(errorMeasures, looks.error);
  const cost = measureOf(costMeasures, looks.cost);
  const windowStart = windowOver(moments, looks.window);
  const places: number[] = [];
  const errors: Column[] = methods.map(() => []);
  const costs: Column[] = methods.map(() => []);
  /** Where somebody who had not learnt all that had arrived caught up. */
  const refits: ChartMark[] = [];
  /** The highest cost so far. */
  let most: number | null = null;

  function take(at: number) {
    const moment = moments[at];
    const from = windowStart(at);
    const before = moments[Math.max(0, at - 1)];
    const batches = moment.batch - before.batch;
    const read = (of: Measure<string>, { id }: ChartedMethod) => {
      const now = moment.methods[id];
      if (!now || now.diverged) return null;
      const passage = { now, before: before.methods[id], windowStart: from.methods[id], batches };
      const value = of.of(passage, metric);
      return Number.isFinite(value) ? value : null;
    };
    places.push(moment.ratings);
    const late = methods.find(({ id }) => hasCaughtUp(before, moment, id));
    if (late)
      refits.push({ at: moment.ratings, words: refits.length === 0 ? `| ${late.name}` : '', kind: 'tick' });
    methods.forEach((method, i) => {
      errors[i].push(moment.ratings === 0 ? null : read(error, method));
      const spent = read(cost, method);
      costs[i].push(spent);
      if (spent !== null) most = Math.max(most ?? 0, spent);
    });
  }
  const lines = (columns: readonly Column[], style: Pick<Curve, 'stroke' | 'by' | 'dots'>) =>
    methods.map(
      ({ id, name, colour }, i): Curve => ({
        name,
        run: name,
        colour,
        marker: markerOf(id),
        ...style,
        xs: places,
        ys: columns[i],
      }),
    );

  /** Errors, where nothing else is told. */
  function told(facts: StreamFacts): Told {
    const title = error.title(metric, unseenName(facts));
    const curves = lines(errors, { stroke: 'solid', dots: places.length < fewMoments });
    const references = looks.error === 'validation' ? referenceOf(facts, metric) : [];
    return { title, unit: title, curves, references };
  }

  return (facts: StreamFacts, shown: number | null, instead: Told | null = null): Chart => {
    while (places.length < moments.length) take(places.length);
    const { title, unit, curves, references } = instead ?? told(facts);
    const values = references.map(({ value }) => value);
    return {
      title,
      across: { title: 'ratings that have arrived', range: [0, Math.max(1, facts.count)] },
      values: [
        {
          title: unit,
          range: errorRange(
            values,
            curves.map(({ ys }) => ys),
          ),
        },
        { title: cost.title(metric, ''), range: [0, Math.max(cost.least, 1.1 * (most ?? 1))] },
      ],
      curves: [...curves, ...lines(costs, { stroke: 'dotted', by: 1 })],
      references,
      marks: [...refits, ...marksOf(facts, shown, moments)],
    };
  };
}

/** Whether a method that did not know the last ratings at a moment has learnt of them at the next. */
function hasCaughtUp(before: Moment, now: Moment, id: MethodId): boolean {
  const then = before.methods[id];
  return then !== undefined && then.learnt < before.ratings && (now.methods[id]?.learnt ?? 0) > then.learnt;
}

/** The error of batch ALS on everything: a dashed line, where it could be measured. */
function referenceOf({ batchAls }: StreamFacts, metric: ErrorMetric): Chart['references'] {
  const error = measure(metric, batchAls.validation);
  return error !== null ? [{ value: error, label: 'batch ALS', under: true }] : [];
}

/** Where taste turned, and the moment that is shown. */
function marksOf(facts: StreamFacts, shown: number | null, moments: readonly Moment[]): ChartMark[] {
  const marks: ChartMark[] = [];
  if (facts.driftsFrom < facts.count)
    marks.push({ at: facts.driftsFrom, words: 'taste turns', kind: 'line' });
  if (shown !== null) {
    const at = moments.findLast(({ batch }) => batch <= shown)?.ratings ?? 0;
    marks.push({ at, words: '', kind: 'dashes' });
  }
  return marks;
}

/** What is shown: where nothing is held out, there is only the prequential error. */
export function looksShown({ looks, facts }: Pick<StreamState, 'looks' | 'facts'>): StreamLooks {
  return facts?.validationCount === 0 ? { ...looks, error: 'prequential' } : looks;
}
