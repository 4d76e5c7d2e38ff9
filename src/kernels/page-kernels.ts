import { heapArrays } from '../ratings/lines';
import { normalEquations, solveCompleteLines, solveLines } from './als';
import { learn } from './bias-sgd';
import { predict, sumErrors } from './errors';
import { solveImplicitLines } from './implicit-als';
import type { Kernels } from './kernels';
import { addGradients, applyGradients } from './mini-batch';
import { solveLinesBy } from './solve-lines-by';

/** The kernels as a learner reads them: float64, no padding. */
export const pageKernels: Kernels = {
  rowLength: (rank) => rank,
  floats: (length) => new Float64Array(length),
  ratings: heapArrays,
  solveLines,
  solveCompleteLines,
  solveImplicitLines,
  normalEquations,
  solveLinesBy: solveLinesBy(normalEquations),
  learn,
  addGradients,
  applyGradients,
  predict,
  sumErrors,
};
