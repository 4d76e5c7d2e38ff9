import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findOrInstallBrowser } from './browser.mjs';
import { findOrInstallEngines } from './engines.mjs';

/** The whole test command: types, lint, unused code, unit tests, build, end-to-end tests. Its last line is the totals. */

const reports = { unit: '.cache/unit.json', e2e: '.cache/e2e.json' };
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
mkdirSync('.cache', { recursive: true });
for (const report of Object.values(reports)) rmSync(report, { force: true });
// A build that fails must not leave an older one to be tested.
rmSync('dist', { recursive: true, force: true });

function run(name, args, env = {}) {
  console.log(`\n— ${name} —`);
  const { status } = spawnSync('npx', args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  return { name, ok: status === 0 };
}

/** Passed, failed and skipped of a step; one that failed without telling why counts as one failure. */
function totals({ name, ok }, report, count) {
  const crashed = { name, passed: 0, failed: 1, skipped: 0 };
  if (!report) return ok ? { ...crashed, failed: 0 } : crashed;
  try {
    const counted = count(JSON.parse(readFileSync(report, 'utf8')));
    return { name, ...counted, failed: Math.max(counted.failed, ok ? 0 : 1) };
  } catch {
    return crashed;
  }
}

const browser = findOrInstallBrowser();
const engines = findOrInstallEngines();
const steps = [
  totals(run('types', ['tsc', '-b'])),
  totals(run('lint', ['biome', 'check', '.'])),
  totals(run('unused code', ['knip', '--no-progress'])),
  totals(
    run('unit tests', [
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reports.unit}`,
    ]),
    reports.unit,
    (r) => ({
      passed: r.numPassedTests,
      failed: r.numFailedTests,
      skipped: r.numPendingTests + (r.numTodoTests ?? 0),
    }),
  ),
  totals(run('build', ['vite', 'build'])),
  totals(
    run('end-to-end tests', ['playwright', 'test', '-c', 'e2e/playwright.config.ts'], {
      CHROMIUM_PATH: browser,
      ...engines.env,
    }),
    reports.e2e,
    ({ stats }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
    }),
  ),
];
console.log('');
for (const { name, passed, failed, skipped } of steps) {
  const counts = passed || skipped ? ` (${passed} passed, ${failed} failed, ${skipped} skipped)` : '';
  console.log(`${failed ? 'FAILED' : 'ok    '}  ${name}${counts}`);
}
const sum = (key) => steps.reduce((total, step) => total + step[key], 0);
const skipped = sum('skipped') ? `, ${sum('skipped')} skipped` : '';
process.exitCode = sum('failed') ? 1 : 0;
for (const name of engines.missing)
  console.log(`\nNot run: ${name}, which is not here and cannot be installed.`);
console.log('\nNot run: spark/, which needs Python and Java (its command is in spark/README.md).');
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
