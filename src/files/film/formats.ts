import type { FilmFormat } from '../../draw/film';

/** A kind of film. */
export interface Format {
  readonly id: FilmFormat;
  readonly name: string;
  /** What it is called in the sentence 'Making an MP4'. */
  readonly what: string;
  readonly extension: string;
  /** The codec that the browser has to have; absent where every browser can make the film. */
  readonly codec?: string;
  /** Set where a film has few colours, which are chosen from some of its frames beforehand. */
  readonly indexed?: true;
}

export const formats: readonly Format[] = [
  { id: 'mp4', name: 'MP4', what: 'an MP4', extension: 'mp4', codec: 'H.264' },
  { id: 'webm', name: 'WebM', what: 'a WebM video', extension: 'webm', codec: 'VP9' },
  { id: 'gif', name: 'GIF', what: 'a GIF', extension: 'gif', indexed: true },
  { id: 'frames', name: 'PNG frames', what: 'PNG frames', extension: 'zip' },
  { id: 'png', name: 'PNG', what: 'a PNG', extension: 'png' },
];

export const formatOf = (id: FilmFormat): Format => formats.find((format) => format.id === id) as Format;
