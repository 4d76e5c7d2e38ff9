import type { Side } from '../../kernels/kernels';
import { unitOf } from '../../methods';
import { liveAt } from '../../methods/changes';
import { observe, sideAfter, solveRow, withRow } from '../../methods/inspect';
import type { Snapshot } from '../../methods/snapshot';
import type { Racing } from '../race/race.driver';
import { frameOf } from '../replay/replay';
import type { Held } from '../stage/layout.driver';
import type { Workbench } from '../workbench';
import type { InspectActions } from './slice';

/** Keeps what the inspector shows true to the frames on the stage, while it is open. */
export function inspecting(workbench: Workbench, race: Racing, held: () => Held | null) {
  const { getState: get, setState: set } = workbench;
  let lookedAt: { als: Snapshot | null; changes: unknown; sgd: Snapshot | null } = nothing;
  /** Which row comes next, of each side. */
  let lines: Readonly<Record<Side, number>> = { users: 0, items: 0 };

  /** The frame of ALS, and the rows of it that were solved one by one. */
  function alsFrame(): Snapshot | null {
    const state = get();
    const frame = frameOf(state, state.runs.als, 'als');
    return frame && state.rows?.base === frame ? state.rows.after : frame;
  }

  function lookAtRow() {
    const { runs } = get();
    const frame = alsFrame();
    const { config, changes } = runs.als;
    const split = held()?.split;
    if (!frame || !config || !split) return set({ solved: null });
    const { lambda } = liveAt(config, changes, unitOf(frame));
    const line = Math.min(lines[sideAfter(frame)], countOf(frame) - 1);
    set({ solved: solveRow(frame, split, { ...config, lambda }, line) });
  }

  async function lookAtObservation(after: Snapshot | null) {
    const { track } = get().runs.sgd;
    const before = after && track.snapshots[track.snapshots.indexOf(after) - 1];
    if (!after || !before || after.observations - before.observations !== 1) return set({ observed: null });
    const visit = await race.visit('sgd', before.observations);
    // Meanwhile the film may have gone on, and let these frames go.
    const still = lookedAt.sgd === after && before.userFactors.length > 0;
    if (still) set({ observed: visit && observe(before, after, visit) });
  }

  function look() {
    const state = get();
    const { inspecting, playing, runs, settings, solved } = state;
    if (!inspecting) return;
    const [als, sgd] = [frameOf(state, runs.als, 'als'), frameOf(state, runs.sgd, 'sgd')];
    const { changes } = runs.als;
    const before = lookedAt;
    const changed = als !== before.als || changes !== before.changes;
    // At speed nobody could read it, and a long row would cost frames.
    const readable = !playing || (settings.speed < 1 && !settings.flatOut);
    const anotherRow = readable && changed;
    lookedAt = { ...(anotherRow ? { als, changes } : before), sgd };
    if (state.rows && state.rows.base !== als) set({ rows: null });
    if (anotherRow) lookAtRow();
    if (!readable && changed && solved) set({ solved: null });
    if (sgd !== before.sgd) void lookAtObservation(sgd);
  }
  workbench.subscribe(look);

  const actions: InspectActions = {
    inspect(inspecting) {
      lookedAt = nothing;
      set({ inspecting, solved: null, observed: null, rows: null });
    },
    lookAtRow(line) {
      const frame = alsFrame();
      if (!frame) return;
      lines = { ...lines, [sideAfter(frame)]: Math.min(countOf(frame) - 1, Math.max(0, line)) };
      lookAtRow();
    },
    solveRow() {
      const { solved, runs, rows } = get();
      const base = frameOf(get(), runs.als, 'als');
      if (!solved || !base) return;
      // The row that is shown may be solved already: then the next one is meant.
      if (rows?.line === solved.line) actions.lookAtRow(solved.line + 1);
      const { solved: next } = get();
      const frame = alsFrame();
      if (next && frame)
        set({ playing: false, rows: { base, after: withRow(frame, next), line: next.line } });
    },
  };
  return actions;
}

const nothing = { als: null, changes: null, sgd: null };

/** Rows of the side that comes next. */
const countOf = (frame: Snapshot) => (sideAfter(frame) === 'users' ? frame.userCount : frame.itemCount);
