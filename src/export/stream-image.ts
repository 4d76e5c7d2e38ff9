import { type Colours, paintModel, paintRatings } from '../paint/painter';
import { predictionBuffer } from '../paint/predictions';
import type { Scene } from '../paint/scene';
import type { Range } from '../paint/window';
import type { Snapshot } from '../runs/snapshot';
import { cellImage, contextOf } from './cell-image';
import { hatch } from './hatch';

/** One matrix of a stream: what has arrived where there is no snapshot. */
export interface StreamPane {
  readonly name: string;
  readonly snapshot: Snapshot | null;
  /** Positions of users and items who are not there. */
  readonly unseen: { readonly users: readonly Range[]; readonly items: readonly Range[] };
  /** What is said under it. */
  readonly caption: string;
}

/** A stream at one moment. */
export interface StreamPicture {
  readonly scene: Scene;
  readonly colours: Colours;
  readonly dark: boolean;
  readonly title: string;
  readonly panes: readonly StreamPane[];
  readonly caption: string;
}

/** Lengths at scale 1, pixels. */
const side = 320;
const margin = 28;
const between = 24;
const head = 84;
const foot = 74;

/** The matrices of a stream at one moment, with what is said of them: about 1064 × 478 at scale 1. */
export function streamImage(picture: StreamPicture, scale: number): OffscreenCanvas {
  const { scene, colours, dark, title, panes, caption } = picture;
  const width = 2 * margin + panes.length * side + (panes.length - 1) * between;
  const height = head + side + foot;
  const canvas = new OffscreenCanvas(width * scale, height * scale);
  const context = contextOf(canvas);
  const [ink, faint] = dark ? ['#e8eaee', '#9aa2ae'] : ['#1d2127', '#5c6470'];
  context.fillStyle = dark ? '#14171c' : '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  const say = (
    text: string,
    x: number,
    y: number,
    font: string,
    colour: string,
    align: CanvasTextAlign = 'left',
  ) => {
    context.font = `${font.replace(/(\d+)px/, (_, size) => `${Number(size) * scale}px`)} 'Inter Variable', system-ui, sans-serif`;
    context.fillStyle = colour;
    context.textAlign = align;
    context.fillText(text, x * scale, y * scale, (width - 2 * margin) * scale);
  };
  say(title, margin, 34, '600 17px', ink);
  say('factorscope', width - margin, 34, '500 12px', faint, 'right');
  const cells = cellImage(scene.width, scene.height);
  const buffer = predictionBuffer(scene);
  for (const [i, pane] of panes.entries()) {
    const left = margin + i * (side + between);
    if (pane.snapshot) paintModel(scene, colours, 'prediction', buffer, pane.snapshot, cells.words);
    else paintRatings(scene, colours, 'prediction', cells.words);
    const box = { x: left * scale, y: head * scale, width: side * scale, height: side * scale };
    cells.draw(context, box.x, box.y, box.width, box.height);
    hatch(context, box, scene.lens, pane.unseen, dark, scale);
    say(pane.name, left, head - 10, '600 13px', ink);
    say(pane.caption, left, head + side + 22, '500 12px', ink);
  }
  say(caption, margin, height - 22, '400 12px', faint);
  return canvas;
}
