import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const windows = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
  .map((folder) => process.env[folder])
  .filter(Boolean);
const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...windows.map((folder) => `${folder}\\Google\\Chrome\\Application\\chrome.exe`),
  ...windows.map((folder) => `${folder}\\Chromium\\Application\\chrome.exe`),
];

function succeeds(command, args, options = { stdio: 'inherit' }) {
  return spawnSync(command, args, { shell: process.platform === 'win32', ...options }).status === 0;
}

/** The path of a Chromium: the one named by CHROMIUM_PATH, one that is there, or one installed now; else undefined. */
export function findOrInstallBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named && !existsSync(named)) console.warn(`CHROMIUM_PATH is not a file: ${named}`);
  const find = () => [named, ...usual, chromium.executablePath()].find((path) => path && existsSync(path));
  const found = find();
  if (found) return found;
  console.log('No Chromium found: installing one.');
  const debianRoot = process.getuid?.() === 0 && succeeds('apt-get', ['--version'], { stdio: 'ignore' });
  const installed =
    debianRoot && succeeds('apt-get', ['update']) && succeeds('apt-get', ['install', '-y', 'chromium']);
  if (!installed) succeeds('npx', ['playwright', 'install', '--with-deps', 'chromium']);
  return find();
}
