import type { Reconstruct } from '../../kernels/simd/reconstruct';
import { significant } from '../../words/numbers';
import { type Box, contextOf } from '../cell-image';
import type { Chart } from '../chart/chart';
import { drawFigure } from '../chart/draw-figure';
import { chartFigure } from '../chart/figure';
import { hatch, type Places } from '../hatch';
import { rgbOf } from '../palette';
import { type Pane, pane as paneOf, type Subject } from '../pane';
import type { Scene } from '../scene';
import { type Colours, fontOf, type Theme, themeFor } from '../theme';
import { viewOf } from '../views';
import type { ColourScale, ViewId } from '../views/view';
import type { Window } from '../window';
import type { SheetLayout, Words } from './layout';

/** How a picture is drawn: the same colours, view and window as on the screen. */
export interface SheetLook {
  readonly colours: Colours;
  readonly view: ViewId;
  readonly dark: boolean;
  readonly transparent: boolean;
  /** null: the whole. */
  readonly window: Window | null;
}

/** A matrix, and what is said of it. */
export interface SheetPane {
  readonly heading: string | null;
  /** Of the heading, CSS; null: that of the text. */
  readonly colour: string | null;
  readonly shows: Subject;
  /** Under it, as many as there is room for; who is strong is what is measured. */
  readonly lines: readonly { readonly words: string; readonly strong: boolean }[];
  /** Positions of users and items who are not there. */
  readonly unseen?: Places;
}

/** A scale of colours, and what its values are called. */
export interface SheetLegend extends ColourScale {
  readonly unit: string;
}

/** All that a sheet shows at one moment; what its layout has no room for is left out. */
export interface Sheet {
  readonly scene: Scene;
  readonly look: SheetLook;
  readonly title: string;
  readonly panes: readonly SheetPane[];
  readonly chart?: Chart;
  readonly foot?: string;
  readonly legends?: readonly SheetLegend[];
}

/**
 * Paints sheets of one layout, one after the other, on one canvas. What stands still since the one before is not
 * painted again (`Pane.paint`).
 *
 * @param read whether its pixels are asked for often
 */
export function sheetPainter(layout: SheetLayout, reconstruct: Reconstruct | null, read: boolean) {
  const canvas = new OffscreenCanvas(layout.width, layout.height);
  const context = contextOf(canvas, read);
  const { unit, text } = layout;
  let painters: { readonly scene: Scene; readonly panes: readonly Pane[] } | null = null;

  function panesFor(scene: Scene): readonly Pane[] {
    if (painters?.scene !== scene)
      painters = { scene, panes: layout.panes.map(() => paneOf(scene, reconstruct)) };
    return painters.panes;
  }

  function drawPane(i: number, sheet: Sheet, theme: Theme) {
    const { scene, look, panes } = sheet;
    const box = layout.panes[i];
    const pane = panesFor(scene)[i];
    pane.paint(look.colours, viewOf(look.view), panes[i].shows);
    pane.draw(context, 'matrix', look.window, box);
    if (layout.strips) {
      const thickness = layout.strips.thickness * unit;
      const away = thickness + layout.strips.gap * unit;
      pane.draw(context, 'users', look.window, { ...box, x: box.x - away, width: thickness });
      pane.draw(context, 'items', look.window, { ...box, y: box.y - away, height: thickness });
    }
    const { unseen } = panes[i];
    if (unseen) hatch(context, box, look.window ?? scene.lens, unseen, theme, unit);
  }

  function write(
    words: string,
    { x, y, size, most }: Words,
    weight: number,
    colour: string,
    align: CanvasTextAlign = 'left',
  ) {
    context.font = fontOf(weight, size * unit);
    context.fillStyle = colour;
    context.textAlign = align;
    context.fillText(words, x, y, most);
  }

  function writeAround(box: Box, { heading, colour, lines }: SheetPane, { ink, muted }: Theme) {
    const x = box.x + text.inset * unit;
    const most = text.squeezed ? { most: box.width - 2 * text.inset * unit } : {};
    if (heading !== null)
      write(heading, { x, y: box.y - text.heading * unit, size: 13, ...most }, 600, colour ?? ink);
    for (const [i, { words, strong }] of lines.entries()) {
      const { at: below, size } = text.lines[i];
      const at = { x, y: box.y + box.height + below * unit, size, ...most };
      write(words, at, strong ? 500 : 400, strong ? ink : muted);
    }
  }

  /** A scale of colours, with the values at its ends. */
  function drawLegend({ table, low, high, unit: of }: SheetLegend, x: number, y: number, colour: string) {
    const width = 138;
    for (let i = 0; i < width; i++) {
      context.fillStyle = `rgb(${rgbOf(table[Math.round((i / (width - 1)) * 255)]).join(' ')})`;
      context.fillRect(x + i * unit, y, unit, 10 * unit);
    }
    const at = { x, y: y + 26 * unit, size: 11 };
    write(significant(low, 3), at, 400, colour);
    write(`${significant(high, 3)} ${of}`, { ...at, x: x + width * unit }, 400, colour, 'right');
  }

  return {
    canvas,
    paint(sheet: Sheet): void {
      const { look, title, panes, chart, foot, legends = [] } = sheet;
      const theme = themeFor(look.dark);
      context.clearRect(0, 0, canvas.width, canvas.height);
      if (!look.transparent) {
        context.fillStyle = theme.ground;
        context.fillRect(0, 0, canvas.width, canvas.height);
      }
      if (layout.title) write(title, layout.title, 600, theme.ink);
      if (layout.brand) write('factorscope', layout.brand, 500, theme.muted, 'right');
      for (const [i, pane] of panes.entries()) {
        drawPane(i, sheet, theme);
        writeAround(layout.panes[i], pane, theme);
      }
      if (layout.chart && chart) {
        const { x, y, width, height } = layout.chart;
        drawFigure(context, chartFigure(chart, theme, width, height, layout.chartUnit ?? unit), x, y);
      }
      if (layout.foot && foot) write(foot, layout.foot, 400, theme.muted);
      if (!layout.legend) return;
      const { x, y } = layout.legend;
      for (const [i, legend] of legends.entries()) drawLegend(legend, x + 162 * unit * i, y, theme.muted);
    },
  };
}
