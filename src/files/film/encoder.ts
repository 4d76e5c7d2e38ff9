import type { FilmFormat } from '../../draw/film';
import type { ColourCounts } from './colours';

/** Makes a film out of what is on a canvas, frame by frame. */
export interface FilmEncoder {
  /** Takes what is on the canvas now, to be shown so many seconds; settles when there is room for the next. */
  add(canvas: OffscreenCanvas, seconds: number): Promise<void>;
  finish(): Promise<Blob>;
}

/** Opens an encoder of each kind of film. Throws where the browser cannot encode it. */
export type Encoders = Readonly<
  Record<
    FilmFormat,
    (
      canvas: OffscreenCanvas,
      film: {
        readonly frameCount: number;
        /** Colours of some of its frames, where the format is indexed. */
        readonly counts: ColourCounts;
      },
    ) => Promise<FilmEncoder>
  >
>;
