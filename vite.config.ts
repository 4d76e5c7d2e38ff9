import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { buildKernels } from './src/kernels/simd/build.mjs';
import { headersOf } from './src/serve/headers.mjs';

/** The isolation that a host's headers bring; not the others, since reloading while one works needs inline scripts. */
function isolation(): Plugin {
  return {
    name: 'isolation',
    configureServer: ({ middlewares }) =>
      void middlewares.use((request, response, next) => {
        for (const [name, value] of headersOf((request.url ?? '/').split('?', 1)[0]))
          if (name.startsWith('Cross-Origin-')) response.setHeader(name, value);
        next();
      }),
  };
}

/** Compiles the SIMD kernels before anything asks for them. */
function simdKernels(): Plugin {
  return { name: 'simd-kernels', buildStart: buildKernels };
}

export default defineConfig({
  plugins: [react(), isolation(), simdKernels()],
  // One page, whose settings live in the hash, and the same for frames: any other path is a real 404.
  appType: 'mpa',
  cacheDir: '.cache/vite',
  // Small assets inlined as data: URLs would be blocked by the Content-Security-Policy without a word.
  build: {
    ...{ assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: 'es2023' },
    rolldownOptions: { input: { page: 'index.html', embed: 'embed/index.html' } },
  },
  worker: { format: 'es' },
  // What takes a second here may take ten on a machine that is busy; what never ends fails all the same.
  test: { include: ['src/**/*.test.{ts,tsx}'], testTimeout: 120_000 },
});
