import type { Chart } from '../../draw/chart/chart';
import type { StreamPicture } from '../../draw/stream-image';
import { coloursFor, isDark } from '../../draw/theme';
import { type Subject, withoutNames } from '../../files/exports/subject';
import { fileNameOf } from '../../files/file-name';
import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import type { StreamConfig } from '../../methods/stream-config';
import { metricOf } from '../../metrics';
import { type Metric, measure } from '../../metrics/metric';
import { momentShown, type StreamLabState, snapshotShown } from '../../state/stream-lab';
import type { LoadedData, WorkbenchState } from '../../state/workbench';
import type { StreamFacts } from '../../workers/learn-protocol';
import { pictureName } from '../data/names';
import { type Arrived, arrivedScene, type Standing, standingOf } from '../stream/arrived';
import { counted, digits } from '../stream/names';
import { looksShown, streamCurves } from '../stream/stream-curves';
import { stageOrderOf } from '../stream/stream-stage-painter';

const mostBins = 400;

/** What there is to export of the stream; null where there are no ratings. */
export function streamSubject(
  { data, looks }: Pick<WorkbenchState, 'data' | 'looks'>,
  state: StreamLabState,
): Omit<Subject, 'unable'> | null {
  if (!data) return null;
  const { config, moments, shown, batch } = state;
  const dark = isDark(looks.theme);
  const { name } = data.ratings;
  return {
    ratings: data.ratings,
    begun: batch > 0,
    dark,
    models: () =>
      state.looks.panes.flatMap((method) => {
        const snapshot = snapshotShown(state, method);
        return snapshot ? [{ name: methodOf(method).name, snapshot }] : [];
      }),
    fileName: (what, _, extension) =>
      fileNameOf([name, 'stream', what, config?.order ?? '', `batch${shown ?? batch}`], extension),
    stream: {
      measured: { moments, methods: config?.methods ?? [], policy: state.looks.policy },
      shown,
      batches: () => batchesOf(state),
      pictures() {
        const stage = stageOf(data, state, metricOf(looks.metric), dark);
        const colours = coloursFor(looks.palette, dark);
        return stage && ((at) => ({ ...pictureAt(stage, at), colours, dark }));
      },
    },
  };
}

/** What all pictures of a stream have in common. */
interface Stage {
  readonly state: StreamLabState;
  readonly config: StreamConfig;
  readonly facts: StreamFacts;
  readonly name: string;
  readonly metric: Metric;
  readonly standing: Standing;
  readonly arrived: Arrived;
  readonly errors: Chart;
}

function stageOf(data: LoadedData, state: StreamLabState, metric: Metric, dark: boolean): Stage | null {
  const { facts, config, moments, youCameAfter } = state;
  if (!facts || !config || moments.length === 0) return null;
  const { name, itemCount } = data.ratings;
  const standing = standingOf(facts, itemCount, youCameAfter, stageOrderOf(state, data));
  const arrived = arrivedScene(facts, withoutNames(data.ratings), standing, null, mostBins);
  const errors = errorsToDraw(state, facts, metric, dark);
  return { state, config, facts, name, metric, standing, arrived, errors };
}

function pictureAt(stage: Stage, batch: number | null): Omit<StreamPicture, 'colours' | 'dark'> {
  const { config, facts, name, metric, standing, arrived, errors } = stage;
  const state = { ...stage.state, shown: batch };
  const moment = momentShown(state) ?? stage.state.moments[0];
  arrived.show(moment.ratings);
  const order = { time: 'by time', user: 'by user', random: 'at random' }[config.order];
  const model = (method: MethodId) => {
    const snapshot = snapshotShown(state, method);
    const error = measure(metric, moment.methods[method]?.validation ?? [], state.looks.policy);
    return {
      name: methodOf(method).name,
      shows: snapshot,
      caption: `validation ${metric.name} ${digits(error)}`,
      unseen: standing.placesOf(snapshot ? standing.taken(snapshot.observations) : { users: 0, items: 0 }),
    };
  };
  return {
    scene: arrived.scene,
    title: `${pictureName(name) ?? name} · after batch ${counted(moment.batch)}`,
    caption: `${counted(moment.ratings)} of ${counted(facts.count)} ratings, ${order}, in batches of ${counted(config.batchSize)} · rank ${config.rank} · seed ${config.seed}`,
    chart: { ...errors, upTo: moment.ratings },
    panes: [
      {
        name: 'Arrived ratings',
        shows: 'arrived',
        caption: `${counted(moment.users)} users, ${counted(moment.items)} items`,
        unseen: standing.placesOf(standing.taken(moment.ratings)),
      },
      ...state.looks.panes.map(model),
    ],
  };
}

/** The chart on the page, in the colours of a picture. */
function errorsToDraw(state: StreamLabState, facts: StreamFacts, metric: Metric, dark: boolean): Chart {
  const methods = (state.config?.methods ?? []).map((id) => {
    const { name, colours } = methodOf(id);
    return { id, name, colour: colours[dark ? 1 : 0] };
  });
  return streamCurves(methods, metric, looksShown(state), state.moments)(facts, null);
}

/** Batches of which there are pictures of the matrices. */
function batchesOf({ timelines, looks, batch }: StreamLabState): number[] {
  const steps = new Set(looks.panes.flatMap((method) => timelines[method].snapshots.map(({ step }) => step)));
  const all = [...steps].filter((step) => step <= batch).sort((a, b) => a - b);
  return all.length > 0 ? all : [batch];
}
