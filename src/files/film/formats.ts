import type { FilmFormat } from '../../draw/film';
import type { ColourCounts } from './colours';
import type { FilmEncoder } from './encoder';

/** A kind of film. */
export interface Format {
  readonly id: FilmFormat;
  readonly name: string;
  /** What it is called in the sentence 'Making an MP4'. */
  readonly what: string;
  readonly extension: string;
  /** The codec that the browser has to have; absent where every browser can make the film. */
  readonly codec?: string;
  /** Whether it can encode pictures of this size, pixels. */
  readonly isAble?: (width: number, height: number) => Promise<boolean>;
  /** Set where a film has few colours, which are chosen from some of its frames beforehand. */
  readonly indexed?: true;
  /** The encoder is loaded only when a film of this kind is made. */
  readonly encoder: (
    canvas: OffscreenCanvas,
    frameCount: number,
    counts: ColourCounts,
  ) => Promise<FilmEncoder>;
}

const video = (id: 'mp4' | 'webm') => ({
  ...{ id, extension: id },
  isAble: async (width: number, height: number) => (await import('./video')).canFilm(id, width, height),
  encoder: async (canvas: OffscreenCanvas) => (await import('./video')).videoEncoder(canvas, id),
});

const pictures = (id: 'frames' | 'png') => ({
  id,
  encoder: async (_: OffscreenCanvas, frameCount: number) =>
    (await import('./frames')).framesEncoder({ format: id, frameCount }),
});

export const formats: readonly Format[] = [
  { ...video('mp4'), name: 'MP4', what: 'an MP4', codec: 'H.264' },
  { ...video('webm'), name: 'WebM', what: 'a WebM video', codec: 'VP9' },
  {
    ...{ id: 'gif', name: 'GIF', what: 'a GIF', extension: 'gif', indexed: true },
    encoder: async (_canvas, _frameCount, counts) => (await import('./gif')).gifEncoder(counts),
  },
  { ...pictures('frames'), name: 'PNG frames', what: 'PNG frames', extension: 'zip' },
  { ...pictures('png'), name: 'PNG', what: 'a PNG', extension: 'png' },
];

export const formatOf = (id: FilmFormat): Format => formats.find((format) => format.id === id) as Format;

/** Most films are about so many pixels wide and high. */
const usual = [1280, 720] as const;

/** The kinds of films that this browser cannot encode. To find out, the encoder of videos is loaded. */
export async function unableToFilm(): Promise<FilmFormat[]> {
  const able = await Promise.all(formats.map(({ isAble }) => isAble?.(...usual) ?? true));
  return formats.flatMap(({ id }, i) => (able[i] ? [] : [id]));
}
