import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { buildKernels } from './src/kernels/simd/build.mjs';

type HeaderRule = { path: string; headers: [name: string, value: string][] };

/** The rules of public/_headers, the one place where headers are written down: a path, then its indented headers. */
function headerRules(): HeaderRule[] {
  const rules: HeaderRule[] = [];
  for (const line of readFileSync(new URL('public/_headers', import.meta.url), 'utf8').split(/\r?\n/)) {
    if (!line.trim()) continue;
    const header = /^\s+([\w-]+): (.+)$/.exec(line);
    if (header) rules[rules.length - 1].headers.push([header[1], header[2]]);
    else if (line.startsWith('/')) rules.push({ path: line, headers: [] });
    else throw new Error(`public/_headers: cannot read "${line}"`);
  }
  return rules;
}

/** Whether a rule is for this path: `/folder/*` for all below it, any other for itself alone. */
function matches(rule: HeaderRule, path: string): boolean {
  return rule.path.endsWith('*') ? path.startsWith(rule.path.slice(0, -1)) : path === rule.path;
}

/** Serves with the headers a host would send: all of them in preview; in dev, whose reloading needs inline scripts, isolation only. */
function hostHeaders(): Plugin {
  const rules = headerRules();
  const serve = (only: RegExp) => (request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    for (const rule of rules) {
      if (!matches(rule, path)) continue;
      for (const [name, value] of rule.headers) if (only.test(name)) response.setHeader(name, value);
    }
    next();
  };
  return {
    name: 'host-headers',
    configureServer: (server) => void server.middlewares.use(serve(/^Cross-Origin-/)),
    configurePreviewServer: (server) => void server.middlewares.use(serve(/./)),
  };
}

/** Compiles the SIMD kernels before anything asks for them. */
function simdKernels(): Plugin {
  return { name: 'simd-kernels', buildStart: buildKernels };
}

export default defineConfig({
  plugins: [react(), hostHeaders(), simdKernels()],
  // One page, whose settings live in the hash: any other path is a real 404.
  appType: 'mpa',
  cacheDir: '.cache/vite',
  // Small assets inlined as data: URLs would be blocked by the Content-Security-Policy without a word.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: 'es2023' },
  worker: { format: 'es' },
  // What takes a second here may take ten on a machine that is busy; what never ends fails all the same.
  test: { include: ['src/**/*.test.{ts,tsx}'], testTimeout: 30_000 },
});
