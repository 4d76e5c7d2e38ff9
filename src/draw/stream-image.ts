import type { Reconstruct } from '../kernels/simd/reconstruct';
import type { Snapshot } from '../methods/snapshot';
import { contextOf } from './cell-image';
import { type ChartContent, chartFigure, drawFigure } from './chart/figure';
import { hatch } from './hatch';
import type { Colours } from './painter';
import { pane as paneOf } from './pane';
import type { Scene } from './scene';
import { fontOf, themes } from './theme';
import type { Range } from './window';

/** One matrix of a stream. */
export interface StreamPane {
  readonly name: string;
  /** What has arrived, or what a method makes of it; null where it has not begun. */
  readonly shows: Snapshot | 'arrived' | null;
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
  /** The errors of all methods, up to this moment. */
  readonly chart: ChartContent;
  readonly caption: string;
}

/** Lengths at scale 1, pixels. */
const side = 320;
const margin = 28;
const between = 24;
const head = 84;
const chart = { top: head + side + 40, height: 190 };
const width = 2 * margin + 3 * side + 2 * between;
const height = chart.top + chart.height + 36;

/**
 * Paints moments of a stream, one after the other: three matrices, the errors, and what is said of them; 1064 × 670 at
 * scale 1, even numbers at every whole scale, as videos want them.
 */
export function streamPainter(scale: number, reconstruct: Reconstruct | null) {
  const canvas = new OffscreenCanvas(width * scale, height * scale);
  const context = contextOf(canvas, true);
  return {
    canvas,
    paint({ scene, colours, dark, title, panes, chart: content, caption }: StreamPicture) {
      const theme = themes[dark ? 'dark' : 'light'];
      context.fillStyle = theme.ground;
      context.fillRect(0, 0, canvas.width, canvas.height);
      const say = (
        text: string,
        x: number,
        y: number,
        weight: number,
        size: number,
        ink: string,
        right = false,
      ) => {
        context.font = fontOf(weight, size * scale);
        context.fillStyle = ink;
        context.textAlign = right ? 'right' : 'left';
        context.fillText(text, x * scale, y * scale);
      };
      say(title, margin, 34, 600, 17, theme.ink);
      say('factorscope', width - margin, 34, 500, 12, theme.muted, true);
      const painter = paneOf(scene, reconstruct);
      for (const [i, { name, shows, unseen, caption: words }] of panes.entries()) {
        const left = margin + i * (side + between);
        painter.paint(colours, 'prediction', shows === 'arrived' ? 'ratings' : shows);
        const box = { x: left * scale, y: head * scale, width: side * scale, height: side * scale };
        painter.cells.draw(context, box.x, box.y, box.width, box.height);
        hatch(context, box, scene.lens, unseen, dark, scale);
        say(name, left, head - 10, 600, 13, theme.ink);
        say(words, left, head + side + 20, 500, 12, theme.ink);
      }
      const figure = chartFigure(content, theme, (width - 2 * margin) * scale, chart.height * scale, scale);
      drawFigure(context, figure, margin * scale, chart.top * scale);
      say(caption, margin, height - 14, 400, 12, theme.muted);
    },
  };
}
