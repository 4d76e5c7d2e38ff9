import { contextOf } from '../../draw/cell-image';
import type { FilmFormat } from '../../draw/film';
import type { SheetLayout } from '../../draw/sheet/layout';
import { type Sheet, type SheetPane, sheetPainter } from '../../draw/sheet/painter';
import type { Reconstruct } from '../../kernels/simd/reconstruct';
import type { Tools } from '../exports/export';
import { type ColourCounts, countColours } from './colours';

/** A frame of a film, told as what has changed on the sheet since the frame before. */
export interface Frame extends Partial<Omit<Sheet, 'panes' | 'chart'>> {
  /** Null for a pane that stands still. */
  readonly panes: readonly (SheetPane | null)[];
  /** The curves of the chart are drawn up to this place on its axis. */
  readonly upTo: number;
  /** The frame is shown so long, in seconds. */
  readonly seconds: number;
}

/** What a film is made of, apart from its frames. */
export interface Reel {
  readonly format: FilmFormat;
  readonly frameCount: number;
  readonly layout: SheetLayout;
  /** Everything that is the same in all frames. */
  readonly sheet: Sheet;
  /** Frames from which colours are chosen, where the format has few of them. */
  readonly some: readonly Frame[];
}

/** Paints one frame after the other on one canvas; the first one has to have all panes. */
function framePainter({ layout, sheet }: Pick<Reel, 'layout' | 'sheet'>, reconstruct: Reconstruct | null) {
  const { canvas, paint } = sheetPainter(layout, reconstruct, true);
  let now = sheet;
  return {
    canvas,
    paint({ panes, upTo, seconds: _, ...changed }: Frame) {
      const chart = now.chart && { chart: { ...now.chart, upTo } };
      now = { ...now, ...changed, ...chart, panes: panes.map((pane, i) => pane ?? now.panes[i]) };
      paint(now);
    },
  };
}

/** Makes the file of a film from its frames as they come. Throws where the browser cannot encode it. */
export async function shoot(reel: Reel, tools: Tools<Frame>): Promise<Blob> {
  return encodeFilm(framePainter(reel, await tools.painting()), reel, tools);
}

/** The same of frames of any kind, painted on a canvas one after the other. */
export async function encodeFilm<F extends { readonly seconds: number }>(
  { canvas, paint }: { readonly canvas: OffscreenCanvas; paint(frame: F): void },
  { format, frameCount, some }: Pick<Reel, 'format' | 'frameCount'> & { readonly some: readonly F[] },
  { parts, encoders }: Pick<Tools<F>, 'parts' | 'encoders'>,
): Promise<Blob> {
  const counts: ColourCounts = new Map();
  for (const frame of some) {
    paint(frame);
    const { data } = contextOf(canvas, true).getImageData(0, 0, canvas.width, canvas.height);
    countColours(new Uint32Array(data.buffer), counts);
  }
  const encoder = await encoders[format](canvas, { frameCount, counts });
  for await (const frame of parts) {
    paint(frame);
    await encoder.add(canvas, frame.seconds);
  }
  return encoder.finish();
}

/** Pictures of the first and the last of some frames, at most `most` pixels a side. */
export async function preview(
  reel: Reel,
  frames: readonly Frame[],
  most: number,
  { painting }: Tools<Frame>,
): Promise<ImageBitmap[]> {
  const { canvas, paint } = framePainter(reel, await painting());
  const share = Math.min(1, most / Math.max(canvas.width, canvas.height));
  const seen = () => {
    const small = new OffscreenCanvas(Math.ceil(canvas.width * share), Math.ceil(canvas.height * share));
    const context = contextOf(small);
    context.imageSmoothingQuality = 'high';
    context.drawImage(canvas, 0, 0, small.width, small.height);
    return small.transferToImageBitmap();
  };
  paint(frames[0]);
  const first = seen();
  for (const frame of frames.slice(1)) paint(frame);
  return [first, seen()];
}
