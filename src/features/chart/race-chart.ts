import type { Chart, ChartLine, ChartMark, Curve, ReferenceLine, Stroke } from '../../draw/chart/chart';
import { markerOf } from '../../draw/chart/markers';
import { atOnceOf, methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { errorMetricOf, toldMetric } from '../../metrics';
import { type ErrorMetric, isBounded, isOfLists, type Metric, measure, unitOf } from '../../metrics/metric';
import { type Axis, type Moment, placeOn, valueAt } from '../../metrics/moment';
import { type MeasuredPart, parts } from '../../metrics/parts';
import type { Tally } from '../../metrics/tally';
import { frameAt, type Track } from '../../sessions/track';
import { raceSettings, racingOf } from '../../settings/race';
import { significant } from '../../words/numbers';
import { listTitle } from '../ranking/list-words';
import type { WorkbenchState } from '../workbench';
import { countingWords } from './counting-words';
import { valueRange } from './ranges';

/** What an axis is called; that of steps, by the steps of those methods. */
const axisTitle = (axis: Axis, methods: readonly MethodId[]): string =>
  ({
    step: [...new Set(methods.map((id) => methodOf(id).step.many))].join(' / '),
    observations: 'ratings seen',
    flops: 'floating-point operations',
    seconds: 'seconds of compute',
  })[axis];

/** How the curves of the parts are drawn that a run is measured on: what leads stands out. */
export const partStrokes: readonly Stroke[] = ['solid', 'dashed', 'dotted'];

/** A run with what was measured of it. */
export interface ChartedRun extends Pick<Curve, 'past' | 'marker'>, Pick<Track, 'along' | 'column'> {
  readonly name: string;
  /** By whose steps it is counted. */
  readonly method?: MethodId;
  /** CSS */
  readonly colour: string;
}

/** What was measured, of a run whose track is not here. */
export const ofMoments = (moments: readonly Moment[]): Pick<ChartedRun, 'along' | 'column'> => ({
  along: (axis) => moments.map((moment) => placeOn(moment, axis)),
  column: (part, metric) => moments.map((moment) => valueAt(moment, part, metric)),
});

/** Its lines, of each part that it is measured on. */
export const runLines = (
  { name, colour, marker }: Pick<ChartedRun, 'name' | 'colour' | 'marker'>,
  measured: readonly MeasuredPart[],
): ChartLine[] =>
  measured.map((part, i) => ({
    name: `${name} ${part.name}`,
    run: name,
    colour,
    stroke: partStrokes[i],
    ...(marker && { marker }),
  }));

const measuredParts = (run: ChartedRun, metric: Metric): MeasuredPart[] =>
  parts.filter(({ id }) => run.column(id, metric).some((value) => value !== null));

/** Of one run: what a metric did along an axis. */
function runCurves(run: ChartedRun, axis: Axis, metric: Metric, areAll: boolean): Curve[] {
  const xs = run.along(axis);
  // What grew beyond all bounds cannot be drawn.
  const columnOf = ({ id }: MeasuredPart) =>
    run.column(id, metric).map((value) => (Number.isFinite(value) ? value : null));
  const measured = measuredParts(run, metric).slice(0, areAll ? undefined : 1);
  return runLines(run, measured).map((line, i) => ({
    ...line,
    ...{ xs, ys: columnOf(measured[i]) },
    ...(run.past && { past: true }),
    ...(i === 0 && (isSparse(run) || isOfLists(metric)) && { dots: true }),
  }));
}

/** Measured so seldom that each place at which it was is shown: between them nothing is known. */
function isSparse(run: ChartedRun): boolean {
  const steps = run.along('step');
  return steps.length <= 2 + 2 * (steps.at(-1) ?? 0);
}

/** The dashed lines: what needs no factors, and what no factors can beat. Rating units. */
export function referenceLines(
  { data, floor, watch, rankings }: Pick<WorkbenchState, 'data' | 'floor' | 'watch' | 'rankings'>,
  metric: Metric,
): ReferenceLine[] {
  if (isOfLists(metric)) {
    const references = rankings?.references ?? [];
    return references.map(({ label, judged }) => ({ label, value: judged[metric.id].value }));
  }
  // What somebody else has measured is of predictions as they are.
  const lines: ReferenceLine[] = (watch?.manifest?.references ?? [])
    .filter(({ metric: id }) => id === metric.id && !metric.counting)
    .map(({ name, value }) => ({ label: name, value }));
  if (!data || data.source === 'run') return lines;
  const add = (label: string, errors: Tally) => {
    const value = measure(metric, errors);
    if (value !== null) lines.push({ value, label });
  };
  add('mean predictor', data.references.mean);
  if (data.source !== 'picture') add('mean + biases', data.references.biases);
  if (floor && isBounded(metric)) {
    lines.push({ value: floor.least, label: `least at rank ${floor.rank}` });
    if (floor.regularised > 1.005 * floor.least)
      lines.push({ value: floor.regularised, label: `ALS optimum at λ ${significant(floor.lambda)}` });
  }
  return lines;
}

/** The chart of some runs along an axis. */
export function raceChart(
  state: Pick<WorkbenchState, 'data' | 'floor' | 'watch' | 'looks' | 'settings' | 'rankings'>,
  runs: readonly ChartedRun[],
  axis: Axis,
  areAll = true,
): Chart {
  const metric = toldMetric(state.looks);
  const curves = runs.flatMap((run) => runCurves(run, axis, metric, areAll));
  const [on] = runs.length > 0 ? measuredParts(runs[0], metric) : [];
  const references = referenceLines(state, metric);
  // A run that is not there yet has no steps to count; before there is one, those who race will have theirs.
  const begun = runs.flatMap((run) => (run.method && run.along('step').length > 0 ? [run.method] : []));
  const methods = begun.length > 0 ? begun : racingOf(state.settings);
  const log = state.looks.chartScale === 'log';
  const range = valueRange(
    references.map(({ value }) => value),
    curves.map(({ ys }) => ys),
    log,
  );
  return {
    title: isOfLists(metric) ? listTitle(state, metric) : titleOf(state, metric, on),
    across: { title: axisTitle(axis, methods), range: spanOf(curves, axis) },
    values: [{ title: unitOf(metric), range, log }],
    curves,
    references,
    marks: [],
  };
}

/** 'RMSE held out, clipped to 1–5, cold pairs dropped (312 of 10,084)' */
function titleOf(
  { data }: Pick<WorkbenchState, 'data'>,
  { id, counting }: ErrorMetric,
  on: MeasuredPart | undefined,
): string {
  const { name } = errorMetricOf(id);
  const first = on && on.words !== '' ? `${name} ${on.words}` : name;
  return [first, ...(counting && data ? countingWords(counting, data, on?.id ?? 'train') : [])].join(', ');
}

/** From zero to where the last of the runs is; not nothing. */
function spanOf(curves: readonly Curve[], axis: Axis): [from: number, to: number] {
  const first = curves.map(({ xs }) => xs[0] ?? 0);
  const last = curves.map(({ xs }) => xs.at(-1) ?? 0);
  return [Math.min(0, ...first), Math.max(axis === 'step' ? 1 : 1e-3, ...last)];
}

/** The chart on the page: the methods that race, the runs that were left for others, and what happened on the way. */
export function raceChartOnPage(state: WorkbenchState, areAll = true): Chart {
  const { runs, shelf, looks } = state;
  const metric = toldMetric(looks);
  const racing = racingOf(state.settings).map((id) => ({
    name: methodOf(id).name,
    method: id,
    colour: runs[id].colour,
    marker: markerOf(id),
    ...measuredOf(runs[id].track, metric),
  }));
  const past = shelf
    .filter(({ visible }) => visible)
    .map(({ name, config: { method }, colour, track }) => ({
      ...{ name, method, colour, past: true },
      ...measuredOf(track, metric),
    }));
  const chart = raceChart(state, [...racing, ...past], looks.chartAxis, areAll);
  return {
    ...chart,
    across: { ...chart.across, range: grownRange(state, chart.across.range) },
    marks: [...changesOf(state), ...flagsOf(state)],
  };
}

/**
 * While runs go on, an axis grows by doublings, as far as is planned at most: curves go on across the chart, and how
 * fast can be seen. Once all have ended it ends where they do.
 */
function grownRange(
  { runs, settings, looks }: WorkbenchState,
  [from, to]: readonly [number, number],
): readonly [number, number] {
  const racing = racingOf(settings);
  if (racing.every((id) => runs[id].status !== 'going')) return [from, to];
  const planned = Math.max(...racing.map((id) => settings[atOnceOf(id).limit]));
  const doubled = 2 ** Math.ceil(Math.log2(to));
  return [from, looks.chartAxis === 'step' ? Math.max(to, Math.min(doubled, planned)) : doubled];
}

/** Of lists, what was found of frames that were kept. */
const measuredOf = ({ along, column, found }: Track, metric: Metric) =>
  isOfLists(metric) ? ofMoments(found) : { along, column };

/** Where a setting changed on the way: on the run that has most such settings, as one change concerns several runs. */
function changesOf({ runs, looks, settings }: WorkbenchState): ChartMark[] {
  const liveCount = (id: MethodId) =>
    atOnceOf(id).settings.filter((name) => raceSettings[name].effect === 'live').length;
  const [id] = racingOf(settings).toSorted((a, b) => liveCount(b) - liveCount(a));
  const { latest, marks } = runs[id].track;
  // What was changed at its end has not made anything of it yet.
  const used = marks.filter(({ step }) => step < (latest?.step ?? 0));
  return used.map((mark) => ({
    at: placeOn(mark, looks.chartAxis),
    words: mark.label,
    kind: 'line',
  }));
}

/** Where frames were given a name: at the latest of the methods' places. */
function flagsOf({ marks, runs, settings, looks: { chartAxis } }: WorkbenchState): ChartMark[] {
  const placeOf = (id: MethodId, step: number) => frameAt(runs[id].track, 'step', step)?.[chartAxis] ?? 0;
  return marks.map(({ name, steps }) => ({
    at: Math.max(...racingOf(settings).map((id) => placeOf(id, steps[id] ?? 0))),
    words: name,
    kind: 'flag',
  }));
}
