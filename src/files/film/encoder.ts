import type { FilmOptions } from '../../draw/film/film';

/** Makes a file out of frames. */
export interface FilmEncoder {
  /** Takes what is on the canvas now, to be shown so many seconds; settles when there is room for the next. */
  add(canvas: OffscreenCanvas, seconds: number): Promise<void>;
  finish(): Promise<Blob>;
}

/** File extension and media type of each format. */
export const fileTypes: Readonly<Record<FilmOptions['format'], { extension: string; type: string }>> = {
  gif: { extension: 'gif', type: 'image/gif' },
  mp4: { extension: 'mp4', type: 'video/mp4' },
  webm: { extension: 'webm', type: 'video/webm' },
  frames: { extension: 'zip', type: 'application/zip' },
  png: { extension: 'png', type: 'image/png' },
};
