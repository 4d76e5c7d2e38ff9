import type { Chart } from '../../draw/chart/chart';
import { streamRow } from '../../draw/sheet/layout';
import type { Sheet, SheetPane } from '../../draw/sheet/painter';
import { coloursFor, isDark } from '../../draw/theme';
import { views } from '../../draw/views';
import { standings } from '../../experiments/verdict';
import { type Subject, withoutNames } from '../../files/exports/subject';
import { fileNameOf } from '../../files/file-name';
import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { errorMetricOf } from '../../metrics';
import type { ErrorMetric } from '../../metrics/metric';
import { pictureName } from '../../ratings/pictures/pictures';
import type { LoadedData } from '../../state/loaded-data';
import { counted, grouped } from '../../words/numbers';
import type { StreamFacts } from '../../workers/learn-protocol';
import { arrivedScene, stageOrderOf, standingOf, type Taken } from '../stream/arrived';
import { unseenName } from '../stream/names';
import { momentShown, type StreamState, snapshotShown } from '../stream/slice';
import { looksShown, streamCurves } from '../stream/stream-curves';
import { errorWords } from '../stream/verdict-words';
import type { WorkbenchState } from '../workbench';

const mostBins = 400;

/** What there is to export of the stream; null where there are no ratings. */
export function streamSubject(
  state: Pick<WorkbenchState, 'data' | 'looks' | 'stream' | 'unableToFilm'>,
): Subject | null {
  const { data, looks, stream, unableToFilm } = state;
  if (!data) return null;
  const { config, facts, moments, shown, batch } = stream;
  const dark = isDark(looks.theme);
  const { name } = data.ratings;
  const stages = () => sheetsOf(data, state, dark);
  return {
    ratings: data.ratings,
    begun: batch > 0,
    ...{ dark, unable: unableToFilm ?? [] },
    panes: [
      { id: 'arrived', name: 'Arrived ratings', shows: 'ratings', model: null },
      ...stream.looks.panes.map((id) => {
        const snapshot = snapshotShown(stream, id);
        const { name } = methodOf(id);
        return { id, name, shows: snapshot, model: snapshot && { name, snapshot } };
      }),
    ],
    fileName: (what, _, extension) =>
      fileNameOf([name, 'stream', what, config?.order ?? '', `batch${shown ?? batch}`], extension),
    title: titleAt(name, shown ?? batch),
    chart: () => facts && errorsToDraw(stream, facts, errorMetricOf(looks.metric), dark),
    stage: () => stages()?.(shown) ?? null,
    row: streamRow,
    pictures: [
      { label: 'Stream PNG', scale: 1 },
      { label: 'Stream PNG, 2×', scale: 2 },
    ],
    stream: {
      measured: {
        moments,
        methods: config?.methods ?? [],
        policy: stream.looks.policy,
        unseen: unseenName(facts),
      },
      batches: () => batchesOf(stream),
      stages,
    },
  };
}

/** Makes pictures of a stream, of which one is the newest: each writes over the scene of the one before. */
function sheetsOf(
  data: LoadedData,
  { stream: state, looks }: Pick<WorkbenchState, 'looks' | 'stream'>,
  dark: boolean,
): ((batch: number | null) => Sheet) | null {
  const { facts, config, moments, youCameAfter } = state;
  if (!facts || !config || moments.length === 0) return null;
  const metric = errorMetricOf(looks.metric);
  const { name, itemCount } = data.ratings;
  const placed = standingOf(facts, itemCount, youCameAfter, stageOrderOf(state, data));
  const arrived = arrivedScene(facts, withoutNames(data.ratings), placed, null, mostBins);
  const errors = errorsToDraw(state, facts, metric, dark);
  const colours = coloursFor(looks.palette, dark);
  const look = { colours, dark, view: views[0].id, transparent: false, window: null };
  const order = { time: 'by time', user: 'by user', random: 'at random' }[config.order];
  const pane = (heading: string, shows: SheetPane['shows'], words: string, taken: Taken): SheetPane => ({
    ...{ heading, colour: null, shows, lines: [{ words, strong: true }] },
    unseen: placed.placesOf(taken),
  });
  return (batch) => {
    const then = { ...state, shown: batch };
    const moment = momentShown(then) ?? moments[0];
    arrived.show(moment.ratings);
    const unseen = facts.validationCount > 0 ? unseenName(facts) : null;
    const ranked = standings(moment, metric, state.looks.policy);
    const model = (method: MethodId) => {
      const snapshot = snapshotShown(then, method);
      const standing = ranked.find((one) => one.method === method);
      const taken = snapshot ? placed.taken(snapshot.observations) : { users: 0, items: 0 };
      const words = standing ? errorWords(standing, metric, unseen) : '';
      // Frames of a long stream are thinned out, so that the last one kept may be of an earlier batch.
      const isEarlier = snapshot && snapshot.step !== moment.batch;
      const said = isEarlier ? [words, `matrix of batch ${grouped(snapshot.step)}`] : [words];
      return pane(methodOf(method).name, snapshot, said.filter(Boolean).join(' · '), taken);
    };
    const came = `${counted(moment.users, 'user')}, ${counted(moment.items, 'item')}`;
    return {
      ...{ scene: arrived.scene, look },
      title: titleAt(name, moment.batch),
      foot: `${grouped(moment.ratings)} of ${counted(facts.count, 'rating')}, ${order}, in batches of ${grouped(config.batchSize)} · rank ${config.rank} · seed ${config.seed}`,
      chart: { ...errors, upTo: moment.ratings },
      panes: [
        pane('Arrived ratings', 'ratings', came, placed.taken(moment.ratings)),
        ...state.looks.panes.map(model),
      ],
    };
  };
}

const titleAt = (name: string, batch: number) =>
  `${pictureName(name) ?? name} · after batch ${grouped(batch)}`;

/** The chart on the page, in the colours of a picture. */
function errorsToDraw(state: StreamState, facts: StreamFacts, metric: ErrorMetric, dark: boolean): Chart {
  const methods = (state.config?.methods ?? []).map((id) => {
    const { name, colours } = methodOf(id);
    return { id, name, colour: colours[dark ? 1 : 0] };
  });
  return streamCurves(methods, metric, looksShown(state), state.moments)(facts, null);
}

/** Batches of which there are pictures of the matrices. */
function batchesOf({ tracks, looks, batch }: StreamState): number[] {
  const steps = new Set(looks.panes.flatMap((method) => tracks[method].snapshots.map(({ step }) => step)));
  const all = [...steps].filter((step) => step <= batch).sort((a, b) => a - b);
  return all.length > 0 ? all : [batch];
}
