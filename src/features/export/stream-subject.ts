import type { Chart } from '../../draw/chart/chart';
import { streamRow } from '../../draw/sheet/layout';
import type { Sheet, SheetPane } from '../../draw/sheet/painter';
import { coloursFor, isDark, themeFor } from '../../draw/theme';
import { views } from '../../draw/views';
import { standings } from '../../experiments/verdict';
import { type StreamLists, type Subject, withoutNames } from '../../files/exports/subject';
import { fileNameOf } from '../../files/file-name';
import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { toldErrors } from '../../metrics';
import { pictureName } from '../../ratings/pictures/names';
import type { LoadedData } from '../../state/loaded-data';
import { counted, grouped } from '../../words/numbers';
import type { StreamFacts } from '../../workers/learn-protocol';
import { searchedStream } from '../pruning/searched';
import { arrivedScene, stageOrderOf, standingOf, type Taken } from '../stream/arrived';
import { unseenName } from '../stream/names';
import { momentShown, type StreamState, snapshotShown } from '../stream/slice';
import { looksShown, streamCurves } from '../stream/stream-curves';
import { listsTold } from '../stream/stream-lists';
import { errorWords } from '../stream/verdict-words';
import type { WorkbenchState } from '../workbench';

const mostBins = 400;

/** What there is to export of the stream; null where there are no ratings. */
export function streamSubject(
  state: Pick<WorkbenchState, 'data' | 'looks' | 'stream' | 'streamRankings' | 'unableToFilm' | 'pruning'>,
): Subject | null {
  const { data, looks, stream, unableToFilm, pruning } = state;
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
    chart: () => facts && toDraw(state, facts, dark),
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
        counting: looks,
        unseen: unseenName(facts),
        lists: judgedOf(state),
      },
      batches: () => batchesOf(stream),
      stages,
      search: pruning?.found ? searchedStream(pruning.found) : null,
    },
  };
}

/** Makes pictures of a stream, of which one is the newest: each writes over the scene of the one before. */
function sheetsOf(data: LoadedData, all: Charted, dark: boolean): ((batch: number | null) => Sheet) | null {
  const { stream: state, looks } = all;
  const { facts, config, moments, youCameAfter } = state;
  if (!facts || !config || moments.length === 0) return null;
  const metric = toldErrors(looks);
  const { name, itemCount } = data.ratings;
  const placed = standingOf(facts, itemCount, youCameAfter, stageOrderOf(state, data));
  const arrived = arrivedScene(facts, withoutNames(data.ratings), placed, null, mostBins);
  const chart = toDraw(all, facts, dark);
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
    const ranked = standings(moment, metric);
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
      chart: { ...chart, upTo: moment.ratings },
      panes: [
        pane('Arrived ratings', 'ratings', came, placed.taken(moment.ratings)),
        ...state.looks.panes.map(model),
      ],
    };
  };
}

const titleAt = (name: string, batch: number) =>
  `${pictureName(name) ?? name} · after batch ${grouped(batch)}`;

type Charted = Pick<WorkbenchState, 'looks' | 'stream' | 'streamRankings'>;

/** The chart on the page, in the colours of a picture. */
function toDraw(state: Charted, facts: StreamFacts, dark: boolean): Chart {
  const { stream, looks } = state;
  const methods = (stream.config?.methods ?? []).map((id) => {
    const { name, colours } = methodOf(id);
    return { id, name, colour: colours[dark ? 1 : 0] };
  });
  const curves = streamCurves(methods, toldErrors(looks), looksShown(stream), stream.moments);
  return curves(facts, null, listsTold(state, methods, themeFor(dark).reference));
}

/** What was judged, for tables; null where nothing was. */
function judgedOf({ stream, streamRankings }: Charted): StreamLists | null {
  if (!streamRankings) return null;
  const methods = stream.config?.methods ?? [];
  const found = Object.fromEntries(methods.map((id) => [id, stream.tracks[id].found]));
  return { ...streamRankings, found };
}

/** Batches of which there are pictures of the matrices. */
function batchesOf({ tracks, looks, batch }: StreamState): number[] {
  const steps = new Set(looks.panes.flatMap((method) => tracks[method].snapshots.map(({ step }) => step)));
  const all = [...steps].filter((step) => step <= batch).sort((a, b) => a - b);
  return all.length > 0 ? all : [batch];
}
