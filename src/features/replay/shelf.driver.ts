import { runColours } from '../../draw/theme';
import type { RunSoFar, RunState } from '../race/slice';
import type { Workbench, WorkbenchState } from '../workbench';
import type { PastRun, ShelfActions } from './slice';

/** Runs on the shelf that are not pinned, at most. */
const mostPast = 8;

/** Frames of the shelf all together may take as much as this many runs. */
const budgetsKept = 3;

type Panes = WorkbenchState['panes'];

const mapped = (panes: Panes, of: (id: number | null) => number | null): Panes =>
  Object.fromEntries(Object.entries(panes).map(([pane, id]) => [pane, of(id)]));

/**
 * Keeps runs that were left for others, within bounds: past them the oldest that is not pinned loses its frames but
 * for its last frame, and then its place.
 */
export function shelving({ getState: get, setState: set }: Workbench) {
  function remove(run: PastRun) {
    run.track.clear();
    set(({ shelf, panes }) => {
      const without = (id: number | null) => (id === run.id ? null : id);
      return {
        shelf: shelf.filter(({ id }) => id !== run.id),
        panes: mapped(panes, without),
      };
    });
  }

  function makeRoom() {
    const unpinned = () => get().shelf.filter(({ pinned }) => !pinned);
    for (const run of unpinned().slice(0, -mostPast)) remove(run);
    const room = budgetsKept * get().settings.budget * 2 ** 20;
    const bytes = () => get().shelf.reduce((sum, { track }) => sum + track.bytes, 0);
    for (const { track } of unpinned().slice(0, -1)) if (bytes() > room) track.forget();
    // Of very large data a single frame is much.
    for (const run of unpinned().slice(0, -1)) if (bytes() > room) remove(run);
  }

  const actions: ShelfActions = {
    changeRun: (id, change) =>
      set(({ shelf }) => ({ shelf: shelf.map((run) => (run.id === id ? { ...run, ...change } : run)) })),
    dropRun(id) {
      const run = get().shelf.find((one) => one.id === id);
      if (run) remove(run);
    },
    showIn: (pane, run) => set(({ panes }) => ({ panes: { ...panes, [pane]: run } })),
  };

  return {
    actions,
    /** Whether a run has come to something, and would not be the same again. */
    isWorthIt({ config, changes, track }: RunState, next: RunSoFar): boolean {
      if (!config || (track.latest?.step ?? 0) < 1) return false;
      return changes.length > 0 || JSON.stringify(config) !== JSON.stringify(next.config);
    },
    put({ id, name, config, changes, track }: RunState) {
      if (!config) return;
      const colour = runColours[id % runColours.length];
      const past = { id, name, config, changes, track, colour, visible: true, pinned: false };
      set(({ shelf }) => ({ shelf: [...shelf, past] }));
      makeRoom();
    },
    clear() {
      for (const run of get().shelf) run.track.clear();
      set(({ panes }) => ({ shelf: [], panes: mapped(panes, () => null) }));
    },
  };
}
