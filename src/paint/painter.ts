import type { Snapshot } from '../runs/snapshot';
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

/** Colours of values: `low` and below is the first of the table, `high` and above the last; not finite: `other`. */
function colour(
  values: Float32Array,
  low: number,
  high: number,
  table: ColourTable,
  other: number,
  out: Uint32Array,
): void {
  const perStep = 255 / (high > low ? high - low : 1);
  const offset = high > low ? 0.5 : 128;
  for (let i = 0; i < values.length; i++) {
    const t = (values[i] - low) * perStep + offset;
    out[i] = t >= 256 ? table[255] : t >= 0 ? table[t | 0] : t < 0 ? table[0] : other;
  }
}

/** The ratings pane: known cells in their colour; the known-cells view marks the held-out ones. Returns the values. */
export function paintRatings(scene: Scene, colours: Colours, view: View, out: Uint32Array): Float32Array {
  colour(scene.mean, scene.scale.min, scene.scale.max, colours.table, colours.unknown, out);
  if (view === 'known')
    for (let i = 0; i < out.length; i++) if (scene.heldOut[i] * 2 > scene.known[i]) out[i] = colours.heldOut;
  return scene.mean;
}

/**
 * A model's pane: what it predicts everywhere, its error where a rating is known, or its prediction there only.
 * Returns the values, which the buffer overwrites at its next call.
 */
export function paintModel(
  scene: Scene,
  colours: Colours,
  view: View,
  buffer: PredictionBuffer,
  snapshot: Snapshot,
  out: Uint32Array,
): Float32Array {
  if (view === 'error') {
    const reach = errorReach(scene.scale);
    const errors = buffer.errors(snapshot);
    colour(errors, -reach, reach, aroundZero, colours.unknown, out);
    return errors;
  }
  const predictions = buffer.predict(snapshot);
  colour(predictions, scene.scale.min, scene.scale.max, colours.table, colours.unknown, out);
  if (view === 'known')
    for (let i = 0; i < out.length; i++) if (scene.known[i] === 0) out[i] = colours.unknown;
  return predictions;
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
