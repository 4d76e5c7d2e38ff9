import type { Reconstruct } from '../kernels/simd/reconstruct';
import type { Snapshot } from '../methods/snapshot';
import { aroundZero, type ColourTable } from './palette';
import type { PredictionBuffer } from './predictions';
import { errorReach, type Scene } from './scene';

/** The colours of a picture: a table for rating values, and words for what is not known or held out. */
export interface Colours {
  readonly table: ColourTable;
  readonly unknown: number;
  readonly heldOut: number;
}

export type View = 'prediction' | 'error' | 'known';

/** How values become places in a table of 256 colours: (v − low)·perStep + offset; a scale of one value: its middle. */
function scaleOf(low: number, high: number) {
  return { low, perStep: 255 / (high > low ? high - low : 1), offset: high > low ? 0.5 : 128 };
}

/** Colours of values: `low` and below is the first of the table, `high` and above the last; not finite: `other`. */
function colour(
  values: Float32Array,
  low: number,
  high: number,
  table: ColourTable,
  other: number,
  out: Uint32Array,
): void {
  const { perStep, offset } = scaleOf(low, high);
  for (let i = 0; i < values.length; i++) {
    const t = (values[i] - low) * perStep + offset;
    out[i] = t >= 256 ? table[255] : t >= 0 ? table[t | 0] : t < 0 ? table[0] : other;
  }
}

/** The ratings pane: known cells in their colour; the known-cells view marks the held-out ones. */
export function paintRatings(scene: Scene, colours: Colours, view: View, out: Uint32Array): void {
  colour(scene.mean, scene.scale.min, scene.scale.max, colours.table, colours.unknown, out);
  if (view !== 'known') return;
  for (let i = 0; i < out.length; i++) if (scene.heldOut[i] * 2 > scene.known[i]) out[i] = colours.heldOut;
}

/**
 * A model's pane: what it predicts everywhere, its error where a rating is known, or its prediction there only.
 *
 * @param reconstruct predicts and colours in one go, many times faster; null: in plain JavaScript
 */
export function paintModel(
  scene: Scene,
  colours: Colours,
  view: View,
  buffer: PredictionBuffer,
  snapshot: Snapshot,
  out: Uint32Array,
  reconstruct: Reconstruct | null = null,
): void {
  const { scale } = scene;
  if (view === 'error') {
    const reach = errorReach(scale);
    colour(buffer.errors(snapshot), -reach, reach, aroundZero, colours.unknown, out);
    return;
  }
  const { table, unknown } = colours;
  if (reconstruct)
    reconstruct({ ...buffer.parts(snapshot), ...scaleOf(scale.min, scale.max), table, other: unknown }, out);
  else colour(buffer.predict(snapshot), scale.min, scale.max, table, unknown, out);
  if (view === 'known') for (let i = 0; i < out.length; i++) if (scene.known[i] === 0) out[i] = unknown;
}

/** A model that is compared: its frame, and a buffer of its own. */
export interface Compared {
  readonly buffer: PredictionBuffer;
  readonly snapshot: Snapshot;
}

/** What one model predicts less what another does, around zero: the reach of the error view, in its colours. */
export function paintDifference(
  scene: Scene,
  unknown: number,
  left: Compared,
  right: Compared,
  out: Uint32Array,
  reconstruct: Reconstruct | null = null,
): void {
  const reach = errorReach(scene.scale);
  // Half a colour up: what is 0 but for rounding lies in the middle of one.
  const scale = { ...scaleOf(-reach, reach), offset: 1 };
  if (reconstruct)
    reconstruct({ ...differenceParts(left, right), ...scale, table: aroundZero, other: unknown }, out);
  else colour(differenceValues(left, right), -reach, reach, aroundZero, unknown, out);
}

/** The difference of two models is a model of both their ranks: U·P − V·Q = [U, −V]·[P; Q]. */
function differenceParts(left: Compared, right: Compared) {
  const a = left.buffer.parts(left.snapshot);
  const b = right.buffer.parts(right.snapshot);
  const { height, width } = a;
  const rank = a.rank + b.rank;
  const users = new Float32Array(height * rank);
  for (let x = 0; x < height; x++) {
    users.set(a.users.subarray(x * a.rank, (x + 1) * a.rank), x * rank);
    for (let f = 0; f < b.rank; f++) users[x * rank + a.rank + f] = -b.users[x * b.rank + f];
  }
  const columns = new Float32Array(rank * width);
  columns.set(a.columns);
  columns.set(b.columns, a.columns.length);
  const base = a.base.map((value, x) => value - b.base[x]);
  const itemBias = a.itemBias.map((value, y) => value - b.itemBias[y]);
  return { height, width, rank, base, users, itemBias, columns };
}

/** The same as numbers, rating units, in an array of their own. */
export function differenceValues(left: Compared, right: Compared): Float32Array {
  const b = right.buffer.predict(right.snapshot);
  return left.buffer.predict(left.snapshot).map((value, i) => value - b[i]);
}

/** What a model's pane shows, as numbers, rating units; the buffer overwrites them at its next call. */
export function modelValues(view: View, buffer: PredictionBuffer, snapshot: Snapshot): Float32Array {
  return view === 'error' ? buffer.errors(snapshot) : buffer.predict(snapshot);
}

/** Rows of factors as a strip, `count` × rank: lying (a factor per row) for items, standing for users. */
export function paintFactors(rows: Float32Array, rank: number, lying: boolean, out: Uint32Array): void {
  let reach = 0;
  for (let i = 0; i < rows.length; i++) reach = Math.max(reach, Math.abs(rows[i]));
  colour(rows, -reach, reach, aroundZero, aroundZero[128], out);
  if (!lying) return;
  const count = rows.length / rank;
  const standing = out.slice();
  for (let y = 0; y < count; y++) for (let f = 0; f < rank; f++) out[f * count + y] = standing[y * rank + f];
}
