import type { FilmFormat } from '../../draw/film/film';
import { layoutRow } from '../../draw/sheet/layout';
import { type Sheet, sheetPainter } from '../../draw/sheet/painter';
import { formatOf } from '../film/formats';
import { evenly } from '../film/plan';
import { type Shot, shoot } from '../film/shoot';
import { type Export, notHere, unbegun } from './export';
import type { StagePicture } from './subject';

/** Frames of a film at most, and seconds that it takes and that its last frame stays. */
const mostFrames = 120;
const filmSeconds = 8;
const holdSeconds = 2;
/** Frames that say which colours a GIF has. */
const sampled = 6;

interface Wanted {
  readonly format: FilmFormat;
  /** The first frame, and others that say which colours there will be where they are few. */
  readonly some: readonly StagePicture[];
}

/** A stream as far as it has come. */
export const streamFilm: Export<FilmFormat, Wanted, Shot<Sheet>> = {
  id: 'stream-film',
  group: 'film',
  offers: ({ stream, begun, unable }) =>
    stream
      ? (['mp4', 'gif'] as const).map((format) => ({
          label: `${formatOf(format).name} of the stream`,
          ready: unable.includes(format) ? notHere : begun || unbegun,
          options: () => format,
        }))
      : [],
  gather({ stream, fileName }, format) {
    const stageAt = stream?.stages() ?? null;
    if (!stream || !stageAt) return null;
    const { what, extension, indexed } = formatOf(format);
    const batches = evenly(stream.batches(), mostFrames);
    const some = evenly(batches, indexed ? sampled : 1);
    return {
      fileName: fileName('film', [], extension),
      wanted: { format, some: some.map((batch) => structuredClone(stageAt(batch))) },
      parts: shots(batches, (batch) => stageAt(batch).sheet),
      steps: { what, unit: 'frame', of: batches.length },
    };
  },
  async make({ format, some }, { parts, painting }) {
    const [{ row, sheet }] = some;
    const painter = sheetPainter(layoutRow(row, sheet.panes.length, 1), await painting(), true);
    const sheets = some.map(({ sheet }) => sheet);
    return shoot({ format, frameCount: 1 }, painter, sheets, parts);
  },
};

function* shots(batches: readonly number[], sheetAt: (batch: number) => Sheet): Generator<Shot<Sheet>> {
  for (const [i, batch] of batches.entries()) {
    const hold = i + 1 === batches.length ? holdSeconds : 0;
    yield { frame: sheetAt(batch), seconds: filmSeconds / batches.length + hold };
  }
}
