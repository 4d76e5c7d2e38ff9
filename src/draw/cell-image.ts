export type Context2d = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A rectangle of a canvas, in its pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Cells as a picture of one pixel each, to be drawn at any size. */
export function cellImage(width: number, height: number) {
  const canvas = new OffscreenCanvas(width, height);
  const own = contextOf(canvas);
  const image = own.createImageData(width, height);
  let enlarged: OffscreenCanvas | null = null;
  return {
    /** One RGBA word per cell, row-major: what painters write to. */
    words: new Uint32Array(image.data.buffer),
    /** Draws the cells at any place and size, partly outside too: quick, but its cells may differ by a pixel. */
    stretch(context: Context2d, { x, y, width: toWidth, height: toHeight }: Box): void {
      own.putImageData(image, 0, 0);
      context.imageSmoothingEnabled = toWidth < width || toHeight < height;
      context.drawImage(canvas, x, y, toWidth, toHeight);
    },
    /** Draws the cells into a box, without blurring one into the next. */
    draw(context: Context2d, { x, y, width: toWidth, height: toHeight }: Box): void {
      own.putImageData(image, 0, 0);
      const whole = toWidth % width === 0 && toHeight % height === 0;
      context.imageSmoothingEnabled = !whole;
      context.imageSmoothingQuality = 'medium';
      if (whole || (toWidth < width && toHeight < height)) {
        context.drawImage(canvas, x, y, toWidth, toHeight);
        return;
      }
      // To a size that is no multiple: enlarged first with hard edges, then reduced smoothly, so that cells
      // stay crisp and equally wide.
      const timesX = Math.ceil(toWidth / width);
      const timesY = Math.ceil(toHeight / height);
      if (enlarged?.width !== width * timesX || enlarged.height !== height * timesY) {
        enlarged = new OffscreenCanvas(width * timesX, height * timesY);
      }
      const middle = contextOf(enlarged);
      middle.imageSmoothingEnabled = false;
      middle.drawImage(canvas, 0, 0, enlarged.width, enlarged.height);
      context.drawImage(enlarged, x, y, toWidth, toHeight);
    },
  };
}
export type CellImage = ReturnType<typeof cellImage>;

/** @param read whether its pixels are asked for often */
export function contextOf(canvas: OffscreenCanvas, read = false): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: read });
  if (!context) throw new RangeError(`no canvas of ${canvas.width} × ${canvas.height}`);
  return context;
}

/**
 * The side, in device pixels, at which so many cells are drawn in the room there is: a whole number of pixels per
 * cell where that fills most of the room, so that all cells are alike; else all the room.
 */
export function crispSide(cells: number, room: number): number {
  const whole = Math.floor(room / cells) * cells;
  return whole >= room * 0.9 ? whole : Math.max(1, Math.floor(room));
}
