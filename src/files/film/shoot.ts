import { contextOf } from '../../draw/cell-image';
import type { FilmFormat } from '../../draw/film/film';
import { type ColourCounts, countColours } from './colours';
import { formatOf } from './formats';

/** Paints frames, one after the other, on one canvas. */
interface FramePainter<Frame> {
  readonly canvas: OffscreenCanvas;
  paint(frame: Frame): void;
}

/** A frame, and how long it stays, seconds. */
export interface Shot<Frame> {
  readonly frame: Frame;
  readonly seconds: number;
}

/** Films frames as they come. `some` of them say which colours there will be. Throws where the browser cannot encode it. */
export async function shoot<Frame>(
  { format: id, frameCount }: { readonly format: FilmFormat; readonly frameCount: number },
  { canvas, paint }: FramePainter<Frame>,
  some: readonly Frame[],
  shots: AsyncIterable<Shot<Frame>>,
): Promise<Blob> {
  const format = formatOf(id);
  const { width, height } = canvas;
  if (format.isAble && !(await format.isAble(width, height))) throw new Error(`no encoder for ${id}`);
  const counts: ColourCounts = new Map();
  for (const frame of format.indexed ? some : []) {
    paint(frame);
    const { data } = contextOf(canvas, true).getImageData(0, 0, width, height);
    countColours(new Uint32Array(data.buffer), counts);
  }
  const encoder = await format.encoder(canvas, frameCount, counts);
  for await (const { frame, seconds } of shots) {
    paint(frame);
    await encoder.add(canvas, seconds);
  }
  return encoder.finish();
}
