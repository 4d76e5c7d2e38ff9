declare module 'gifenc' {
  export type Rgb = [red: number, green: number, blue: number];

  export interface FrameOptions {
    /** Of the first frame, for all; of another, for that one. At most 256. */
    palette?: readonly Rgb[];
    /** Milliseconds; kept in hundredths of a second. */
    delay?: number;
    /** 0: for ever. */
    repeat?: number;
    transparent?: boolean;
    transparentIndex?: number;
    /** 1: what the frame before has drawn stays. */
    dispose?: number;
    /** Bits of an index. */
    colorDepth?: number;
  }

  export interface Encoder {
    writeFrame(indices: Uint8Array, width: number, height: number, options: FrameOptions): void;
    finish(): void;
    /** A copy of all that was written. */
    bytes(): Uint8Array<ArrayBuffer>;
    /** Forgets what was written, and that there was a first frame. */
    reset(): void;
    readonly stream: { reset(): void };
  }

  export function GIFEncoder(options?: { initialCapacity?: number; auto?: boolean }): Encoder;
}
