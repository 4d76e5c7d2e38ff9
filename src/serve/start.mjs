import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { serverOf } from './server.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    watch: { type: 'string' },
    inbox: { type: 'string' },
    'no-build': { type: 'boolean', default: false },
  },
});
const folderOf = (/** @type {string | undefined} */ given) =>
  given === undefined ? undefined : resolve(process.env.INIT_CWD ?? '.', given);

if (!values['no-build']) {
  const { status } = spawnSync('npx', ['vite', 'build'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
const [watch, inbox] = [folderOf(values.watch), folderOf(values.inbox)];
const server = serverOf({ dist: resolve(root, 'dist'), watch, inbox });

/** The port that was asked for, or the first that is free. */
for (let port = Number(values.port ?? 4173); !server.listening; port++) {
  try {
    await once(server.listen(port, 'localhost'), 'listening');
  } catch (error) {
    const isTaken = /** @type {NodeJS.ErrnoException} */ (error).code === 'EADDRINUSE';
    if (!isTaken || values.port) throw error;
  }
}
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
console.log(`\n  Factorscope: http://localhost:${port}/${watch ? '?watch' : ''}`);
if (watch) console.log(`  Watching:    ${watch}`);
if (inbox) console.log(`  Inbox:       ${inbox}`);
