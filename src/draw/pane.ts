import type { Reconstruct } from '../kernels/simd/reconstruct';
import type { Snapshot } from '../methods/snapshot';
import { type Box, type CellImage, type Context2d, cellImage } from './cell-image';
import type { Axis } from './lens';
import { differenceValues, paintDifference, paintFactors, paintModel, paintRatings } from './painter';
import type { ColourTable } from './palette';
import { type PredictionBuffer, predictionBuffer } from './predictions';
import type { Scene } from './scene';
import type { Colours } from './theme';
import type { View } from './views/view';
import { placeOf, type Range, type Window } from './window';

/** A model, the ratings, what one model predicts less what another does, or nothing that is known. */
export type Subject = Snapshot | 'ratings' | readonly [left: Snapshot, right: Snapshot] | null;

/**
 * Paints the ratings, or one model after the other, and keeps its buffers between them: a matrix and, of a model, its
 * strips of factors. On the screen, in pictures and in films alike.
 */
export function pane(scene: Scene, reconstruct: Reconstruct | null) {
  const cells = cellImage(scene.width, scene.height);
  const { words } = cells;
  const buffer = predictionBuffer(scene);
  /** Of the second model, where two are compared. */
  let other: PredictionBuffer | null = null;
  let values = () => scene.mean;
  let painted: readonly unknown[] = [];
  let model: Snapshot | null = null;
  let strips: { of: Snapshot; table: ColourTable; users: CellImage; items: CellImage } | null = null;
  /** Of the strips. */
  let table: ColourTable;

  function stripsOf(of: Snapshot) {
    if (strips?.of === of && strips.table === table) return strips;
    const { rank } = of;
    const { users, items } =
      strips?.of.rank === rank
        ? strips
        : { users: cellImage(rank, scene.height), items: cellImage(scene.width, rank) };
    const factors = buffer.parts(of);
    paintFactors(factors.users, rank, false, table, users.words);
    paintFactors(factors.items, rank, true, table, items.words);
    strips = { of, table, users, items };
    return strips;
  }

  return {
    /** One RGBA word per cell, row-major, as they were painted last. */
    words,
    /**
     * Colours the cells, unless they are coloured so already: snapshots and colours are the same while they are the
     * same objects. Says whether anything has changed.
     *
     * @param version of the ratings of a scene to which more are added
     */
    paint(colours: Colours, view: View, what: Subject, version = 0): boolean {
      const inputs = [colours, view, version, what].flat();
      if (inputs.length === painted.length && inputs.every((input, i) => input === painted[i])) return false;
      painted = inputs;
      table = colours.aroundZero;
      model = null;
      if (what === null) {
        words.fill(colours.unknown);
        values = () => new Float32Array(words.length).fill(Number.NaN);
      } else if (what === 'ratings') {
        paintRatings(scene, colours, view, words);
        values = () => scene.mean;
      } else if ('length' in what) {
        other ??= predictionBuffer(scene);
        const left = { buffer, snapshot: what[0] };
        const right = { buffer: other, snapshot: what[1] };
        paintDifference(scene, colours, left, right, words, reconstruct);
        values = () => differenceValues(left, right);
      } else {
        model = what;
        paintModel(scene, colours, view, buffer, what, words, reconstruct);
        values = () => view.values(buffer, what);
      }
      return true;
    },
    /** What was painted last as numbers, rating units; not finite where there is none. Overwritten by what is painted next. */
    values: () => values(),
    /** Draws what of a part is in a window into a box; without a window, all of it. */
    draw(context: Context2d, part: PanePart, window: Window | null, box: Box): void {
      const place = window ? placeIn(scene, window, box) : box;
      if (part === 'matrix') drawPart(context, cells, place, box);
      if (part === 'matrix' || !model) return;
      const { x, y, width, height } = box;
      const strip = part === 'users' ? { ...place, x, width } : { ...place, y, height };
      drawPart(context, stripsOf(model)[part], strip, box);
    },
  };
}
export type Pane = ReturnType<typeof pane>;

/** The cells, or the factors of a model: of users down the side, of items along the top. */
export type PanePart = 'matrix' | 'users' | 'items';

/** Where the cells lie of which a box shows those in a window. */
function placeIn({ lens }: Scene, window: Window, { x, y, width, height }: Box): Box {
  const across = placeOf(lens.items, window.items, width);
  const down = placeOf(lens.users, window.users, height);
  return { x: x + across.at, y: y + down.at, width: across.length, height: down.length };
}

function drawPart(context: Context2d, cells: CellImage, part: Box, box: Box): void {
  const { x, y, width, height } = box;
  if (part.x === x && part.y === y && part.width === width && part.height === height) {
    cells.draw(context, box);
    return;
  }
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  cells.stretch(context, part);
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
