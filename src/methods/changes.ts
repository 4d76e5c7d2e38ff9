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

/** The changes up to a unit, and a new one there: what had been changed later has not happened now. */
export function withChange(changes: readonly Change[], change: Change): Change[] {
  return [...changes.filter(({ unit }) => unit < change.unit), change];
}

/** λ and γ of a run, as they are changed while it goes on from a unit. */
export function liveSettings(config: LiveSettings, past: readonly Change[], unit: number) {
  let changes = past;
  /** Units whose settings can be changed no more: those done and those that are being done. */
  let settled = unit;
  const at = (unit: number) => liveAt(config, changes, unit);
  return {
    at,
    /** Units done at the next change after so many; infinite where there is none. */
    next: (unit: number) => changes.find((change) => change.unit > unit)?.unit ?? Number.POSITIVE_INFINITY,
    /** Settles those of the units from one to another, which are alike. */
    begin(from: number, to: number): LiveSettings {
      settled = to;
      return at(from);
    },
    /** Changes them from the first unit on that is not settled. */
    apply(settings: LiveSettings): Change {
      const change = { unit: settled, ...settings };
      changes = withChange(changes, change);
      return change;
    },
  };
}
