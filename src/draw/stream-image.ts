import type { Reconstruct } from '../kernels/simd/reconstruct';
import type { Snapshot } from '../methods/snapshot';
import type { Chart } from './chart/chart';
import type { Places } from './hatch';
import type { Scene } from './scene';
import { layoutRow, streamRow } from './sheet/layout';
import { sheetPainter } from './sheet/painter';
import type { Colours } from './theme';
import { views } from './views';

/** One matrix of a stream. */
export interface StreamPane {
  readonly name: string;
  /** What has arrived, or what a method makes of it; null where it has not begun. */
  readonly shows: Snapshot | 'arrived' | null;
  /** Positions of users and items who are not there. */
  readonly unseen: Places;
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
  readonly chart: Chart;
  readonly caption: string;
}

/** Paints moments of a stream, one after the other: matrices, the errors, and what is said of them. */
export function streamPainter(scale: number, reconstruct: Reconstruct | null, paneCount = 3) {
  const { canvas, paint } = sheetPainter(layoutRow(streamRow, paneCount, scale), reconstruct, true);
  return {
    canvas,
    paint({ scene, colours, dark, title, panes, chart, caption }: StreamPicture) {
      paint({
        ...{ scene, title, chart, foot: caption },
        look: { colours, dark, view: views[0].id, transparent: false, window: null },
        panes: panes.map(({ name, shows, unseen, caption: words }) => ({
          ...{ heading: name, colour: null, unseen, lines: [{ words, strong: true }] },
          shows: shows === 'arrived' ? 'ratings' : shows,
        })),
      });
    },
  };
}
