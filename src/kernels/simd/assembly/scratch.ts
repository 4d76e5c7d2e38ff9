// Scratch of one worker (256 KB, `scratchBytes` of ../simd-kernels.ts): gathered rows, G, their residuals, and
// right-hand sides. A row has at most 128 factors: 512 bytes, or 1,024 in float64.
export const gatheredRows: u32 = 64;
/** As many in float64 take half of the room: G in float64 needs a cache as well. */
export const exactRows: u32 = 16;
export let scratch: usize = 0;
export let gathered: usize = 0;
export let gram: usize = 0;
export let residuals: usize = 0;
export let sides: usize = 0;
export let plainSums: usize = 0;
export let biasedSums: usize = 0;
export let diagonal: usize = 0;
export let exactSide: usize = 0;
export let wholeGram: usize = 0;

/** Tells the kernels where this worker's scratch is: 256 KB that nobody else uses. */
export function takeScratch(at: usize): void {
  scratch = at; // its beginning is also where sums of errors are put
  gathered = at; // 64 rows of at most 512 bytes; or 16 of 1,024, in float64
  gram = at + 32768; // 128 rows of at most 512 bytes; or of 1,024, in float64
  residuals = at + 163840; // 64 floats
  sides = at + 164096; // 128 × 4 floats
  plainSums = at + 166144; // 128 floats
  biasedSums = at + 166656; // 128 floats
  diagonal = at + 167168; // 128 floats, or float64
  exactSide = at + 168192; // 128 float64
  wholeGram = at + 169216; // 128 rows of at most 512 bytes
}
