import type { Reconstruct } from '../../kernels/simd/reconstruct';
import type { Snapshot } from '../../methods/snapshot';
import { contextOf } from '../cell-image';
import { chartFigure, drawFigure } from '../chart/figure';
import { describeErrors, describeRun } from '../describe-run';
import { cellsShown, drawPane, type Pane, pane } from '../pane';
import type { Scene } from '../scene';
import { fontOf, themes } from '../theme';
import { configAt, type Film, type FilmFrame } from './film';
import { type Box, layoutFilm } from './layout';

/** Paints frames, one after the other, on one canvas. */
export interface FilmPainter {
  readonly canvas: OffscreenCanvas;
  /** What stands still since the frame before is not painted again. */
  paint(frame: FilmFrame): void;
}

export function filmPainter(scene: Scene, film: Film, reconstruct: Reconstruct | null): FilmPainter {
  const { options, runs, view, colours, window } = film;
  const theme = themes[film.dark ? 'dark' : 'light'];
  const shown: ('ratings' | number)[] =
    options.composition === 'matrix' ? [options.pane] : ['ratings', ...runs.keys()];
  // The edges of a window cut cells: there is no size at which all of them are whole.
  const cells = window && options.aspect !== 'fit' ? { width: 1, height: 1 } : cellsShown(scene, window);
  const layout = layoutFilm(options, cells, shown.length);
  const { width, height, unit } = layout;
  const canvas = new OffscreenCanvas(width, height);
  const context = contextOf(canvas, true);
  const panes: Pane[] = shown.map(() => pane(scene, reconstruct));
  const snapshots: (Snapshot | null)[] = runs.map(() => null);
  const compared = film.difference && runs.length > 1;
  let ratingsPainted = false;

  const say = (
    text: string,
    x: number,
    y: number,
    size: number,
    weight: number,
    fill: string,
    most?: number,
  ) => {
    context.font = fontOf(weight, size * unit);
    context.fillStyle = fill;
    context.textAlign = 'left';
    context.fillText(text, x, y, most);
  };

  function drawText(what: 'ratings' | number, { x, y, width: side, height: down }: Box) {
    const inset = options.composition === 'matrix' && options.aspect === 'fit' ? 6 * unit : 0;
    const left = x + inset;
    const most = side - 2 * inset;
    if (what === 'ratings') {
      const heading = compared ? `${runs[0].name} − ${runs[1].name}` : 'Ratings';
      return say(heading, left, y - 7 * unit, 13, 600, theme.ink, most);
    }
    const { name, colour } = runs[what];
    say(name, left, y - 7 * unit, 13, 600, colour, most);
    const snapshot = snapshots[what];
    if (!options.caption || !snapshot) return;
    say(
      describeRun(configAt(runs[what], snapshot), snapshot),
      left,
      y + down + 17 * unit,
      11.5,
      400,
      theme.muted,
      most,
    );
    say(describeErrors(snapshot), left, y + down + 33 * unit, 11.5, 500, theme.ink, most);
  }

  /** The first pane: once, or, where it compares, when one of the two has moved. */
  function paintRatings(first: Pane, [a, b]: FilmFrame['snapshots']) {
    const [left, right] = snapshots;
    if (!compared || !left || !right) {
      if (!ratingsPainted) first.paint(colours, view, compared ? null : 'ratings');
      ratingsPainted = true;
    } else if (a !== undefined || b !== undefined) first.paint(colours, view, [left, right]);
  }

  function drawChart({ x, y, width: wide, height: high }: Box, at: number) {
    const { axis, from, to } = options;
    const { references, range, log } = film.chart;
    const content = { runs, axis, from, to, upTo: at, references, range, log };
    drawFigure(context, chartFigure(content, theme, wide, high, unit), x, y);
  }

  return {
    canvas,
    paint({ at, snapshots: given }) {
      for (const [i, snapshot] of given.entries()) if (snapshot !== undefined) snapshots[i] = snapshot;
      context.clearRect(0, 0, width, height);
      if (options.background !== 'transparent') {
        context.fillStyle = theme.ground;
        context.fillRect(0, 0, width, height);
      }
      if (layout.title)
        say(film.title, layout.title.x, layout.title.y, 16, 600, theme.ink, width - 2 * layout.title.x);
      for (const [i, what] of shown.entries()) {
        const box = layout.panes[i];
        if (what === 'ratings') {
          paintRatings(panes[i], given);
        } else if (given[what] !== undefined) panes[i].paint(colours, view, snapshots[what]);
        drawPane(context, panes[i], scene, window, box.x, box.y, box.width, box.height);
        if (options.caption || options.composition !== 'matrix') drawText(what, box);
      }
      if (layout.chart) drawChart(layout.chart, at);
    },
  };
}
