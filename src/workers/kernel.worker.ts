import type { Kernels } from '../kernels/kernels';
import { simdKernels } from '../kernels/simd/simd-kernels';
import { perform } from '../methods/work';
import type { KernelApi } from './learn-protocol';
import { serve } from './serve';

let kernels: Kernels | null = null;

serve<KernelApi>({
  use(module, memory, scratch) {
    // It makes no arrays of its own: what it works on lies in the memory already.
    kernels = simdKernels(module, { memory, from: 0, to: 0 }, scratch);
  },
  perform(piece) {
    if (!kernels) throw new Error('perform before use');
    return perform(kernels, piece);
  },
});
