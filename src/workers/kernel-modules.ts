import ownUrl from '../kernels/simd/wasm/own.wasm?url';
import sharedUrl from '../kernels/simd/wasm/shared.wasm?url';

/** Whether memory can be shared between workers: only where the page is isolated by its headers. */
export const isolated = globalThis.crossOriginIsolated === true;

let compiled: Promise<WebAssembly.Module | null> | null = null;

/** The SIMD kernels, for the kind of memory there is; null where the browser cannot run them, or they did not come. */
export function simdModule(): Promise<WebAssembly.Module | null> {
  compiled ??= fetch(isolated ? sharedUrl : ownUrl)
    .then(async (response) => WebAssembly.compile(await response.arrayBuffer()))
    .catch(() => null);
  return compiled;
}
