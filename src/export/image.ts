import { type Colours, paintFactors, paintModel, paintRatings, type View } from '../paint/painter';
import { predictionBuffer } from '../paint/predictions';
import type { Scene } from '../paint/scene';
import type { RunConfig } from '../runs/config';
import type { Snapshot } from '../runs/snapshot';
import { type CellImage, type Context2d, cellImage, contextOf } from './cell-image';
import { describeRun } from './file-name';
import { saveBlob } from './save';

/** A model as it is to be drawn. */
export interface Painted {
  readonly config: RunConfig;
  readonly snapshot: Snapshot;
}

/** How a picture is drawn; the same colours and view as the screen's. */
export interface Look {
  readonly scene: Scene;
  readonly colours: Colours;
  readonly view: View;
  readonly dark: boolean;
  /** Colour at t of the legend's scale, as CSS. */
  readonly legend: (t: number) => string;
}

/** One matrix, `scale` pixels to a cell, nothing else. The ratings where no model is given. */
export function matrixImage(look: Look, model: Painted | null, scale: number): OffscreenCanvas {
  const cells = paintedCells(look, model);
  const canvas = new OffscreenCanvas(cells.width * scale, cells.height * scale);
  cells.draw(contextOf(canvas), 0, 0, canvas.width, canvas.height);
  return canvas;
}

function paintedCells({ scene, colours, view }: Look, model: Painted | null): CellImage {
  const cells = cellImage(scene.width, scene.height);
  if (model) paintModel(scene, colours, view, predictionBuffer(scene), model.snapshot, cells.words);
  else paintRatings(scene, colours, view, cells.words);
  return cells;
}

/** Lengths of the stage picture at scale 1, pixels. */
const side = 300;
const strip = 30;
const gap = 4;
const margin = 28;
const between = 32;
const head = 74;
const foot = 86;

/** The whole stage, 1× about 1120 × 494: title, three matrices with their factors, parameters, errors, legend. */
export function stageImage(
  look: Look,
  title: string,
  models: readonly Painted[],
  scale: number,
): OffscreenCanvas {
  const paneWidth = strip + gap + side;
  const width = 2 * margin + 3 * paneWidth + 2 * between;
  const height = head + strip + gap + side + foot;
  const canvas = new OffscreenCanvas(width * scale, height * scale);
  const context = contextOf(canvas);
  const ink = look.dark ? '#e8eaee' : '#1d2127';
  const faint = look.dark ? '#9aa2ae' : '#5c6470';
  context.fillStyle = look.dark ? '#14171c' : '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  const say = (
    text: string,
    x: number,
    y: number,
    font: string,
    colour = ink,
    align: CanvasTextAlign = 'left',
  ) => {
    context.font = `${font.replace(/([\d.]+)px/, (_, size) => `${Number(size) * scale}px`)} 'Inter Variable', system-ui, sans-serif`;
    context.fillStyle = colour;
    context.textAlign = align;
    context.fillText(text, x * scale, y * scale);
  };
  const draw = (image: CellImage, x: number, y: number, w: number, h: number) =>
    image.draw(context, x * scale, y * scale, w * scale, h * scale);

  say(title, margin, 34, '600 17px');
  say('factorscope', width - margin, 34, '500 12px', faint, 'right');
  for (const [i, model] of [null, ...models].entries()) {
    const left = margin + i * (paneWidth + between) + strip + gap;
    const top = head + strip + gap;
    const name = model ? (model.config.method === 'als' ? 'ALS' : 'B-SGD') : 'Ratings';
    say(
      name,
      left,
      head - 2,
      '600 13px',
      model ? (model.config.method === 'als' ? '#3b82c4' : '#d9772b') : ink,
    );
    draw(paintedCells(look, model), left, top, side, side);
    if (!model) continue;
    drawFactors(look.scene, model.snapshot, draw, left, top);
    const { trainRmse, validationRmse } = model.snapshot;
    say(describeRun(model.config, model.snapshot), left, top + side + 22, '400 12px', faint);
    const validation = validationRmse === null ? '' : ` · validation ${validationRmse.toFixed(3)}`;
    say(`RMSE ${trainRmse.toFixed(3)}${validation}`, left, top + side + 40, '500 12px');
  }
  drawLegend(look, context, scale, say, margin + strip + gap, height - foot + 14, faint);
  return canvas;
}

type Draw = (image: CellImage, x: number, y: number, width: number, height: number) => void;

function drawFactors(scene: Scene, snapshot: Snapshot, draw: Draw, left: number, top: number): void {
  const { users, items } = predictionBuffer(scene).factors(snapshot);
  const standing = cellImage(snapshot.rank, scene.height);
  const lying = cellImage(scene.width, snapshot.rank);
  paintFactors(users, snapshot.rank, false, standing.words);
  paintFactors(items, snapshot.rank, true, lying.words);
  draw(standing, left - strip - gap, top, strip, side);
  draw(lying, left, top - strip - gap, side, strip);
}

type Say = (
  text: string,
  x: number,
  y: number,
  font: string,
  colour?: string,
  align?: CanvasTextAlign,
) => void;

function drawLegend(
  look: Look,
  context: Context2d,
  scale: number,
  say: Say,
  x: number,
  y: number,
  faint: string,
): void {
  const width = 160;
  for (let i = 0; i < width; i++) {
    context.fillStyle = look.legend(i / (width - 1));
    context.fillRect((x + i) * scale, y * scale, scale, 10 * scale);
  }
  const { min, max } = look.scene.scale;
  say(String(min), x, y + 26, '400 11px', faint);
  say(`${max} rating units`, x + width, y + 26, '400 11px', faint, 'right');
}

/** Encodes a canvas as PNG and hands it to the browser as a download. Throws where the canvas could not be encoded. */
export async function savePng(canvas: OffscreenCanvas, fileName: string): Promise<void> {
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  if (blob.size === 0) throw new RangeError(`no picture of ${canvas.width} × ${canvas.height}`);
  saveBlob(blob, fileName);
}
