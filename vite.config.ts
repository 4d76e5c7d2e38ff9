import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** The rules of public/_headers, the one place where headers are written down: path prefix, then its headers. */
function headerRules(): { prefix: string; headers: [string, string][] }[] {
  const text = readFileSync(new URL('public/_headers', import.meta.url), 'utf8');
  return text
    .trim()
    .split(/\n\n+/)
    .map((block) => {
      const [path, ...lines] = block.split('\n');
      const headers = lines.map(
        (line) =>
          line
            .trim()
            .split(/: (.*)/s)
            .slice(0, 2) as [string, string],
      );
      return { prefix: path.replace('*', ''), headers };
    });
}

/** Serves with the headers a host would send: all of them in preview; in dev, whose reloading needs inline scripts, isolation only. */
function hostHeaders(): Plugin {
  const rules = headerRules();
  const serve = (only: RegExp) => (request: IncomingMessage, response: ServerResponse, next: () => void) => {
    for (const { prefix, headers } of rules) {
      if (!request.url?.startsWith(prefix)) continue;
      for (const [name, value] of headers) if (only.test(name)) response.setHeader(name, value);
    }
    next();
  };
  return {
    name: 'host-headers',
    configureServer: (server) => void server.middlewares.use(serve(/^Cross-Origin-/)),
    configurePreviewServer: (server) => void server.middlewares.use(serve(/./)),
  };
}

export default defineConfig({
  plugins: [react(), hostHeaders()],
  cacheDir: '.cache/vite',
  // Small assets inlined as data: URLs would be blocked by the Content-Security-Policy without a word.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: 'es2023' },
  worker: { format: 'es' },
  test: { include: ['src/**/*.test.{ts,tsx}'] },
});
