import type { LiveSettings } from './config';
import type { Snapshot } from './snapshot';

/** λ and γ from a unit of a run on: settings that were changed while it was going. */
export interface Change extends LiveSettings {
  /** Units done before it (half-sweeps or observations). */
  readonly unit: number;
}

/**
 * What a run is to be brought to before it goes on. Its configuration, its changes and a unit determine its bits:
 * a snapshot only saves the way there.
 */
export interface Past {
  /** Ascending by unit; also those after `unit`, which the run will meet again. */
  readonly changes: readonly Change[];
  readonly unit: number;
  /** A snapshot of the same run at `unit` or before; null: its initial factors. */
  readonly from: Snapshot | null;
  /** Training RMSE at step 0, which divergence is measured by; null: not known, and so measured. */
  readonly firstRmse: number | null;
}

/** A run from its very beginning. */
export const noPast: Past = { changes: [], unit: 0, from: null, firstRmse: null };

/** λ and γ of the unit that follows so many others. */
export function liveAt(config: LiveSettings, changes: readonly Change[], unit: number): LiveSettings {
  const { lambda, learningRate } = changes.findLast((change) => change.unit <= unit) ?? config;
  return { lambda, learningRate };
}

/** Units done at the next change after so many; infinite where there is none. */
export function nextChange(changes: readonly Change[], unit: number): number {
  return changes.find((change) => change.unit > unit)?.unit ?? Number.POSITIVE_INFINITY;
}

/** The changes up to a unit, and a new one there: what had been changed later has not happened now. */
export function withChange(changes: readonly Change[], change: Change): Change[] {
  return [...changes.filter(({ unit }) => unit < change.unit), change];
}
