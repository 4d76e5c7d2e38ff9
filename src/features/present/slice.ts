export interface PresentSlice {
  /** Large, and without the panels: for those who look on from afar. */
  readonly presenting: boolean;
}

export const presentSlice = (): PresentSlice => ({ presenting: false });
