import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { build } from 'vite';
import { buildKernels } from '../src/kernels/simd/build.mjs';

/**
 * `npm run bench`: kernels in Node, then the app in a real browser. `-- kernels` or `-- app [minutes]` for one of
 * them; `--quick` without the 26 million, in 3 rounds; `--long` with everything. Prints tables, and writes
 * .cache/bench.json.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const options = process.argv.slice(2);
const only = options.find((option) => ['kernels', 'app'].includes(option));

function run(script, args) {
  return new Promise((resolve, reject) => {
    const child = spawn('node', ['--max-old-space-size=8000', script, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let last = '';
    child.stdout.on('data', (chunk) => {
      const lines = (last + chunk).split('\n');
      last = lines.pop();
      for (const line of lines) {
        if (line.startsWith('{')) last = `${line}\n`;
        else console.log(line);
      }
    });
    child.on('exit', (code) =>
      code === 0 ? resolve(JSON.parse(last)) : reject(new Error(`${script} ended with ${code}`)),
    );
  });
}

async function kernels() {
  await buildKernels();
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: '.cache/bench',
      target: 'node20',
      rollupOptions: { input: { kernels: 'bench/kernels.ts', thread: 'bench/thread.ts' } },
    },
  });
  const { error } = await asc.main([
    'bench/assembly/peak.ts',
    '-O3',
    '--runtime',
    'stub',
    '--enable',
    'simd',
    '--outFile',
    '.cache/bench/peak.wasm',
  ]);
  if (error) throw error;
  return run('.cache/bench/kernels.js', options);
}

const result = {};
if (only !== 'app') result.kernels = await kernels();
if (only !== 'kernels')
  result.app = await run(
    'bench/app.mjs',
    options.filter((option) => option !== 'app'),
  );
mkdirSync('.cache', { recursive: true });
writeFileSync('.cache/bench.json', JSON.stringify(result, null, 2));
