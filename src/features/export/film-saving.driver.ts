import { configAt, type Film, type FilmedRun, type FilmFrame, type FilmOptions } from '../../draw/film/film';
import { exportFileName } from '../../files/file-name';
import { fileTypes } from '../../files/film/encoder';
import { lengthOf, type Planned, planFilm, snapshotAt } from '../../files/film/plan';
import { saveBlob } from '../../files/save';
import type { Snapshot } from '../../methods/snapshot';
import { coloursFor } from '../../state/colours';
import type { Workbench } from '../../state/workbench';
import type { Actions } from '../actions';
import { isDark } from '../stage/stage-painter';
import { chartOf } from './chart-saving.driver';
import type { Exporter } from './exporter.driver';
import { filmedRuns, titleOf } from './filmed';

/** Frames that say which colours a film will have. */
const sampled = 8;
/** Pixels of a preview. */
const previewSide = 560;

/** Films the runs, and shows beforehand what it will be. */
export function filmSaving(
  { getState: get, setState: set }: Workbench,
  exporter: Exporter,
): Pick<Actions, 'filmed' | 'previewFilm' | 'canFilm' | 'saveFilm' | 'cancelSaving'> {
  const isFilmDark = ({ background }: FilmOptions) =>
    background === 'transparent' ? isDark(get().looks.theme) : background === 'dark';

  function filmOf(options: FilmOptions, runs: readonly FilmedRun[]): Film {
    const state = get();
    const { looks, window } = state;
    const dark = isFilmDark(options);
    return {
      ...{ options, dark, window, title: titleOf(state), view: looks.view, difference: looks.difference },
      colours: coloursFor(looks.palette, dark),
      runs: runs.map(({ snapshots: _, ...run }) => run),
      chart: chartOf(state, runs),
    };
  }

  const filmed = (options: FilmOptions) => filmedRuns(get(), isFilmDark(options));

  return {
    filmed: () => filmedRuns(get(), isDark(get().looks.theme)),
    async previewFilm(options) {
      const runs = filmed(options);
      if (runs.length === 0) return null;
      const plan = planFilm(options);
      const ends = [plan[0], plan[plan.length - 1]].map(({ at }) => frameAt(runs, options, at));
      const worker = await exporter.onStage();
      const [first, last] = await worker.call((api) => api.preview(filmOf(options, runs), ends, previewSide));
      return { first, last, frameCount: plan.length, seconds: lengthOf(plan) };
    },
    canFilm: (format, width, height) => exporter.open().call((api) => api.canFilm(format, width, height)),
    async saveFilm(options) {
      const { data } = get();
      const runs = filmed(options);
      if (!data || runs.length === 0) return;
      // What is being filmed must not move on meanwhile; and the machine is needed.
      set({ playing: false });
      const plan = planFilm(options);
      const file = await exporter.busy(options.format, plan.length, async (said) => {
        const worker = await exporter.onStage();
        const film = filmOf(options, runs);
        const some =
          options.format === 'gif' ? sampleOf(plan).map(({ at }) => frameAt(runs, options, at)) : [];
        if (!(await worker.call((api) => api.begin(film, some))))
          throw new Error(`no encoder for ${film.options.format}`);
        let before: readonly (Snapshot | null)[] = [];
        for (const [i, { at, seconds }] of plan.entries()) {
          const frame = frameAt(runs, options, at);
          const known = before;
          const changed = frame.snapshots.map((snapshot, run) =>
            i > 0 && snapshot === known[run] ? undefined : snapshot,
          );
          await worker.call((api) => api.frame({ at, snapshots: changed }, seconds));
          before = frame.snapshots as readonly (Snapshot | null)[];
          said(i + 1);
        }
        return worker.call((api) => api.finish());
      });
      if (!file) return;
      const { composition, pane, axis, to } = options;
      const shown = composition !== 'matrix' ? runs : pane === 'ratings' ? [] : [runs[pane]];
      const what = composition !== 'matrix' ? 'race' : pane === 'ratings' ? pane : runs[pane].config.method;
      const last = shown.flatMap((run) => {
        const snapshot = snapshotAt(run.snapshots, axis, to);
        return snapshot ? [{ config: configAt(run, snapshot), snapshot }] : [];
      });
      saveBlob(file, exportFileName(data.ratings.name, what, last, fileTypes[options.format].extension));
    },
    cancelSaving: exporter.cancel,
  };
}

function frameAt(runs: readonly FilmedRun[], { axis }: FilmOptions, at: number): FilmFrame {
  return { at, snapshots: runs.map(({ snapshots }) => snapshotAt(snapshots, axis, at)) };
}

/** Evenly so many of them, the first and the last among them. */
function sampleOf(plan: readonly Planned[]): Planned[] {
  const count = Math.min(sampled, plan.length);
  return Array.from(
    { length: count },
    (_, i) => plan[count === 1 ? 0 : Math.round((i * (plan.length - 1)) / (count - 1))],
  );
}
