declare module 'gifenc' {
  export interface FrameOptions {
    /** Of the first frame, for all; at most 256 colours. */
    palette?: readonly [red: number, green: number, blue: number][];
    /** Milliseconds; kept in hundredths of a second. */
    delay?: number;
    /** 0: for ever. */
    repeat?: number;
    transparent?: boolean;
    transparentIndex?: number;
    /** 1: what the frame before has drawn stays. */
    dispose?: number;
  }

  export function GIFEncoder(options: { initialCapacity: number }): {
    writeFrame(indices: Uint8Array, width: number, height: number, options: FrameOptions): void;
    finish(): void;
    /** A copy of all that was written. */
    bytes(): Uint8Array<ArrayBuffer>;
    readonly stream: { reset(): void };
  };
}
