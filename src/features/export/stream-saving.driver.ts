import type { ChartContent } from '../../draw/chart/figure';
import type { StreamPicture } from '../../draw/stream-image';
import { fileTypes } from '../../files/film/encoder';
import { saveBlob } from '../../files/save';
import { streamCsv } from '../../files/stream-csv';
import type { MethodId } from '../../methods/method';
import { errorsOf } from '../../metrics/tally';
import { coloursFor } from '../../state/colours';
import { momentShown, type StreamLab, type StreamLabState, snapshotShown } from '../../state/stream-lab';
import type { LoadedData, Workbench } from '../../state/workbench';
import type { StreamFacts } from '../../workers/stream-protocol';
import { pictureName } from '../data/names';
import { isDark } from '../stage/stage-painter';
import { type Arrived, arrivedScene, type Standing, standingOf } from '../stream/arrived';
import { counted, digits, methodColours, methodNames } from '../stream/names';
import type { StreamActions } from '../stream/stream-actions';
import { errorRange } from '../stream/stream-chart-data';
import { stageOrderOf } from '../stream/stream-stage-painter';
import type { Exporter } from './exporter.driver';

/** Frames of a film at most, and seconds that it takes and that its last frame stays. */
const mostFrames = 120;
const filmSeconds = 8;
const holdSeconds = 2;
/** Frames that say which colours a GIF has. */
const sampledFrames = 6;
const mostBins = 400;

interface Shown {
  readonly state: StreamLabState;
  readonly facts: StreamFacts;
  readonly data: LoadedData;
  readonly standing: Standing;
  readonly arrived: Arrived;
  readonly dark: boolean;
  readonly errors: Pick<ChartContent, 'runs' | 'range' | 'references'>;
}

