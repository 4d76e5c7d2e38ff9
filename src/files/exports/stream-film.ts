import type { FilmFormat } from '../../draw/film/film';
import { type StreamPicture, streamPainter } from '../../draw/stream-image';
import { formatOf } from '../film/formats';
import { evenly } from '../film/plan';
import { type Shot, shoot } from '../film/shoot';
import { type Export, notHere, unbegun } from './export';

/** Frames of a film at most, and seconds that it takes and that its last frame stays. */
const mostFrames = 120;
const filmSeconds = 8;
const holdSeconds = 2;
/** Frames that say which colours a GIF has. */
const sampled = 6;

interface Wanted {
  readonly format: FilmFormat;
  readonly some: readonly StreamPicture[];
}

/** A stream as far as it has come. */
export const streamFilm: Export<FilmFormat, Wanted, Shot<StreamPicture>> = {
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
    const pictureAt = stream?.pictures() ?? null;
    if (!stream || !pictureAt) return null;
    const { what, extension, indexed } = formatOf(format);
    const batches = evenly(stream.batches(), mostFrames);
    return {
      fileName: fileName('film', [], extension),
      wanted: {
        format,
        some: (indexed ? evenly(batches, sampled) : []).map((batch) => structuredClone(pictureAt(batch))),
      },
      parts: shots(batches, pictureAt),
      steps: { what, unit: 'frame', of: batches.length },
    };
  },
  async make({ format, some }, { parts, painting }) {
    return shoot({ format, frameCount: 1 }, streamPainter(1, await painting()), some, parts);
  },
};

function* shots(
  batches: readonly number[],
  pictureAt: (batch: number) => StreamPicture,
): Generator<Shot<StreamPicture>> {
  for (const [i, batch] of batches.entries()) {
    const hold = i + 1 === batches.length ? holdSeconds : 0;
    yield { frame: pictureAt(batch), seconds: filmSeconds / batches.length + hold };
  }
}
