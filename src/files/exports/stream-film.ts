import type { FilmFormat } from '../../draw/film';
import { layoutRow } from '../../draw/sheet/layout';
import { formatOf } from '../film/formats';
import { evenly } from '../film/plan';
import { type Frame, type Reel, shoot } from '../film/shoot';
import { type Export, notHere, unbegun } from './export';

/** Frames of a film at most, and seconds that it takes and that its last frame stays. */
const mostFrames = 120;
const filmSeconds = 8;
const holdSeconds = 2;
/** Frames that say which colours a GIF has. */
const sampled = 6;

/** A stream as far as it has come. */
export const streamFilm: Export<FilmFormat, Reel, Frame> = {
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
    const frameAt = (batch: number, i: number): Frame => {
      const { sheet } = stageAt(batch);
      const hold = i + 1 === batches.length ? holdSeconds : 0;
      const upTo = sheet.chart?.upTo ?? 0;
      const { look: _, chart: __, ...changed } = sheet;
      return { ...changed, upTo, seconds: filmSeconds / batches.length + hold };
    };
    const { sheet, row } = stageAt(batches[0]);
    const some = indexed ? evenly(batches, sampled) : [];
    return {
      fileName: fileName('film', [], extension),
      wanted: {
        ...{ format, frameCount: batches.length, layout: layoutRow(row, sheet.panes.length, 1), sheet },
        // Each frame overwrites the scene of the one before.
        some: some.map((batch) => structuredClone(frameAt(batch, 0))),
      },
      parts: mapped(batches, frameAt),
      steps: { what, unit: 'frame', of: batches.length },
    };
  },
  make: shoot,
};

/** Frames, each made when its turn comes. */
function* mapped(batches: readonly number[], frameAt: (batch: number, i: number) => Frame): Generator<Frame> {
  for (const [i, batch] of batches.entries()) yield frameAt(batch, i);
}
