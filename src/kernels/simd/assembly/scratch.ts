// Scratch of one worker (64 KB; see ../../../workers/layout.ts): gathered rows, their residuals, G, and four right-hand sides.
export const gatheredRows: u32 = 64;
export let scratch: usize = 0;
export let gathered: usize = 0;
export let residuals: usize = 0;
export let gram: usize = 0;
export let sides: usize = 0;
export let plainSums: usize = 0;
export let biasedSums: usize = 0;

/** Tells the kernels where this worker's scratch is: 64 KB that nobody else uses. */
export function takeScratch(at: usize): void {
  scratch = at; // its beginning is also where sums of errors are put
  gathered = at; // 64 rows of at most 256 bytes
  gram = at + 16384; // 64 rows of at most 256 bytes
  residuals = at + 32768; // 64 floats
  sides = at + 33024; // 64 × 4 floats
  plainSums = at + 34048; // 64 floats
  biasedSums = at + 34304; // 64 floats
}
