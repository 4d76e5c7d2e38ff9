/** The best that any model of this rank can do on a complete matrix: as it is, and at this λ. Rating units. */
interface Floor {
  readonly rank: number;
  /** As it was set when this was found. */
  readonly lambda: number;
  readonly least: number;
  readonly regularised: number;
}

export interface ChartSlice {
  readonly floor: Floor | null;
}

export const chartSlice = (): ChartSlice => ({ floor: null });