/** A stream's picture, its film, and all its errors. */
export function streamSaving(
  workbench: Workbench,
  lab: StreamLab,
  exporter: Exporter,
): Pick<StreamActions, 'exportStage' | 'exportErrors' | 'exportFilm'> {
  const fileName = (what: string, extension: string) => {
    const { data } = workbench.getState();
    const { config, shown, batch } = lab.getState();
    const parts = ['factorscope', data?.ratings.name ?? '', 'stream', what, config?.order ?? ''];
    return `${[...parts, `batch${shown ?? batch}`].map((part) => part.replace(/[^\w.-]+/g, '_')).join('_')}.${extension}`;
  };

  function shownNow(): Shown | null {
    const { data, looks } = workbench.getState();
    const state = lab.getState();
    const { facts } = state;
    if (!data || !facts || state.moments.length === 0) return null;
    const by = stageOrderOf(state, data);
    const standing = standingOf(facts, data.ratings.itemCount, state.youCameAfter, by);
    const { itemTitles: _, ...info } = data.ratings;
    // Nobody paints names, and there may be millions.
    const ratings = { ...info, userIds: null, itemIds: null };
    const arrived = arrivedScene(facts, ratings, standing, null, mostBins);
    const dark = isDark(looks.theme);
    return { state, facts, data, standing, arrived, dark, errors: errorsToDraw(state, facts, dark) };
  }

  function pictureAt(shown: Shown, batch: number | null): StreamPicture | null {
    const { state: now, facts, data, standing, arrived, dark, errors } = shown;
    const state = { ...now, shown: batch };
    const moment = momentShown(state);
    const { config } = state;
    if (!moment || !config) return null;
    arrived.show(moment.ratings);
    const { name } = data.ratings;
    const order = { time: 'by time', user: 'by user', random: 'at random' }[config.order];
    const model = (method: MethodId) => {
      const snapshot = snapshotShown(state, method);
      const { rmse } = errorsOf(moment.methods[method]?.validation ?? [], state.looks.policy);
      return {
        name: methodNames[method],
        shows: snapshot,
        caption: `validation RMSE ${digits(rmse)}`,
        unseen: standing.placesOf(snapshot ? standing.taken(snapshot.observations) : { users: 0, items: 0 }),
      };
    };
    return {
      scene: arrived.scene,
      colours: coloursFor(workbench.getState().looks.palette, dark),
      dark,
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

  return {
    async exportStage(scale) {
      const shown = shownNow();
      const picture = shown && pictureAt(shown, shown.state.shown);
      if (!picture) return;
      try {
        const png = await exporter.open().call((api) => api.streamPicture(picture, scale));
        saveBlob(png, fileName('stage', 'png'));
      } catch {
        workbench.setState({ notice: { kind: 'export-failed' } });
      }
    },
    async exportFilm(format) {
      // What is being filmed must not move on meanwhile.
      lab.setState({ playing: false, target: null });
      const shown = shownNow();
      if (!shown) return;
      const batches = batchesOf(shown.state);
      const pictures = (some: readonly number[]) =>
        some.flatMap((batch) => {
          const picture = pictureAt(shown, batch);
          return picture ? [structuredClone(picture)] : [];
        });
      const file = await exporter.busy(format, batches.length, async (said) => {
        const worker = exporter.open();
        const some = format === 'gif' ? pictures(evenly(batches, sampledFrames)) : [];
        if (!(await worker.call((api) => api.beginStream(format, some))))
          throw new Error(`no encoder for ${format}`);
        for (const [i, batch] of batches.entries()) {
          const picture = pictureAt(shown, batch);
          const seconds = filmSeconds / batches.length + (i + 1 === batches.length ? holdSeconds : 0);
          if (picture) await worker.call((api) => api.streamFrame(picture, seconds));
          said(i + 1);
        }
        return worker.call((api) => api.finish());
      });
      if (file) saveBlob(file, fileName('film', fileTypes[format].extension));
    },
    exportErrors() {
      const { moments, config, looks } = lab.getState();
      const csv = streamCsv(moments, config?.methods ?? [], looks.policy);
      saveBlob(new Blob([csv], { type: 'text/csv' }), fileName('errors', 'csv'));
    },
  };
}

/** The errors of all methods as curves, and the dashed line. */
function errorsToDraw(
  { moments, config, looks }: StreamLabState,
  facts: StreamFacts,
  dark: boolean,
): Shown['errors'] {
  const measured = facts.validationCount > 0;
  const learnt = moments.filter(({ ratings }) => ratings > 0);
  const runs = (config?.methods ?? []).map((method) => {
    const errors = learnt.map(({ methods }) => {
      const now = methods[method];
      if (!now || now.diverged) return Number.NaN;
      return errorsOf(measured ? now.validation : now.prequential, looks.policy).rmse;
    });
    const places = learnt.map(({ ratings }) => ratings);
    const metrics = {
      step: learnt.map(({ batch }) => batch),
      observations: places,
      flops: places,
      seconds: learnt.map(({ methods }) => methods[method]?.seconds ?? 0),
      trainRmse: errors,
      validationRmse: [],
    };
    return { name: methodNames[method], colour: methodColours[method][dark ? 1 : 0], metrics };
  });
  const { rmse } = errorsOf(facts.batchAls.validation, looks.policy);
  const references = measured ? [{ value: rmse, label: 'batch ALS on all the data' }] : [];
  const columns = runs.map(({ metrics }) =>
    metrics.trainRmse.map((error) => (Number.isFinite(error) ? error : null)),
  );
  return { runs, references, range: errorRange(columns, measured ? rmse : null) };
}

/** Batches of which there are pictures of both matrices, evenly so many of them at most. */
function batchesOf({ timelines, looks, batch }: StreamLabState): number[] {
  const steps = new Set(looks.panes.flatMap((method) => timelines[method].snapshots.map(({ step }) => step)));
  const all = [...steps].filter((step) => step <= batch).sort((a, b) => a - b);
  return all.length > 0 ? evenly(all, mostFrames) : [batch];
}

function evenly(all: readonly number[], most: number): number[] {
  const count = Math.min(most, all.length);
  return Array.from(
    { length: count },
    (_, i) => all[count === 1 ? all.length - 1 : Math.round((i * (all.length - 1)) / (count - 1))],
  );
}
