/** Gives the memory of arrays back at once: nobody knows when an idle worker's, or a message's, garbage is collected. */
export function letGo(
  arrays: readonly (Uint8Array | Uint32Array | Float32Array | Float64Array | null)[],
): void {
  for (const array of arrays) {
    const buffer = array?.buffer as (ArrayBuffer & { transfer?(length: number): ArrayBuffer }) | undefined;
    buffer?.transfer?.(0);
  }
}
