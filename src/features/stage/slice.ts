import type { OrderBy } from '../../draw/orders';
import type { Scene } from '../../draw/scene';
import type { Window } from '../../draw/window';
import type { Reconstruct } from '../../kernels/simd/reconstruct';

/** Under the crosshair: positions in the orders of users and items, whole numbers; null: none. */
export interface Cell {
  readonly user: number;
  readonly item: number;
}

export interface StageSlice {
  /** What of the matrices is on screen; null: the whole. */
  readonly window: Window | null;
  /** What is known, laid out for the window or, while a newer one is on its way, for an older. */
  readonly scene: Scene | null;
  readonly crosshair: Cell | null;
  /** Paints models fast; null where the browser cannot. There before the first picture, so that all are painted alike. */
  readonly reconstruct: Reconstruct | null;
}

export const stageSlice = (): StageSlice => ({
  ...{ window: null, scene: null, crosshair: null, reconstruct: null },
});

export interface StageActions {
  pointAt(cell: Cell | null): void;
  /** Brings a part of the matrices onto the stage; null: the whole. */
  show(window: Window | null): void;
  /** Orders users and items on the stage; along a factor: as the newest frame of who races first has it. */
  orderBy(by: OrderBy): void;
}
