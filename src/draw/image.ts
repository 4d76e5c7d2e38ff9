import type { Reconstruct } from '../kernels/simd/reconstruct';
import type { RunConfig } from '../methods/config';
import type { Snapshot } from '../methods/snapshot';
import { type Context2d, cellImage, contextOf } from './cell-image';
import { describeErrors, describeRun } from './describe-run';
import { type Colours, paintFactors, type View } from './painter';
import { aroundZero, type ColourTable } from './palette';
import { cellsShown, drawPane, drawStrip, pane, type Subject } from './pane';
import { predictionBuffer } from './predictions';
import { errorReach, type Scene } from './scene';
import { fontOf, themes } from './theme';
import type { Window } from './window';

/** A model as it is to be drawn. */
export interface Painted {
  readonly name: string;
  /** CSS */
  readonly colour: string;
  readonly config: RunConfig;
  readonly snapshot: Snapshot;
}

/** How a picture is drawn; the same colours, view and window as the screen's. */
export interface Look {
  readonly colours: Colours;
  readonly view: View;
  readonly dark: boolean;
  readonly transparent: boolean;
  /** null: the whole. */
  readonly window: Window | null;
  /** Whether the first pane shows what the first model predicts less what the second does, not the ratings. */
  readonly difference: boolean;
}

/** One matrix, `scale` pixels to a cell, nothing else. */
export function matrixImage(
  scene: Scene,
  look: Look,
  subject: Subject,
  scale: number,
  reconstruct: Reconstruct | null,
): OffscreenCanvas {
  const { window } = look;
  const { width, height } = cellsShown(scene, window);
  const canvas = new OffscreenCanvas(width * scale, height * scale);
  const painted = pane(scene, reconstruct);
  painted.paint(look.colours, look.view, subject);
  drawPane(contextOf(canvas), painted, scene, window, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Lengths of the stage picture at scale 1, pixels. */
const side = 300;
const strip = 30;
const gap = 4;
const margin = 28;
const between = 32;
const head = 74;
const foot = 86;

/** The whole stage, 1× about 1120 × 494: title, the matrices with their factors, parameters, errors, legend. */
export function stageImage(
  scene: Scene,
  look: Look,
  title: string,
  models: readonly Painted[],
  scale: number,
  reconstruct: Reconstruct | null,
): OffscreenCanvas {
  const paneWidth = strip + gap + side;
  const width = 2 * margin + (1 + models.length) * paneWidth + models.length * between;
  const height = head + strip + gap + side + foot;
  const canvas = new OffscreenCanvas(width * scale, height * scale);
  const context = contextOf(canvas);
  const { ground, ink, muted } = themes[look.dark ? 'dark' : 'light'];
  if (!look.transparent) {
    context.fillStyle = ground;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.scale(scale, scale);
  const say: Say = (text, x, y, size, weight, colour, align = 'left') => {
    context.font = fontOf(weight, size);
    context.fillStyle = colour;
    context.textAlign = align;
    context.fillText(text, x, y);
  };
  /** Matrices in device pixels: whole ones to a cell. */
  const inPixels = (draw: () => void) => {
    context.save();
    context.resetTransform();
    draw();
    context.restore();
  };

  say(title, margin, 34, 17, 600, ink);
  say('factorscope', width - margin, 34, 12, 500, muted, 'right');
  for (const [i, model] of [null, ...models].entries()) {
    const left = margin + i * (paneWidth + between) + strip + gap;
    const top = head + strip + gap;
    const [one, two] = models;
    const compared = look.difference && one && two;
    const first = compared ? `${one.name} − ${two.name}` : 'Ratings';
    say(model?.name ?? first, left, head - 2, 13, 600, model?.colour ?? ink);
    const painted = pane(scene, reconstruct);
    const subject = model?.snapshot ?? (compared ? ([one.snapshot, two.snapshot] as const) : 'ratings');
    painted.paint(look.colours, look.view, subject);
    const box = [left, top, side, side].map((length) => length * scale) as [number, number, number, number];
    inPixels(() => drawPane(context, painted, scene, look.window, ...box));
    if (!model) continue;
    inPixels(() => drawFactors(context, scene, look.window, model.snapshot, scale, left, top));
    say(describeRun(model.config, model.snapshot), left, top + side + 22, 12, 400, muted);
    say(describeErrors(model.snapshot), left, top + side + 40, 12, 500, ink);
  }
  const { min, max } = scene.scale;
  const reach = errorReach(scene.scale);
  const around = { table: aroundZero, low: -reach, high: reach };
  const ofValues = { table: look.colours.table, low: min, high: max, unit: ' rating units' };
  const [x, y] = [margin + strip + gap, height - foot + 14];
  drawLegend(context, say, look.view === 'error' ? { ...around, unit: ' error' } : ofValues, x, y, muted);
  if (look.difference && models.length > 1)
    drawLegend(context, say, { ...around, unit: ' difference' }, x + 162, y, muted);
  return canvas;
}

function drawFactors(
  context: Context2d,
  scene: Scene,
  window: Window | null,
  snapshot: Snapshot,
  scale: number,
  left: number,
  top: number,
): void {
  const { users, items } = predictionBuffer(scene).factors(snapshot);
  const standing = cellImage(snapshot.rank, scene.height);
  const lying = cellImage(scene.width, snapshot.rank);
  paintFactors(users, snapshot.rank, false, standing.words);
  paintFactors(items, snapshot.rank, true, lying.words);
  const [thin, long, away] = [strip, side, strip + gap].map((length) => length * scale);
  const [x, y] = [left * scale, top * scale];
  drawStrip(context, standing, scene, window, 'users', x - away, y, thin, long);
  drawStrip(context, lying, scene, window, 'items', x, y - away, long, thin);
}

type Say = (
  text: string,
  x: number,
  y: number,
  size: number,
  weight: number,
  colour: string,
  align?: CanvasTextAlign,
) => void;

/** A scale of colours, with the values at its ends. */
function drawLegend(
  context: Context2d,
  say: Say,
  { table, low, high, unit }: { table: ColourTable; low: number; high: number; unit: string },
  x: number,
  y: number,
  colour: string,
): void {
  const width = 138;
  for (let i = 0; i < width; i++) {
    const word = table[Math.round((i / (width - 1)) * 255)];
    context.fillStyle = `rgb(${word & 255} ${(word >> 8) & 255} ${(word >> 16) & 255})`;
    context.fillRect(x + i, y, 1, 10);
  }
  const short = (value: number) => String(Number(value.toPrecision(3))).replace('-', '−');
  say(short(low), x, y + 26, 11, 400, colour);
  say(`${short(high)}${unit}`, x + width, y + 26, 11, 400, colour, 'right');
}

/** Encodes a canvas as PNG. Throws where it could not be: it may have been too large. */
export async function pngOf(canvas: OffscreenCanvas): Promise<Blob> {
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  if (blob.size === 0) throw new RangeError(`no picture of ${canvas.width} × ${canvas.height}`);
  return blob;
}
