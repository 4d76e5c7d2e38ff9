import type { Reconstruct } from '../../kernels/simd/reconstruct';
import type { Snapshot } from '../../methods/snapshot';
import { firstPane, linesOf } from '../image';
import { cellsShown } from '../pane';
import type { Scene } from '../scene';
import { layoutFilm } from '../sheet/layout';
import { type SheetPane, sheetPainter } from '../sheet/painter';
import { configAt, type Film, type FilmFrame } from './film';

/** Paints frames, one after the other, on one canvas. */
export interface FilmPainter {
  readonly canvas: OffscreenCanvas;
  /** What stands still since the frame before is not painted again. */
  paint(frame: FilmFrame): void;
}

export function filmPainter(scene: Scene, film: Film, reconstruct: Reconstruct | null): FilmPainter {
  const { options, runs, title, view, colours, dark, window } = film;
  const { composition, caption } = options;
  const shown: readonly ('ratings' | number)[] =
    composition === 'matrix' ? [options.pane] : ['ratings', ...runs.keys()];
  // The edges of a window cut cells: there is no size at which all of them are whole.
  const cells = window && options.aspect !== 'fit' ? { width: 1, height: 1 } : cellsShown(scene, window);
  const { canvas, paint } = sheetPainter(layoutFilm(options, cells, shown.length), reconstruct, true);
  const look = { colours, view, dark, transparent: options.background === 'transparent', window };
  const snapshots: (Snapshot | null)[] = runs.map(() => null);
  const compared = film.difference && runs.length > 1;

  function paneOf(what: 'ratings' | number): SheetPane {
    if (what === 'ratings')
      return firstPane(compared ? runs.map(({ name }, i) => ({ name, snapshot: snapshots[i] })) : null);
    const { name, colour } = runs[what];
    const snapshot = snapshots[what];
    const lines = caption && snapshot ? linesOf(configAt(runs[what], snapshot), snapshot) : [];
    return { heading: name, colour, shows: snapshot, lines };
  }

  return {
    canvas,
    paint({ at, snapshots: given }) {
      for (const [i, snapshot] of given.entries()) if (snapshot !== undefined) snapshots[i] = snapshot;
      const panes = shown.map((what) => {
        const pane = paneOf(what);
        return caption || composition !== 'matrix' ? pane : { ...pane, heading: null };
      });
      paint({ scene, look, title, panes, chart: { ...film.chart, upTo: at } });
    },
  };
}
