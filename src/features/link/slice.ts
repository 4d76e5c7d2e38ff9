export interface LinkActions {
  /** The address that reproduces what is on the stage, onto the clipboard. */
  copyLink(): Promise<void>;
  /** Makes the large sample up that an opened link is of, or goes the long way that it leads. */
  acceptLink(): void;
}
