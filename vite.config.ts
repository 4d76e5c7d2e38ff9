import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { buildKernels } from './src/kernels/simd/build.mjs';
import { headersOf } from './src/serve/headers.mjs';
import { keptFiles } from './src/serve/kept.mjs';
import { thirdPartyNotices } from './src/serve/notices.mjs';

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

/** The same page again, below a path with headers of its own, by which other sites may frame it. */
function pageForFrames(): Plugin {
  return {
    name: 'page-for-frames',
    configureServer: ({ middlewares }) =>
      void middlewares.use((request, _, next) => {
        if (request.url === '/embed/') request.url = '/';
        next();
      }),
    generateBundle: {
      // The page is written by a plugin of Vite's own, before.
      order: 'post',
      handler(_, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('there is no page');
        this.emitFile({ type: 'asset', fileName: 'embed/index.html', source: page.source });
      },
    },
  };
}

/** Compiles the SIMD kernels before anything asks for them. */
function simdKernels(): Plugin {
  return { name: 'simd-kernels', buildStart: buildKernels };
}

const notices = thirdPartyNotices();

export default defineConfig({
  plugins: [
    react(),
    isolation(),
    simdKernels(),
    pageForFrames(),
    notices.ofPage,
    keptFiles(['_headers', 'factorscope.png', 'third-party-notices.txt']),
  ],
  // One page, whose settings live in the hash, and the same for frames: any other path is a real 404.
  appType: 'mpa',
  cacheDir: '.cache/vite',
  // Small assets inlined as data: URLs would be blocked by the Content-Security-Policy without a word.
  build: {
    ...{ assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: 'es2023' },
    rolldownOptions: {
      input: { page: 'index.html', sw: 'src/workers/offline.ts' },
      // The address of a service worker is the same in every version: its browser asks for it again.
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  worker: { format: 'es', plugins: () => [notices.ofWorker()] },
  // What takes a second here may take ten on a machine that is busy; what never ends fails all the same.
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    testTimeout: 600_000,
    // By itself it leaves a core to others, half of a small machine.
    maxWorkers: '100%',
  },
});
