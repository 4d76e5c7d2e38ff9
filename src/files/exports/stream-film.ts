import type { FilmOptions } from '../../draw/film';
import { layoutRow } from '../../draw/sheet/layout';
import { formatOf } from '../film/formats';
import { evenly } from '../film/plan';
import { type Frame, type Reel, shoot } from '../film/shoot';
import type { Export } from './export';
import { usualFilms } from './film';

/** A film has so many frames at most, takes so many seconds, and shows its last frame so much longer. */
const mostFrames = 120;
const filmSeconds = 8;
const holdSeconds = 2;
/** From so many of its frames the colours of a GIF are chosen. */
const sampled = 6;

/** The stream from its beginning to where it is now. */
export const streamFilm: Export<Pick<FilmOptions, 'format'>, Reel, Frame> = {
  id: 'stream-film',
  offers: (subject) => (subject.stream ? usualFilms(subject, 'stream') : []),
  gather({ stream, row, fileName }, { format }) {
    const stageAt = stream?.stages() ?? null;
    if (!stream || !stageAt) return null;
    const { what, extension, indexed } = formatOf(format);
    const batches = evenly(stream.batches(), mostFrames);
    const frameAt = (batch: number, i: number): Frame => {
      const sheet = stageAt(batch);
      const hold = i + 1 === batches.length ? holdSeconds : 0;
      const upTo = sheet.chart?.upTo ?? 0;
      const { look: _, chart: __, ...changed } = sheet;
      return { ...changed, upTo, seconds: filmSeconds / batches.length + hold };
    };
    const sheet = stageAt(batches[0]);
    const some = indexed ? evenly(batches, sampled) : [];
    return {
      fileName: fileName('film', [], extension),
      wanted: {
        ...{ format, frameCount: batches.length, layout: layoutRow(row, sheet.panes.length, 1), sheet },
        // Every frame writes over the scene of the one before, so those that are kept have to be copies.
        some: some.map((batch) => structuredClone(frameAt(batch, 0))),
      },
      parts: mapped(batches, frameAt),
      steps: { what, unit: 'frame', of: batches.length },
    };
  },
  make: shoot,
};

/** Makes each frame when its turn comes. */
function* mapped(batches: readonly number[], frameAt: (batch: number, i: number) => Frame): Generator<Frame> {
  for (const [i, batch] of batches.entries()) yield frameAt(batch, i);
}
