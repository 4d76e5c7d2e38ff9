import { configAt } from '../../draw/film/film';
import type { Look, Painted } from '../../draw/image';
import { exportFileName } from '../../files/file-name';
import { saveBlob } from '../../files/save';
import { raceIds } from '../../methods';
import type { MethodId } from '../../methods/method';
import { coloursFor } from '../../state/colours';
import { comparedFrames, shownFrame } from '../../state/film';
import type { Workbench, WorkbenchState } from '../../state/workbench';
import type { ExportApi } from '../../workers/protocol';
import type { WorkerHandle } from '../../workers/worker-handle';
import type { Actions } from '../actions';
import { isDark } from '../stage/stage-painter';
import type { Exporter } from './exporter.driver';
import { filmedRuns, titleOf } from './filmed';

/** Saves what the stage shows as pictures. */
export function saving(
  { getState: get, setState: set }: Workbench,
  exporter: Exporter,
): Pick<Actions, 'exportMatrix' | 'exportStage'> {
  async function save(
    what: string,
    models: readonly Painted[],
    transparent: boolean,
    render: (worker: WorkerHandle<ExportApi>, look: Look) => Promise<Blob>,
  ) {
    const { data } = get();
    if (!data) return;
    try {
      const blob = await render(await exporter.onStage(), lookOf(get(), transparent));
      saveBlob(blob, exportFileName(data.ratings.name, what, models));
    } catch {
      set({ notice: { kind: 'export-failed' } });
    }
  }

  return {
    exportMatrix(pane, scale) {
      const state = get();
      const compared = pane === 'ratings' ? comparedFrames(state) : null;
      const models = pane === 'ratings' ? [] : modelsOf(state, [pane]);
      const subject =
        pane !== 'ratings'
          ? models[0]?.snapshot
          : compared
            ? ([compared.left, compared.right] as const)
            : pane;
      if (!subject) return Promise.resolve();
      const what = compared ? 'difference' : pane;
      return save(what, models, false, (worker, look) =>
        worker.call((api) => api.matrix(look, subject, scale)),
      );
    },
    exportStage(scale, transparent = false) {
      const state = get();
      const models = modelsOf(state, raceIds);
      return save('stage', models, transparent, (worker, look) =>
        worker.call((api) => api.wholeStage(look, titleOf(state), models, scale)),
      );
    },
  };
}

/** What is in the panes now. */
function modelsOf(state: WorkbenchState, panes: readonly MethodId[]): Painted[] {
  const runs = filmedRuns(state, isDark(state.looks.theme));
  return panes.flatMap((pane) => {
    const snapshot = shownFrame(state, pane);
    const run = runs[raceIds.indexOf(pane)];
    if (!snapshot || !run) return [];
    return [{ name: run.name, colour: run.colour, config: configAt(run, snapshot), snapshot }];
  });
}

/** As the screen has it. */
function lookOf({ looks, window }: WorkbenchState, transparent: boolean): Look {
  const dark = isDark(looks.theme);
  const { view, difference } = looks;
  return { colours: coloursFor(looks.palette, dark), view, dark, transparent, window, difference };
}
