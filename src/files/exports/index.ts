import { chartPng } from './chart-png';
import { chartSvg } from './chart-svg';
import { code } from './code';
import type { Export } from './export';
import { factorsTable } from './factors-csv';
import { factorsNpy } from './factors-npy';
import { factorsParquet } from './factors-parquet';
import { film } from './film';
import { metricsTable } from './metrics-csv';
import { picturePng } from './picture-png';
import { predictionsTable } from './predictions-csv';
import { pruningTable } from './pruning-csv';
import { runFile } from './run-file';
import { searchTable } from './search-csv';
import { searchFilm } from './search-film';
import { slides } from './slides';
import { streamTable } from './stream-csv';
import { streamFilm } from './stream-film';

/** Everything that can be saved, in the sections of the menu. */
export const sections: readonly (readonly Export[])[] = [
  [film, streamFilm, slides, searchFilm],
  [picturePng],
  [
    ...[chartSvg, chartPng, metricsTable, predictionsTable],
    ...[factorsTable, factorsParquet, factorsNpy, code, runFile, streamTable, pruningTable, searchTable],
  ],
];

export const exports = sections.flat();

export function exportOf(id: string): Export {
  const found = exports.find((one) => one.id === id);
  if (!found) throw new Error(`no export ${id}`);
  return found;
}
