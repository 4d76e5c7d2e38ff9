import { parentPort, workerData } from 'node:worker_threads';
import { simdKernels } from '../src/kernels/simd/simd-kernels';
import { type Piece, perform } from '../src/methods/work';

/** A second worker on the memory of the first: does the pieces it is sent, in turn. */
const { module, memory, scratch } = workerData;
const kernels = simdKernels(module, { memory, from: 0, to: 0 }, scratch);
parentPort?.on('message', ([i, piece]: [number, Piece]) =>
  parentPort?.postMessage([i, perform(kernels, piece)]),
);
