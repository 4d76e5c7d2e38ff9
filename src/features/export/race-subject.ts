import { type FilmedRun, type Painted, paintedAt } from '../../draw/film';
import { stageSheet } from '../../draw/image';
import { stageRow } from '../../draw/sheet/layout';
import { coloursFor, isDark } from '../../draw/theme';
import { type Race, type Subject, withoutNames } from '../../files/exports/subject';
import { fileNameOf } from '../../files/file-name';
import { rangeOf } from '../../files/film/plan';
import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { metricOf } from '../../metrics';
import { isOfLists } from '../../metrics/metric';
import type { Split } from '../../ratings/hold-out';
import { pictureName } from '../../ratings/pictures/names';
import { historyOf, usedChanges } from '../../settings/history';
import { racingOf } from '../../settings/race';
import type { LoadedData } from '../../state/loaded-data';
import type { RecordedRun } from '../../state/recorded-run';
import { grouped } from '../../words/numbers';
import { ofMoments, raceChart } from '../chart/race-chart';
import { comparedFrames, paneName, runInPane, shownFrame } from '../replay/replay';
import { searchSubject } from '../search/search-subject';
import type { WorkbenchState } from '../workbench';
import { describedData } from './described-data';

/** What there is to export of the race; null where nothing is on the stage. */
export function raceSubject(state: WorkbenchState, split: Split | null): Subject | null {
  const { data, looks, window, scene, runs, shelf } = state;
  const racing = racingOf(state.settings);
  if (!data) return null;
  const { view, difference, metric, clip, cold, chartAxis: axis, palette } = looks;
  const dark = isDark(looks.theme);
  const compared = comparedFrames(state);
  const inPanes = (dark: boolean) =>
    racing.flatMap((pane) => filmedRun(runInPane(state, pane), paneName(state, pane), dark));
  const models = racing.map((pane) => modelIn(state, pane, dark));
  const learnt = models.flatMap((model) => model ?? []);
  const stageScene = scene && { ...scene, ratings: withoutNames(scene.ratings) };
  const look = (dark: boolean) => ({
    ...{ colours: coloursFor(palette, dark), view, dark, transparent: false, window },
    ...{ difference, told: { metric, clip, cold } },
  });
  /** Of lists, what was found of the frames. */
  const measuredOf = ({ moments, found }: FilmedRun) => (isOfLists(metricOf(metric)) ? found : moments);
  const chartOf: Race['chartOf'] = (runs, { axis, from, to }) => {
    const curves = runs.map((run) => ({
      ...{ name: run.name, method: run.config.method, colour: run.colour },
      ...ofMoments(measuredOf(run)),
    }));
    const chart = raceChart(state, curves, axis);
    return { ...chart, across: { ...chart.across, range: [from, to] } };
  };
  const title = titleOf(data);
  const first = compared
    ? { id: 'difference', shows: [compared.left, compared.right] as const }
    : { id: 'ratings', shows: 'ratings' as const };
  return {
    ratings: data.ratings,
    // A run that was opened, or is watched, was learnt elsewhere.
    begun: racing.some((id) => runs[id].moments > 0 || state.panes[id] !== null),
    ...{ dark, unable: state.unableToFilm ?? [] },
    panes: [
      { ...first, name: 'Ratings', model: null },
      ...racing.map((id, i) => ({
        ...{ id, name: methodOf(id).name, shows: models[i]?.snapshot ?? null, model: models[i] },
      })),
    ],
    fileName(what, models, extension) {
      const runs = models.flatMap(({ config, changes = [], snapshot }) =>
        config ? [{ config, changes, snapshot }] : [],
      );
      const said = runs.flatMap(({ config, changes, snapshot }) => {
        const { lambda = '', learningRate } = historyOf({ config, changes }, snapshot, plain);
        return [
          ...(runs.length > 1 ? [config.method] : []),
          ...[`rank${config.rank}`, `lambda${inName(lambda)}`],
          ...(learningRate === undefined ? [] : [`gamma${inName(learningRate)}`]),
          `step${snapshot.step.toFixed(2)}`,
        ];
      });
      return fileNameOf([data.ratings.name, what, ...said], extension);
    },
    stage: () => stageScene && stageSheet(stageScene, look(dark), title, learnt),
    row: stageRow,
    pictures: [{ label: 'Stage PNG' }, { label: 'Stage PNG, transparent', transparent: true }],
    title,
    chart() {
      const shown = inPanes(dark);
      const past = shelf.filter(({ visible }) => visible).flatMap((run) => filmedRun(run, run.name, dark));
      const others = past.filter(({ moments }) => shown.every((run) => run.moments !== moments));
      const { from, to } = rangeOf([...shown, ...others], axis);
      return chartOf([...shown, ...others], { axis, from: Math.min(0, from), to });
    },
    race: {
      ...{ axis, scene: stageScene, look },
      runs: inPanes,
      recorded: () =>
        [...racing.map((method) => runs[method]), ...shelf].flatMap((run) => filmedRun(run, run.name, false)),
      ...{ chartOf, marks: state.marks, judged: judgedBy(state), counting: { cold, clip } },
      split: data.source === 'run' ? null : split,
      described: describedData(data, state.settings.holdOut),
    },
    ...(state.search?.found && {
      search: searchSubject(state.search.found, { name: nameOf(data), palette, dark }),
    }),
  };
}

/** '15-200at2.5' */
const inName = (history: string) =>
  history.replaceAll(' → ', '-').replaceAll('…', 'to').replace(' at ', 'at');

/** What lists are, whose numbers were found; null where none were. */
function judgedBy({ rankings }: Pick<WorkbenchState, 'rankings'>): Race['judged'] {
  if (!rankings) return null;
  const { part, size, likedFrom, users, among } = rankings;
  return { part, size, likedFrom, users, among };
}

/** A run as it is exported; none where it has not begun. Frames that come later are not in it. */
function filmedRun(
  { config, changes, colour, track }: RecordedRun,
  name: string,
  dark: boolean,
): FilmedRun[] {
  const { moments, marks, snapshots, found, latest } = track;
  if (!config || !latest) return [];
  // On the page, the colour of a method is a custom property of CSS, which means nothing in a file.
  const shown = colour.startsWith('var(') ? methodOf(config.method).colours[dark ? 1 : 0] : colour;
  // What was changed at its end has not made anything of it.
  const used = usedChanges({ config, changes }, latest);
  return [{ name, colour: shown, config, changes: used, moments, marks, snapshots: [...snapshots], found }];
}

/** The frame that is in a method's pane; null where there is none yet. */
function modelIn(state: WorkbenchState, pane: MethodId, dark: boolean): Painted | null {
  const snapshot = shownFrame(state, pane);
  const [run] = filmedRun(runInPane(state, pane), paneName(state, pane), dark);
  return snapshot && run ? paintedAt(run, snapshot) : null;
}

/** A number in the name of a file: without thousands apart, and in ASCII. */
const plain = (value: number) => String(Number(value.toPrecision(4)));

const nameOf = ({ ratings: { name } }: LoadedData): string => pictureName(name) ?? name;

/** 'Portrait · 300 × 300' */
function titleOf(data: LoadedData): string {
  const { userCount, itemCount } = data.ratings;
  return `${nameOf(data)} · ${grouped(userCount)} × ${grouped(itemCount)}`;
}
