import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const newest = (folder) =>
  Math.max(...readdirSync(folder).map((name) => statSync(`${folder}/${name}`).mtimeMs));

/**
 * Compiles assembly/ into two modules, alike but for the memory they import: shared between workers, or one
 * thread's own where the page is not isolated. Nothing where both are newer than their source. Throws on errors.
 */
export async function buildKernels() {
  const sources = newest(at('assembly'));
  mkdirSync(at('wasm'), { recursive: true });
  for (const memory of ['shared', 'own']) {
    const out = at(`wasm/${memory}.wasm`);
    if ((statSync(out, { throwIfNoEntry: false })?.mtimeMs ?? 0) > sources) continue;
    const { error, stderr } = await asc.main([
      at('assembly/index.ts'),
      ...['-O3', '--noAssert', '--runtime', 'stub', '--importMemory'],
      ...(memory === 'shared'
        ? ['--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536', '--enable', 'simd,threads']
        : ['--enable', 'simd']),
      ...['--outFile', out],
    ]);
    if (error) throw new Error(`${error.message}\n${stderr}`);
  }
}
