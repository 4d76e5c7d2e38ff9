import type { Snapshot } from '../../methods/snapshot';

/** Milliseconds in which a half-sweep is shown to who sees one for the first time. */
const sweepTime = 1200;

/** A half-sweep on its way: what the model is after so many rows, and how far that is, 0…1. */
export interface Sweep {
  readonly frame: Snapshot;
  readonly side: 'users' | 'items';
  readonly share: number;
}

/**
 * Shows the half-sweeps of a run row by row. Rows do not depend on one another, so that a model whose first rows are
 * those of a half-sweep, and whose others are still those of before, is what the model was on the way.
 *
 * @param now milliseconds
 */
export function sweeps(now: () => number) {
  let shown: { readonly frame: Snapshot; readonly from: number } | null = null;
  /** Null where there is nothing to be swept, or it has been. */
  return (frame: Snapshot, before: Snapshot | undefined): Sweep | null => {
    if (shown?.frame !== frame) shown = { frame, from: now() };
    const share = (now() - shown.from) / sweepTime;
    if (before?.step !== frame.step - 0.5 || share >= 1) return null;
    const side = frame.step % 1 === 0 ? 'items' : 'users';
    return { frame: sweptTo(frame, before, side, share), side, share };
  };
}

function sweptTo(frame: Snapshot, before: Snapshot, side: Sweep['side'], share: number): Snapshot {
  const isUsers = side === 'users';
  const done = Math.floor(share * (isUsers ? frame.userCount : frame.itemCount));
  const [factors, bias] = isUsers
    ? (['userFactors', 'userBias'] as const)
    : (['itemFactors', 'itemBias'] as const);
  const mixed = (name: typeof factors | typeof bias, width: number) => {
    const values = before[name].slice();
    values.set(frame[name].subarray(0, done * width));
    return values;
  };
  return { ...frame, [factors]: mixed(factors, frame.rank), [bias]: mixed(bias, 1) };
}
