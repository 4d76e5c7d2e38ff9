import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Other engines, as Debian packages them: where they are, and what brings them. */
const engines = {
  firefox: {
    packages: ['firefox-esr'],
    paths: { FIREFOX_PATH: ['/usr/bin/firefox-esr', '/usr/bin/firefox'] },
  },
  webkit: {
    packages: ['webkit2gtk-driver', 'gstreamer1.0-plugins-base', 'gstreamer1.0-plugins-good', 'xvfb'],
    paths: {
      WEBKIT_DRIVER_PATH: ['/usr/bin/WebKitWebDriver'],
      WEBKIT_PATH: [
        '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
        '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
      ],
      XVFB_PATH: ['/usr/bin/Xvfb'],
    },
  },
};

const succeeds = (command, args, stdio = 'inherit') => spawnSync(command, args, { stdio }).status === 0;

/** Where nothing answers, packages are given up before anybody takes the tests for dead. */
const impatient = ['-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::Retries=1'];

/** The paths of an engine, as tests are told of them; null where one of them is not there. */
function pathsOf({ paths }) {
  const found = Object.entries(paths).map(([name, places]) => [
    name,
    places.find((place) => existsSync(place)),
  ]);
  return found.every(([, path]) => path) ? Object.fromEntries(found) : null;
}

/**
 * Environment that tells e2e/engines.test.ts where other engines are: those that are there, and those that could be
 * installed. Where the machine cannot have one, its name stands in `missing`.
 */
export function findOrInstallEngines() {
  const wanted = Object.entries(engines).filter(([, engine]) => !pathsOf(engine));
  const canInstall = process.getuid?.() === 0 && succeeds('apt-get', ['--version'], 'ignore');
  if (wanted.length > 0 && canInstall && succeeds('apt-get', ['update', ...impatient])) {
    const packages = wanted.flatMap(([, engine]) => engine.packages);
    succeeds('apt-get', ['install', '-y', '--no-install-recommends', ...impatient, ...packages]);
  }
  const found = Object.entries(engines).map(([name, engine]) => [name, pathsOf(engine)]);
  return {
    env: Object.assign({}, ...found.map(([, paths]) => paths ?? {})),
    missing: found.filter(([, paths]) => !paths).map(([name]) => name),
  };
}
