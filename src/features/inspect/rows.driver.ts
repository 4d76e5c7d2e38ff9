import type { Side } from '../../kernels/kernels';
import { unitOf } from '../../methods';
import { liveAt } from '../../methods/changes';
import { sideAfter, solveRow, withRow } from '../../methods/inspect';
import type { MethodId } from '../../methods/method';
import type { Snapshot } from '../../methods/snapshot';
import type { Held } from '../data/holding.driver';
import { frameOf } from '../replay/replay';
import type { Workbench } from '../workbench';
import type { Inspected } from './slice';

/** What the inspector has to say of a method from now on. */
export type Say = (change: Inspected) => void;

/** Shows how one method solves rows: the next of its frame on the stage, and those that were solved on top of it. */
export function rowInspector(
  method: MethodId,
  { getState: get, setState: set }: Workbench,
  held: () => Held | null,
  say: Say,
) {
  let lookedAt: { readonly frame: Snapshot | null; readonly changes: unknown } = nothing;
  /** Which row comes next, of each side. */
  let lines: Readonly<Record<Side, number>> = { users: 0, items: 0 };

  const base = () => frameOf(get(), get().runs[method], method);

  /** The frame on the stage, with the rows of it that were solved one by one. */
  function frame(): Snapshot | null {
    const shown = base();
    const rows = get().inspected[method]?.rows;
    return shown && rows?.base === shown ? rows.after : shown;
  }

  function lookAgain() {
    const { config, changes } = get().runs[method];
    const shown = frame();
    const split = held()?.split;
    if (!shown || !config || !split) return say({ solved: null });
    const { lambda } = liveAt(config, changes, unitOf(shown));
    const line = Math.min(lines[sideAfter(shown)], countOf(shown) - 1);
    say({ solved: solveRow(shown, split, { ...config, lambda }, line) });
  }

  function lookAt(line: number) {
    const shown = frame();
    if (!shown) return;
    lines = { ...lines, [sideAfter(shown)]: Math.min(countOf(shown) - 1, Math.max(0, line)) };
    lookAgain();
  }

  return {
    forget() {
      lookedAt = nothing;
    },
    /** @param isReadable at speed nobody could read it, and a long row would cost frames */
    look(isReadable: boolean) {
      const { changes } = get().runs[method];
      const shown = base();
      const { rows, solved } = get().inspected[method] ?? {};
      if (rows && rows.base !== shown) say({ rows: null });
      if (shown === lookedAt.frame && changes === lookedAt.changes) return;
      if (isReadable) {
        lookedAt = { frame: shown, changes };
        lookAgain();
      } else if (solved) say({ solved: null });
    },
    lookAt,
    /** Solves the row that is looked at, or the one after it where that is done. */
    solve() {
      const { solved, rows } = get().inspected[method] ?? {};
      const before = base();
      if (!solved || !before) return;
      if (rows?.line === solved.line) lookAt(solved.line + 1);
      const next = get().inspected[method]?.solved;
      const shown = frame();
      if (!next || !shown) return;
      set({ playing: false });
      say({ rows: { base: before, after: withRow(shown, next), line: next.line } });
    },
  };
}

const nothing = { frame: null, changes: null };

/** Rows of the side that comes next. */
const countOf = (frame: Snapshot) => (sideAfter(frame) === 'users' ? frame.userCount : frame.itemCount);
