// Scratch of one worker (64 KB; see ../../../workers/layout.ts): gathered rows, G, their residuals, and right-hand sides.
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

/** Tells the kernels where this worker's scratch is: 64 KB that nobody else uses. */
export function takeScratch(at: usize): void {
  scratch = at; // its beginning is also where sums of errors are put
  gathered = at; // 64 rows of at most 256 bytes; or 16 of 512, in float64
  gram = at + 16384; // 64 rows of at most 256 bytes; or of 512, in float64
  residuals = at + 49152; // 64 floats
  sides = at + 49408; // 64 × 4 floats
  plainSums = at + 50432; // 64 floats
  biasedSums = at + 50688; // 64 floats
  diagonal = at + 50944; // 64 floats, or float64
  exactSide = at + 51456; // 64 float64
}
