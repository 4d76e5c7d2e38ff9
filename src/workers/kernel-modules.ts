import ownUrl from '../kernels/simd/wasm/own.wasm?url';
import sharedUrl from '../kernels/simd/wasm/shared.wasm?url';
import { bytesOf } from './bytes-of';

/**
 * Whether this thread can share memory with others: only where the page is isolated by its headers, and not in every
 * worker of every browser where it is.
 */
export const canShare =
  globalThis.crossOriginIsolated === true && typeof globalThis.SharedArrayBuffer === 'function';

type Compiled = Promise<WebAssembly.Module | null>;
const compiled = new Map<string, Compiled>();

/**
 * The SIMD kernels, for memory that is shared or that is not; null where the browser cannot run them, or they did not
 * come.
 */
export function simdModule(shared = canShare): Compiled {
  const url = shared ? sharedUrl : ownUrl;
  const there = compiled.get(url);
  if (there) return there;
  const module = bytesOf(url)
    .then((bytes) => WebAssembly.compile(bytes))
    .catch(() => null);
  compiled.set(url, module);
  return module;
}
