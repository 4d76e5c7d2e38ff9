import type uPlot from 'uplot';
import { raceIds } from '../../methods';
import { comparison, paneName } from '../../state/film';
import type { ChartAxis, WorkbenchState } from '../../state/workbench';
import { lastBefore } from './chart-data';

export const seriesNames = ['ALS train', 'ALS validation', 'B-SGD train', 'B-SGD validation'];

export const short = (value: number): string => {
  const [unit, by] = (
    [
      [' T', 1e12],
      [' G', 1e9],
      [' M', 1e6],
      [' k', 1e3],
    ] as const
  ).find(([, from]) => Math.abs(value) >= (from === 1e3 ? 1e4 : from)) ?? ['', 1];
  return by === 1 ? String(+value.toPrecision(4)) : `${+(value / by).toPrecision(3)}${unit}`;
};

/** The values under the pointer; else who is ahead. */
export function showReadout(u: uPlot, state: WorkbenchState, readout: HTMLElement): void {
  const index = u.cursor.idx;
  const text = index === null || index === undefined ? verdict(state) : valuesAt(u, index);
  if (readout.textContent !== text) readout.textContent = text;
}

function valuesAt(u: uPlot, index: number): string {
  const parts = seriesNames.flatMap((name, i) => {
    const value = lastBefore(u.data[i + 1] as (number | null)[], index);
    return value === null ? [] : [`${name} ${short(value)}`];
  });
  return `at ${short(u.data[0][index])}: ${parts.join(' · ')}`;
}

const same: Record<ChartAxis, (place: number) => string> = {
  step: (place) => `After ${+place.toFixed(2)} steps`,
  observations: (place) => `Same ratings seen (${short(place)})`,
  flops: (place) => `Same cost (${short(place)}FLOP)`,
  seconds: (place) => `Same time (${place.toFixed(2)} s)`,
};

/** Who is ahead at the same place of the axis, and by how much. */
export function verdict(state: WorkbenchState): string {
  const compared = comparison(state);
  if (!compared) return '';
  const { place, rmse, held } = compared;
  const names = raceIds.map((method) => paneName(state, method));
  const gap = Math.abs(rmse[0] - rmse[1]);
  const where = same[state.looks.chartAxis](place);
  if (!(gap > 0)) return `${where}: level`;
  const ahead = names[rmse[0] < rmse[1] ? 0 : 1];
  return `${where}: ${ahead} is ahead by ${short(+gap.toPrecision(3))}${held ? ' (held out)' : ''}`;
}
