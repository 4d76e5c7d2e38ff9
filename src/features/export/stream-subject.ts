import type { ChartContent } from '../../draw/chart/figure';
import type { StreamPicture } from '../../draw/stream-image';
import { coloursFor, isDark } from '../../draw/theme';
import { type Subject, withoutNames } from '../../files/exports/subject';
import { fileNameOf } from '../../files/file-name';
import type { MethodId } from '../../methods/method';
import type { StreamConfig } from '../../methods/stream-config';
import { measure } from '../../metrics/metric';
import { rmse } from '../../metrics/rmse';
import { momentShown, type StreamLabState, snapshotShown } from '../../state/stream-lab';
import type { LoadedData, WorkbenchState } from '../../state/workbench';
import type { StreamFacts } from '../../workers/stream-protocol';
import { pictureName } from '../data/names';
import { type Arrived, arrivedScene, type Standing, standingOf } from '../stream/arrived';
import { counted, digits, methodColours, methodNames } from '../stream/names';
import { errorRange } from '../stream/stream-chart-data';
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
        return snapshot ? [{ name: methodNames[method], snapshot }] : [];
      }),
    fileName: (what, _, extension) =>
      fileNameOf([name, 'stream', what, config?.order ?? '', `batch${shown ?? batch}`], extension),
    stream: {
      measured: { moments, methods: config?.methods ?? [], policy: state.looks.policy },
      shown,
      batches: () => batchesOf(state),
      pictures() {
        const stage = stageOf(data, state, dark);
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
  readonly standing: Standing;
  readonly arrived: Arrived;
  readonly errors: Pick<ChartContent, 'runs' | 'range' | 'references'>;
}

function stageOf(data: LoadedData, state: StreamLabState, dark: boolean): Stage | null {
  const { facts, config, moments, youCameAfter } = state;
  if (!facts || !config || moments.length === 0) return null;
  const { name, itemCount } = data.ratings;
  const standing = standingOf(facts, itemCount, youCameAfter, stageOrderOf(state, data));
  const arrived = arrivedScene(facts, withoutNames(data.ratings), standing, null, mostBins);
  return { state, config, facts, name, standing, arrived, errors: errorsToDraw(state, facts, dark) };
}

function pictureAt(stage: Stage, batch: number | null): Omit<StreamPicture, 'colours' | 'dark'> {
  const { config, facts, name, standing, arrived, errors } = stage;
  const state = { ...stage.state, shown: batch };
  const moment = momentShown(state) ?? stage.state.moments[0];
  arrived.show(moment.ratings);
  const order = { time: 'by time', user: 'by user', random: 'at random' }[config.order];
  const model = (method: MethodId) => {
    const snapshot = snapshotShown(state, method);
    const error = measure(rmse, moment.methods[method]?.validation ?? [], state.looks.policy);
    return {
      name: methodNames[method],
      shows: snapshot,
      caption: `validation RMSE ${digits(error)}`,
      unseen: standing.placesOf(snapshot ? standing.taken(snapshot.observations) : { users: 0, items: 0 }),
    };
  };
  return {
    scene: arrived.scene,
    title: `${pictureName(name) ?? name} · after batch ${counted(moment.batch)}`,
    caption: `${counted(moment.ratings)} of ${counted(facts.count)} ratings, ${order}, in batches of ${counted(config.batchSize)} · rank ${config.rank} · seed ${config.seed}`,
    chart: { ...errors, axis: 'observations', from: 0, to: facts.count, upTo: moment.ratings, log: false },
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

/** The errors of all methods as curves, and the dashed line. */
function errorsToDraw(
  { moments, config, looks }: StreamLabState,
  facts: StreamFacts,
  dark: boolean,
): Stage['errors'] {
  const measured = facts.validationCount > 0;
  const learnt = moments.filter(({ ratings }) => ratings > 0);
  const runs = (config?.methods ?? []).map((method) => ({
    name: methodNames[method],
    colour: methodColours[method][dark ? 1 : 0],
    moments: learnt.map(({ batch, ratings, methods }) => {
      const now = methods[method];
      const tally = measured ? now?.validation : now?.prequential;
      const error = tally && !now.diverged ? measure(rmse, tally, looks.policy) : null;
      const place = { step: batch, observations: ratings, flops: null, seconds: now?.seconds ?? 0 };
      return { ...place, tallies: {}, values: { trainRmse: error } };
    }),
  }));
  const error = measured ? measure(rmse, facts.batchAls.validation, looks.policy) : null;
  const references = error === null ? [] : [{ value: error, label: 'batch ALS on all the data' }];
  const columns = runs.map(({ moments }) => moments.map(({ values }) => values.trainRmse));
  return { runs, references, range: errorRange(columns, error) };
}

/** Batches of which there are pictures of the matrices. */
function batchesOf({ timelines, looks, batch }: StreamLabState): number[] {
  const steps = new Set(looks.panes.flatMap((method) => timelines[method].snapshots.map(({ step }) => step)));
  const all = [...steps].filter((step) => step <= batch).sort((a, b) => a - b);
  return all.length > 0 ? all : [batch];
}
