import { chartPng } from './chart-png';
import { chartSvg } from './chart-svg';
import type { Export } from './export';
import { factorsTable } from './factors-csv';
import { film } from './film';
import { metricsTable } from './metrics-csv';
import { picturePng } from './picture-png';
import { predictionsTable } from './predictions-csv';
import { runFile } from './run-file';
import { slides } from './slides';
import { streamTable } from './stream-csv';
import { streamFilm } from './stream-film';

/** Everything that can be saved, in the sections of the menu. */
export const sections: readonly (readonly Export[])[] = [
  [film, streamFilm, slides],
  [picturePng],
  [chartSvg, chartPng, metricsTable, predictionsTable, factorsTable, runFile, streamTable],
];

export const exports = sections.flat();

export function exportOf(id: string): Export {
  const found = exports.find((one) => one.id === id);
  if (!found) throw new Error(`no export ${id}`);
  return found;
}
