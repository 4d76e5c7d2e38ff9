import type { Chart } from '../../draw/chart/chart';
import { streamRow } from '../../draw/sheet/layout';
import type { Sheet, SheetPane } from '../../draw/sheet/painter';
import { coloursFor, isDark } from '../../draw/theme';
import { views } from '../../draw/views';
import { type Subject, withoutNames } from '../../files/exports/subject';
import { fileNameOf } from '../../files/file-name';
import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import type { StreamConfig } from '../../methods/stream-config';
import { metricOf } from '../../metrics';
import { type Metric, measure } from '../../metrics/metric';
import { pictureName } from '../../ratings/pictures/pictures';
import type { LoadedData } from '../../state/loaded-data';
import type { StreamFacts } from '../../workers/learn-protocol';
import {
  type Arrived,
  arrivedScene,
  type Standing,
  stageOrderOf,
  standingOf,
  type Taken,
} from '../stream/arrived';
import { counted, digits } from '../stream/names';
import { momentShown, type StreamState, snapshotShown } from '../stream/slice';
import { looksShown, streamCurves } from '../stream/stream-curves';
import type { WorkbenchState } from '../workbench';

const mostBins = 400;

/** What there is to export of the stream; null where there are no ratings. */
export function streamSubject({
  data,
  looks,
  stream: state,
  unableToFilm,
}: Pick<WorkbenchState, 'data' | 'looks' | 'stream' | 'unableToFilm'>): Subject | null {
  if (!data) return null;
  const { config, facts, moments, shown, batch } = state;
  const metric = metricOf(looks.metric);
  const dark = isDark(looks.theme);
  const { name } = data.ratings;
  const models = state.looks.panes.map((id) => ({
    ...{ id, name: methodOf(id).name, snapshot: snapshotShown(state, id) },
  }));
  const stages = () => {
    const stage = stageOf(data, state, metric, dark);
    const colours = coloursFor(looks.palette, dark);
    const look = { colours, dark, view: views[0].id, transparent: false, window: null };
    return stage && ((at: number | null) => ({ sheet: { ...sheetAt(stage, at), look }, row: streamRow }));
  };
  return {
    ratings: data.ratings,
    begun: batch > 0,
    ...{ dark, unable: unableToFilm ?? [] },
    panes: [
      { id: 'arrived', name: 'Arrived ratings', shows: 'ratings', model: null },
      ...models.map(({ id, name, snapshot }) => ({
        ...{ id, name, shows: snapshot, model: snapshot && { name, snapshot } },
      })),
    ],
    models: () => models.flatMap(({ name, snapshot }) => (snapshot ? [{ name, snapshot }] : [])),
    fileName: (what, _, extension) =>
      fileNameOf([name, 'stream', what, config?.order ?? '', `batch${shown ?? batch}`], extension),
    title: titleAt(name, shown ?? batch),
    chart: () => facts && errorsToDraw(state, facts, metric, dark),
    stage: () => stages()?.(shown) ?? null,
    pictures: [
      { label: 'Stream PNG', transparent: false, scale: 1 },
      { label: 'Stream PNG, 2×', transparent: false, scale: 2 },
    ],
    stream: {
      measured: { moments, methods: config?.methods ?? [], policy: state.looks.policy },
      batches: () => batchesOf(state),
      stages,
    },
  };
}

/** What all pictures of a stream have in common. */
interface Stage {
  readonly state: StreamState;
  readonly config: StreamConfig;
  readonly facts: StreamFacts;
  readonly name: string;
  readonly metric: Metric;
  readonly standing: Standing;
  readonly arrived: Arrived;
  readonly errors: Chart;
}

function stageOf(data: LoadedData, state: StreamState, metric: Metric, dark: boolean): Stage | null {
  const { facts, config, moments, youCameAfter } = state;
  if (!facts || !config || moments.length === 0) return null;
  const { name, itemCount } = data.ratings;
  const standing = standingOf(facts, itemCount, youCameAfter, stageOrderOf(state, data));
  const arrived = arrivedScene(facts, withoutNames(data.ratings), standing, null, mostBins);
  const errors = errorsToDraw(state, facts, metric, dark);
  return { state, config, facts, name, metric, standing, arrived, errors };
}

function sheetAt(stage: Stage, batch: number | null): Omit<Sheet, 'look'> {
  const { config, facts, name, metric, standing, arrived, errors } = stage;
  const state = { ...stage.state, shown: batch };
  const moment = momentShown(state) ?? stage.state.moments[0];
  arrived.show(moment.ratings);
  const order = { time: 'by time', user: 'by user', random: 'at random' }[config.order];
  const pane = (heading: string, shows: SheetPane['shows'], words: string, taken: Taken): SheetPane => ({
    ...{ heading, colour: null, shows, lines: [{ words, strong: true }] },
    unseen: standing.placesOf(taken),
  });
  const model = (method: MethodId) => {
    const snapshot = snapshotShown(state, method);
    const error = measure(metric, moment.methods[method]?.validation ?? [], state.looks.policy);
    const taken = snapshot ? standing.taken(snapshot.observations) : { users: 0, items: 0 };
    return pane(methodOf(method).name, snapshot, `validation ${metric.name} ${digits(error)}`, taken);
  };
  const came = `${counted(moment.users)} users, ${counted(moment.items)} items`;
  return {
    scene: arrived.scene,
    title: titleAt(name, moment.batch),
    foot: `${counted(moment.ratings)} of ${counted(facts.count)} ratings, ${order}, in batches of ${counted(config.batchSize)} · rank ${config.rank} · seed ${config.seed}`,
    chart: { ...errors, upTo: moment.ratings },
    panes: [
      pane('Arrived ratings', 'ratings', came, standing.taken(moment.ratings)),
      ...state.looks.panes.map(model),
    ],
  };
}

const titleAt = (name: string, batch: number) =>
  `${pictureName(name) ?? name} · after batch ${counted(batch)}`;

/** The chart on the page, in the colours of a picture. */
function errorsToDraw(state: StreamState, facts: StreamFacts, metric: Metric, dark: boolean): Chart {
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
