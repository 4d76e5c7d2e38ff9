import type { Reconstruct } from '../kernels/simd/reconstruct';
import type { Snapshot } from '../methods/snapshot';
import { areBlocks } from './lens';
import type { ColourTable } from './palette';
import type { PredictionBuffer } from './predictions';
import type { Scene } from './scene';
import type { Colours } from './theme';
import { type ColourScale, scaleAroundZero, scaleOfRatings, type View } from './views/view';

/** How values become places in a table of 256 colours: (v − low)·perStep + offset; a scale of one value: its middle. */
function placesOn({ low, high, table }: ColourScale) {
  return { table, low, perStep: 255 / (high > low ? high - low : 1), offset: high > low ? 0.5 : 128 };
}

/** Colours of values: `low` and below is the first of the table, `high` and above the last; not finite: `other`. */
function colour(values: Float32Array, scale: ColourScale, other: number, out: Uint32Array): void {
  const { table, low, perStep, offset } = placesOn(scale);
  for (let i = 0; i < values.length; i++) {
    const t = (values[i] - low) * perStep + offset;
    out[i] = t >= 256 ? table[255] : t >= 0 ? table[t | 0] : t < 0 ? table[0] : other;
  }
}

/** The ratings pane: known cells in their colour, whatever the view; those that are held out marked if it says so. */
export function paintRatings(scene: Scene, colours: Colours, view: View, out: Uint32Array): void {
  colour(scene.mean, scaleOfRatings(scene.scale, colours), colours.unknown, out);
  if (!view.knownOnly) return;
  for (let i = 0; i < out.length; i++) if (scene.heldOut[i] * 2 > scene.known[i]) out[i] = colours.heldOut;
}

/**
 * A model's pane, as a view has it.
 *
 * @param reconstruct adds up and colours in one go, many times faster; null: in plain JavaScript
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
  const { unknown } = colours;
  const scale = view.scale(scene.scale, colours, areBlocks(scene.lens));
  if (reconstruct && view.parts)
    reconstruct({ ...view.parts(buffer, snapshot), ...placesOn(scale), other: unknown }, out);
  else colour(view.values(buffer, snapshot), scale, unknown, out);
  if (view.knownOnly) for (let i = 0; i < out.length; i++) if (scene.known[i] === 0) out[i] = unknown;
}

/** A model that is compared: its frame, and a buffer of its own. */
export interface Compared {
  readonly buffer: PredictionBuffer;
  readonly snapshot: Snapshot;
}

/** What one model predicts less what another does, around zero, in the colours of errors. */
export function paintDifference(
  scene: Scene,
  colours: Colours,
  left: Compared,
  right: Compared,
  out: Uint32Array,
  reconstruct: Reconstruct | null = null,
): void {
  const { unknown } = colours;
  const scale = scaleAroundZero(scene.scale, colours);
  // Half a colour up: what is 0 but for rounding lies in the middle of one.
  if (reconstruct)
    reconstruct({ ...differenceParts(left, right), ...placesOn(scale), offset: 1, other: unknown }, out);
  else colour(differenceValues(left, right), scale, unknown, out);
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

/** Rows of factors as a strip, `count` × rank: lying (a factor per row) for items, standing for users. */
export function paintFactors(
  rows: Float32Array,
  rank: number,
  lying: boolean,
  table: ColourTable,
  out: Uint32Array,
): void {
  let reach = 0;
  for (let i = 0; i < rows.length; i++) reach = Math.max(reach, Math.abs(rows[i]));
  colour(rows, { low: -reach, high: reach, table }, table[128], out);
  if (!lying) return;
  const count = rows.length / rank;
  const standing = out.slice();
  for (let y = 0; y < count; y++) for (let f = 0; f < rank; f++) out[f * count + y] = standing[y * rank + f];
}
