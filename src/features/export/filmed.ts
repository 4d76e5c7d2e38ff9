import type { FilmedRun } from '../../draw/film/film';
import { methodOf, raceIds } from '../../methods';
import { paneName, runInPane } from '../../state/film';
import type { Recorded, WorkbenchState } from '../../state/workbench';
import { pictureName } from '../data/names';

/** The runs in the panes, as they can be pictured and filmed. */
export function filmedRuns(state: WorkbenchState, dark: boolean): FilmedRun[] {
  return raceIds.flatMap((pane) => filmedRun(runInPane(state, pane), paneName(state, pane), dark));
}

/** Every run that there is, under the name that it has in the list of runs. */
export function recordedRuns({ runs, shelf }: WorkbenchState): FilmedRun[] {
  return [...raceIds.map((method) => runs[method]), ...shelf].flatMap((run) =>
    filmedRun(run, run.name, false),
  );
}

/** A run with a list of its own of its frames: what is filmed is what was there. None where it has not begun. */
export function filmedRun(
  { config, changes, colour, timeline }: Recorded,
  name: string,
  dark: boolean,
): FilmedRun[] {
  const { metrics, marks, snapshots } = timeline;
  if (!config || snapshots.length === 0) return [];
  // The page's own colours are custom properties.
  const shown = colour.startsWith('var(') ? methodOf(config.method).colours[dark ? 1 : 0] : colour;
  return [{ name, colour: shown, config, changes, metrics, marks, snapshots: [...snapshots] }];
}

/** 'Portrait · 300 × 300' */
export function titleOf({ data }: WorkbenchState): string {
  if (!data) return '';
  const { name, userCount, itemCount } = data.ratings;
  return `${pictureName(name) ?? name} · ${userCount.toLocaleString('en')} × ${itemCount.toLocaleString('en')}`;
}
