import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const revisionOf = (/** @type {string | Uint8Array} */ source) =>
  createHash('sha256').update(source).digest('hex').slice(0, 16);

/**
 * Tells the service worker, `sw.js`, what of the app it is to keep: every file of the build, and those of public/ that
 * the page asks for. Files with a hash in their names never change; the others have a revision.
 *
 * @param {string[]} left names of files that are not kept
 * @returns {import('vite').Plugin}
 */
export function keptFiles(left) {
  const isKept = (/** @type {string} */ name) => !left.includes(name) && name !== 'sw.js';
  const beside = readdirSync('public').filter(isKept);
  return {
    name: 'kept-files',
    generateBundle: {
      // The page is written by a plugin of Vite's own, before.
      order: 'post',
      handler(_, bundle) {
        const built = Object.values(bundle).filter(({ fileName }) => isKept(fileName));
        const kept = [
          ...built.map((part) => ({
            url: `/${part.fileName.replace(/(^|\/)index\.html$/, '$1')}`,
            revision: part.fileName.startsWith('assets/')
              ? null
              : revisionOf(part.type === 'chunk' ? part.code : part.source),
          })),
          ...beside.map((file) => ({
            url: `/${file}`,
            revision: revisionOf(readFileSync(join('public', file))),
          })),
        ];
        const worker = bundle['sw.js'];
        const asked = /\w+\.__WB_MANIFEST/;
        if (worker?.type !== 'chunk' || !asked.test(worker.code)) throw new Error('sw.js asks for no list');
        worker.code = worker.code.replace(asked, JSON.stringify(kept));
      },
    },
  };
}
