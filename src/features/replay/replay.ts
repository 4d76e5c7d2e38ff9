import { methodOf, takes } from '../../methods';
import type { LiveSettings } from '../../methods/config';
import type { MethodId } from '../../methods/method';
import type { Snapshot } from '../../methods/snapshot';
import { placeOn } from '../../metrics/moment';
import { countUpTo, frameAt } from '../../sessions/track';
import { historyOf, liveBefore, liveLetters } from '../../settings/history';
import { racingOf } from '../../settings/race';
import type { RecordedRun } from '../../state/recorded-run';
import { runConfig } from '../../state/run-configs';
import { significant } from '../../words/numbers';
import type { WorkbenchState } from '../workbench';

/** What of the state decides which frames are on the stage. */
type Shown = Pick<
  WorkbenchState,
  'replayPlace' | 'replaySteps' | 'looks' | 'panes' | 'inspected' | 'runs' | 'settings' | 'shelf'
>;

/** The run that a method's pane shows. */
export function runInPane({ panes, runs, shelf }: Shown, pane: MethodId): RecordedRun {
  const id = panes[pane];
  if (id === null) return runs[pane];
  return [...Object.values(runs), ...shelf].find((run) => run.id === id) ?? runs[pane];
}

/** A run's frame where the runs are looked at: the newest, or the last at or before the place. */
export function frameOf(
  { replayPlace, replaySteps, looks }: Shown,
  { track }: RecordedRun,
  method: MethodId,
): Snapshot | null {
  if (replayPlace === null) return track.latest;
  const step = replaySteps?.[method];
  return step === undefined ? frameAt(track, looks.chartAxis, replayPlace) : frameAt(track, 'step', step);
}

/** Whether a frame is of the ratings on the stage, and was not let go meanwhile. */
export const isOfRatings = (
  { userCount, itemCount, itemBias }: Snapshot,
  { data }: Pick<WorkbenchState, 'data'>,
): boolean =>
  userCount === data?.ratings.userCount &&
  itemCount === data.ratings.itemCount &&
  itemBias.length === itemCount;

/** The frame that a method's pane shows, with the rows that were solved on top of it one by one. */
export function shownFrame(state: Shown, pane: MethodId): Snapshot | null {
  const frame = frameOf(state, runInPane(state, pane), pane);
  const rows = frame && state.inspected[frame.method]?.rows;
  return rows?.base === frame ? rows.after : frame;
}

/** The frames whose difference the first pane shows; null where it shows the ratings. */
export function comparedFrames(state: Shown): { left: Snapshot; right: Snapshot } | null {
  if (!state.looks.difference) return null;
  const [left, right] = racingOf(state.settings).map((method) => shownFrame(state, method));
  return left && right ? { left, right } : null;
}

/** What the run in a pane is called: by its method where that is the one that goes on. */
export function paneName(state: Shown, pane: MethodId): string {
  const run = runInPane(state, pane);
  return run === state.runs[pane] ? methodOf(pane).name : run.name;
}

/** Settings that made the frame that is looked at, other than the controls have them now. */
export function otherThanSet(state: WorkbenchState, method: MethodId): (keyof LiveSettings)[] {
  const { data, settings, runs } = state;
  const { config, changes } = runs[method];
  const frame = frameOf(state, runs[method], method);
  if (!data || !config || !frame) return [];
  const now = runConfig(method, settings, data);
  const then = liveBefore({ config, changes }, frame);
  return (Object.keys(then) as (keyof LiveSettings)[]).filter(
    (name) => takes(method, name) && significant(now[name]) !== significant(then[name]),
  );
}

/** 'λ 15 here': λ and γ that made the frame looked at, where they were changed on the way, or the controls say otherwise. */
export function inForce(state: WorkbenchState, method: MethodId): string {
  const { config, changes } = state.runs[method];
  const frame = frameOf(state, state.runs[method], method);
  if (!config || !frame) return '';
  const others = otherThanSet(state, method);
  const told = Object.entries(historyOf({ config, changes }, frame)) as [keyof LiveSettings, string][];
  const words = told
    .filter(([name, history]) => others.includes(name) || history.includes('→'))
    .map(([name, history]) => `${liveLetters[name]} ${history}`);
  return words.join(', ') + (others.length > 0 ? ' here' : '');
}

/** The runs on the stage, each once. */
function runsShown(state: Shown): RecordedRun[] {
  return [
    ...new Set(racingOf(state.settings).flatMap((method) => [state.runs[method], runInPane(state, method)])),
  ];
}

/** Where the last of the runs ends on the chart's axis. */
export function replayEnd(state: Shown): number {
  const { chartAxis } = state.looks;
  return Math.max(0, ...runsShown(state).map(({ track }) => track.latest?.[chartAxis] ?? 0));
}

/** The place of the next frame of any run on the stage, or of the one before; null: there is none. */
export function neighbour(state: Shown, by: 1 | -1): number | null {
  const { chartAxis } = state.looks;
  const now = state.replayPlace ?? replayEnd(state);
  const places = runsShown(state).flatMap(({ track: { snapshots } }) => {
    const placeOf = (i: number) => placeOn(snapshots[i], chartAxis);
    const upTo = countUpTo(snapshots.length, placeOf, now);
    if (by === 1) return upTo < snapshots.length ? [placeOf(upTo)] : [];
    let before = upTo - 1;
    while (before >= 0 && placeOf(before) >= now) before--;
    return before >= 0 ? [placeOf(before)] : [];
  });
  if (places.length === 0) return null;
  return by === 1 ? Math.min(...places) : Math.max(...places);
}
