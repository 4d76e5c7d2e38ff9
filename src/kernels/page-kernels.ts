import { solveCompleteLines, solveLines } from './als';
import { learn } from './bias-sgd';
import type { Kernels } from './kernels';
import { squaredError } from './rmse';

/** The kernels as a learner reads them: float64, one thread. */
export const pageKernels: Kernels = { solveLines, solveCompleteLines, learn, squaredError };
