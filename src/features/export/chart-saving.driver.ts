import { chartFigure } from '../../draw/chart/figure';
import { svgOf } from '../../draw/chart/svg';
import type { FilmedRun } from '../../draw/film/film';
import { themes } from '../../draw/theme';
import { exportFileName } from '../../files/file-name';
import { rangeOf } from '../../files/film/plan';
import { metricsCsv } from '../../files/metrics-csv';
import { saveBlob } from '../../files/save';
import type { Workbench, WorkbenchState } from '../../state/workbench';
import type { Actions } from '../actions';
import { referenceLines, valueRange } from '../chart/reference-lines';
import { isDark } from '../stage/stage-painter';
import { filmedRun, filmedRuns, recordedRuns, titleOf } from './filmed';

/** What a chart of these runs shows beside them, at the scale of the page's. */
export function chartOf(state: WorkbenchState, runs: readonly Pick<FilmedRun, 'metrics'>[]) {
  const references = referenceLines(state);
  const log = state.looks.chartScale === 'log';
  const columns = runs.flatMap(({ metrics }) => [
    metrics.trainRmse,
    metrics.validationRmse.filter(Number.isFinite),
  ]);
  return { references, range: valueRange(references, columns, log), log };
}

/** Size of the saved chart, in its own units. */
const size = { width: 800, height: 360 };

/** Saves the chart: as it is shown, and its numbers. */
export function chartSaving({ getState: get }: Workbench): Pick<Actions, 'saveChart'> {
  /** The runs in the panes, and those of the list that are drawn with them. */
  function drawn(state: WorkbenchState, dark: boolean): FilmedRun[] {
    const shown = filmedRuns(state, dark);
    const past = state.shelf.filter((run) => run.visible).flatMap((run) => filmedRun(run, run.name, dark));
    return [...shown, ...past.filter(({ metrics }) => shown.every((run) => run.metrics !== metrics))];
  }

  function svg(state: WorkbenchState): string {
    const dark = isDark(state.looks.theme);
    const theme = themes[dark ? 'dark' : 'light'];
    const runs = drawn(state, dark);
    const { chartAxis: axis } = state.looks;
    const { from, to } = rangeOf(runs, axis);
    const content = { runs, axis, from: Math.min(0, from), to, upTo: null, ...chartOf(state, runs) };
    return svgOf(
      chartFigure(content, theme, size.width, size.height, 1.1),
      `RMSE · ${titleOf(state)}`,
      theme.ground,
    );
  }

  return {
    saveChart(as) {
      const state = get();
      const { data } = state;
      if (!data) return;
      const [text, type] =
        as === 'svg' ? [svg(state), 'image/svg+xml'] : [metricsCsv(recordedRuns(state)), 'text/csv'];
      saveBlob(new Blob([text], { type }), exportFileName(data.ratings.name, 'rmse', [], as));
    },
  };
}
