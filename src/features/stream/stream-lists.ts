import type { Chart, Curve } from '../../draw/chart/chart';
import { markerOf } from '../../draw/chart/markers';
import { type Standing, standings } from '../../experiments/verdict';
import { errorMetrics, toldMetric } from '../../metrics';
import { isOfLists, type ListMetric, unitOf } from '../../metrics/metric';
import { valueAt } from '../../metrics/moment';
import { counted, grouped, inUnits } from '../../words/numbers';
import { numberWords, titleOfLists, usersWords, withError } from '../ranking/list-words';
import type { JudgedBatch } from '../ranking/slice';
import type { WorkbenchState } from '../workbench';
import { arrivedBy, momentShown } from './slice';
import type { ChartedMethod, Told } from './stream-curves';

type State = Pick<WorkbenchState, 'looks' | 'stream' | 'streamRankings'>;

/** The last batch up to one that was judged. */
const judgedAt = (rankings: State['streamRankings'], upTo = Number.POSITIVE_INFINITY): JudgedBatch | null =>
  rankings?.batches.findLast(({ batch }) => batch <= upTo) ?? null;

/** 'NDCG@10', and of whom, where that is said. */
const titleOf = (
  { looks, streamRankings }: State,
  metric: ListMetric,
  asked: Pick<JudgedBatch, 'users' | 'among'> | null,
): string => titleOfLists(metric, streamRankings?.size ?? looks.listSize, asked);

/**
 * What the chart has of a metric of lists: of every method, after the batches that were judged, and of recommending the
 * most popular of what had arrived. Null where errors are told.
 *
 * @param grey CSS
 */
export function listsTold(state: State, methods: readonly ChartedMethod[], grey: string): Told | null {
  const metric = toldMetric(state.looks);
  if (!isOfLists(metric)) return null;
  const { stream, streamRankings } = state;
  const curves = methods.map(({ id, name, colour }): Curve => {
    const { found } = stream.tracks[id];
    return {
      ...{ name, run: name, colour, marker: markerOf(id), stroke: 'solid', dots: true },
      xs: found.map(({ step }) => arrivedBy(stream, step)),
      ys: found.map((moment) => valueAt(moment, streamRankings?.part ?? 'validation', metric)),
    };
  });
  const batches = streamRankings?.batches ?? [];
  const popular: Curve = {
    ...{ name: 'most popular', run: 'most popular', colour: grey, stroke: 'dashed' },
    xs: batches.map(({ arrived }) => arrived),
    ys: batches.map((one) => one.popular[metric.id].value),
  };
  return {
    ...{ title: titleOf(state, metric, judgedAt(streamRankings)), unit: unitOf(metric), references: [] },
    curves: batches.length > 0 ? [...curves, popular] : curves,
  };
}

/** What was judged last, up to a place of the chart: 'after 12,000: B-SGD 0.12 · ALS refit 0.14 (after 10,000)'. */
export function listReadOut({ curves }: Pick<Chart, 'curves'>, place: number): string {
  const last = curves.flatMap(({ name, by = 0, xs, ys }) => {
    const i = by === 0 ? xs.findLastIndex((x) => x <= place) : -1;
    return i < 0 ? [] : [{ words: `${name} ${inUnits(ys[i])}`, at: xs[i] }];
  });
  if (last.length === 0) return `nothing judged up to ${grouped(place)}`;
  const newest = Math.max(...last.map(({ at }) => at));
  const told = last.map(({ words, at }) => (at < newest ? `${words} (after ${grouped(at)})` : words));
  return `after ${grouped(newest)}: ${told.join(' · ')}`;
}

/** A method, with what was judged of it last. */
export interface ListStanding extends Standing {
  readonly value: number | null;
  /** '0.2134 ± 0.006' */
  readonly words: string;
  /** After which batch; null where it has not been judged. */
  readonly judgedAt: number | null;
}

/** What the methods recommend, up to the batch that is shown. */
export interface ListVerdict {
  readonly metric: string;
  /** The highest first. */
  readonly standings: readonly ListStanding[];
  readonly words: readonly string[];
}

export function listStandings(state: State, itemCount: number): ListVerdict | null {
  const metric = toldMetric(state.looks);
  const { stream, streamRankings } = state;
  const moment = momentShown(stream);
  if (!isOfLists(metric) || !moment || moment.batch === 0) return null;
  const all = standings(moment, errorMetrics[0]).map((one): ListStanding => {
    const { found } = stream.tracks[one.method];
    const last = streamRankings && found.findLast(({ step }) => step <= moment.batch);
    const value = last ? valueAt(last, streamRankings.part, metric) : null;
    const words = last ? numberWords(last, streamRankings.part, metric) : '–';
    return { ...one, value, words, judgedAt: last?.step ?? null };
  });
  const least = (value: number | null) => value ?? Number.NEGATIVE_INFINITY;
  return {
    metric: titleOf(state, metric, null),
    standings: all.sort((a, b) => least(b.value) - least(a.value)),
    words: sentences(state, metric, itemCount, moment.batch),
  };
}

/** Of whom and how it was judged, and what comes of the most popular. */
function sentences(state: State, { id }: ListMetric, itemCount: number, upTo: number): string[] {
  const last = judgedAt(state.streamRankings, upTo);
  if (!last || !state.streamRankings) return [];
  const { value, error } = last.popular[id];
  const judged = state.streamRankings.batches.filter(({ batch }) => batch <= upTo).length;
  return [
    `The most popular of what had arrived by batch ${grouped(last.batch)}, recommended to everybody: ${withError(value, error)}.`,
    `${usersWords(last)}, all ${counted(itemCount, 'item')} less what each had rated in what had arrived. Judged after ${grouped(judged)} of ${counted(upTo, 'batch', 'batches')}, each method where its factors were kept.`,
  ];
}
