/** Makes a film out of what is on a canvas, frame by frame. */
export interface FilmEncoder {
  /** Takes what is on the canvas now, to be shown so many seconds; settles when there is room for the next. */
  add(canvas: OffscreenCanvas, seconds: number): Promise<void>;
  finish(): Promise<Blob>;
}
