import type { FilmFormat } from '../../draw/film';
import { type MapFrame, type MapSheet, mapPainter } from '../../draw/search-map';
import { formatOf } from '../film/formats';
import { encodeFilm } from '../film/shoot';
import type { Export } from './export';

interface Wanted {
  readonly format: FilmFormat;
  readonly sheet: MapSheet;
  readonly frameCount: number;
  /** Frames from which colours are chosen, where the format has few of them. */
  readonly some: readonly MapFrame[];
}

/** The map of a search as it fills; as a picture, how it ends. */
export const searchFilm: Export<{ readonly format: FilmFormat }, Wanted, MapFrame> = {
  id: 'search-film',
  offers: ({ search, unable }) =>
    search?.map
      ? (['gif', 'mp4', 'webm', 'png'] as const).map((format) => ({
          label: `Search map ${formatOf(format).name}`,
          ready: unable.includes(format) ? 'not in this browser' : search.known > 0 || 'nothing is known yet',
          options: { format },
        }))
      : [],
  gather({ search }, { format }) {
    if (!search?.map) return null;
    const all = search.map.frames();
    const last = all[all.length - 1];
    const frames = format === 'png' ? [last] : all;
    const { extension, what } = formatOf(format);
    return {
      fileName: search.fileName(extension),
      wanted: { format, sheet: search.map.sheet, frameCount: frames.length, some: [all[0], last] },
      parts: frames,
      steps: { what, unit: 'frame', of: frames.length },
    };
  },
  async make({ format, sheet, frameCount, some }, tools) {
    // Its letters are there once what is painted can be.
    await tools.painting();
    return encodeFilm<MapFrame>(mapPainter(sheet), { format, frameCount, some }, tools);
  },
};
