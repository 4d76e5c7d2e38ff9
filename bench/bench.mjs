import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { build } from 'vite';
import { buildKernels } from '../src/kernels/simd/build.mjs';

/**
 * `npm run bench`: kernels in Node, then the app in a real browser, then ten minutes of everything in turn. `-- kernels`,
 * `-- app [minutes]` or `-- soak [minutes]` for one of them; `--quick` without the 26 million and the soak, in 3 rounds;
 * `--long` with everything. Prints tables, and writes .cache/bench.json.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const options = process.argv.slice(2);
const only = options.find((option) => ['kernels', 'app', 'soak'].includes(option));

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

const parts = {
  kernels,
  app: () => run('bench/app.mjs', options),
  soak: () => run('bench/soak.mjs', options),
};
const result = {};
for (const [name, measure] of Object.entries(parts)) {
  const isWanted = only ? only === name : name !== 'soak' || !options.includes('--quick');
  if (isWanted) result[name] = await measure();
}
mkdirSync('.cache', { recursive: true });
writeFileSync('.cache/bench.json', JSON.stringify(result, null, 2));
