import type { Reconstruct } from '../kernels/simd/reconstruct';
import type { Snapshot } from '../methods/snapshot';
import { type Box, type CellImage, type Context2d, cellImage } from './cell-image';
import type { Axis } from './lens';
import { differenceValues, paintDifference, paintFactors, paintModel, paintRatings } from './painter';
import { type PredictionBuffer, predictionBuffer } from './predictions';
import type { Scene } from './scene';
import type { Colours } from './theme';
import type { View } from './views/view';
import { placeOf, type Range, type Window } from './window';

/** A model, the ratings, what one model predicts less what another does, or nothing that is known. */
export type Subject = Snapshot | 'ratings' | readonly [left: Snapshot, right: Snapshot] | null;

const isModel = (what: Subject): what is Snapshot =>
  what !== null && what !== 'ratings' && !('length' in what);

/**
 * Paints the ratings, or one model after the other, and keeps its buffers between them: a matrix and, of a model, its
 * strips of factors. On the screen, in pictures and in films alike.
 */
export interface Pane {
  /** One RGBA word per cell, row-major, as they were painted last. */
  readonly words: Uint32Array;
  /**
   * Colours the cells, unless they are coloured so already: snapshots and colours are the same while they are the same
   * objects. Says whether anything has changed.
   *
   * @param version of the ratings of a scene to which more are added
   */
  paint(colours: Colours, view: View, what: Subject, version?: number): boolean;
  /** What was painted last as numbers, rating units; not finite where there is none. Overwritten by what is painted next. */
  values(): Float32Array;
  /** Draws what of the cells is in a window into a box; without a window, all of them. */
  draw(context: Context2d, window: Window | null, box: Box): void;
  /** The same of the factors of a model: of users down the side, of items along the top. */
  drawStrip(context: Context2d, window: Window | null, side: 'users' | 'items', box: Box): void;
}

export function pane(scene: Scene, reconstruct: Reconstruct | null): Pane {
  const cells = cellImage(scene.width, scene.height);
  const buffer = predictionBuffer(scene);
  /** Of the second model, where two are compared. */
  let other: PredictionBuffer | null = null;
  let values = () => scene.mean;
  let painted: readonly unknown[] = [];
  let model: Snapshot | null = null;
  let strips: { of: Snapshot; users: CellImage; items: CellImage } | null = null;

  function paintStrips(of: Snapshot) {
    const { rank } = of;
    const fresh = strips?.of.rank !== rank;
    const users = strips && !fresh ? strips.users : cellImage(rank, scene.height);
    const items = strips && !fresh ? strips.items : cellImage(scene.width, rank);
    const factors = buffer.factors(of);
    paintFactors(factors.users, rank, false, users.words);
    paintFactors(factors.items, rank, true, items.words);
    strips = { of, users, items };
    return strips;
  }

  return {
    words: cells.words,
    paint(colours, view, what, version = 0) {
      const pair = what !== null && what !== 'ratings' && 'length' in what ? what : [what];
      const inputs = [colours, view, version, ...pair];
      if (inputs.length === painted.length && inputs.every((input, i) => input === painted[i])) return false;
      painted = inputs;
      model = isModel(what) ? what : null;
      if (what === null) {
        cells.words.fill(colours.unknown);
        values = () => new Float32Array(cells.words.length).fill(Number.NaN);
      } else if (what === 'ratings') {
        paintRatings(scene, colours, view, cells.words);
        values = () => scene.mean;
      } else if (isModel(what)) {
        paintModel(scene, colours, view, buffer, what, cells.words, reconstruct);
        values = () => view.values(buffer, what);
      } else {
        other ??= predictionBuffer(scene);
        const left = { buffer, snapshot: what[0] };
        const right = { buffer: other, snapshot: what[1] };
        paintDifference(scene, colours.unknown, left, right, cells.words, reconstruct);
        values = () => differenceValues(left, right);
      }
      return true;
    },
    values: () => values(),
    draw(context, window, box) {
      drawPart(context, cells, window && partOf(scene, window, box), box);
    },
    drawStrip(context, window, side, box) {
      if (!model) return;
      const { [side]: strip } = strips?.of === model ? strips : paintStrips(model);
      const part = window && partOf(scene, window, box);
      const all = side === 'users' ? { across: whole(box.width) } : { down: whole(box.height) };
      drawPart(context, strip, part && { ...part, ...all }, box);
    },
  };
}

type Place = ReturnType<typeof placeOf>;
/** Where the cells lie that a box shows a part of, from its corner. */
interface Part {
  readonly across: Place;
  readonly down: Place;
}

const whole = (size: number): Place => ({ at: 0, length: size });

const partOf = ({ lens }: Scene, window: Window, { width, height }: Box): Part => ({
  across: placeOf(lens.items, window.items, width),
  down: placeOf(lens.users, window.users, height),
});

function drawPart(context: Context2d, cells: CellImage, part: Part | null, box: Box): void {
  const { x, y, width, height } = box;
  const fills = ({ at, length }: Place, size: number) => at === 0 && length === size;
  if (!part || (fills(part.across, width) && fills(part.down, height))) {
    cells.draw(context, box);
    return;
  }
  const { across, down } = part;
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  cells.stretch(context, {
    x: x + across.at,
    y: y + down.at,
    width: across.length,
    height: down.length,
  });
  context.restore();
}

/** Cells of a scene that are in a window, whole ones; without a window, all of them. */
export function cellsShown(scene: Pick<Scene, 'lens' | 'width' | 'height'>, window: Window | null) {
  if (!window) return { width: scene.width, height: scene.height };
  const count = (axis: Axis, { from, to }: Range) =>
    Math.max(1, Math.round(((to - from) * axis.binCount) / (axis.to - axis.from)));
  const { users, items } = scene.lens;
  return { width: count(items, window.items), height: count(users, window.users) };
}
