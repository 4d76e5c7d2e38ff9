import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder of the package that a module of node_modules is from; a package.json without a name only marks a format.
 *
 * @param {string} module
 */
function packageOf(module) {
  for (let folder = dirname(module); folder.includes('node_modules'); folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (existsSync(path) && JSON.parse(readFileSync(path, 'utf8')).name) return folder;
  }
  return null;
}

/**
 * Its name, version, licence, and the text of every licence and notice that it brings.
 *
 * @param {string} folder
 */
function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}

/**
 * Writes `third-party-notices.txt` beside the page: every package of which something is in the bundles, those of
 * the workers too, which Vite's own `build.license` leaves out. One plugin for the page, one for each worker.
 */
export function thirdPartyNotices() {
  /** @type {Set<string>} */
  const folders = new Set();
  const gather = (/** @type {import('vite').Rolldown.OutputBundle} */ bundle) => {
    for (const part of Object.values(bundle))
      for (const module of part.type === 'chunk' ? part.moduleIds : []) {
        const folder = packageOf(module.replaceAll('\0', '').split('?', 1)[0] ?? '');
        if (folder) folders.add(folder);
      }
  };
  const name = 'third-party-notices';
  /** @type {() => import('vite').Plugin} */
  const ofWorker = () => ({ name, generateBundle: (_, bundle) => gather(bundle) });
  return {
    ofWorker,
    /** @type {import('vite').Plugin} */
    ofPage: {
      name,
      // Workers have been bundled by then: the page names their files.
      generateBundle(_, bundle) {
        gather(bundle);
        const notices = [...folders].map(noticeOf).sort();
        const source = `${notices.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
        this.emitFile({ type: 'asset', fileName: 'third-party-notices.txt', source });
      },
    },
  };
}
