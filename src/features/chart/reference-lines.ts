import type { WorkbenchState } from '../../state/workbench';

export interface ReferenceLine {
  readonly value: number;
  readonly label: string;
}

/** The dashed lines: what needs no factors, and what no factors can beat. Rating units. */
export function referenceLines({ data, floor }: Pick<WorkbenchState, 'data' | 'floor'>): ReferenceLine[] {
  if (!data || data.source === 'run') return [];
  const lines: ReferenceLine[] = [{ value: data.references.mean, label: 'mean predictor' }];
  if (data.source !== 'picture') lines.push({ value: data.references.biases, label: 'mean + biases' });
  if (floor) {
    lines.push({ value: floor.least, label: `least at rank ${floor.rank}` });
    if (floor.regularised > 1.005 * floor.least)
      lines.push({ value: floor.regularised, label: 'ALS optimum at this λ' });
  }
  return lines;
}

/** The range to show: all references, the newest values, and what fits of the first ones. */
export function valueRange(
  lines: readonly ReferenceLine[],
  columns: readonly (readonly (number | null)[])[],
  log: boolean,
): [number, number] {
  const values = columns.flat().filter((value): value is number => value !== null && value > 0);
  const references = lines.map(({ value }) => value).filter((value) => value > 0);
  if (values.length + references.length === 0) return log ? [0.1, 1] : [0, 1];
  const low = Math.min(
    ...references,
    values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
  );
  const most = values.reduce((top, value) => Math.max(top, value), 0);
  const cap =
    1.15 *
    Math.max(
      ...references,
      columns.reduce((top, column) => Math.max(top, column.findLast((value) => value !== null) ?? 0), 0),
    );
  const high = Math.max(
    references.length > 0 ? Math.min(most * 1.05, cap) : most * 1.05,
    ...references.map((value) => value * 1.06),
  );
  return log ? [low / 1.15, high] : [Math.max(0, low - 0.06 * (high - low)), high];
}
