import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */
/** @typedef {Readonly<Record<string, string>>} Listing What may have grown, by its path in the folder: its size, and when it was written. */

/** Milliseconds between two looks at the folder. Looking works on any file system; being told does not. */
const lookEvery = 400;
/** A connection that says nothing for long may be taken for dead by whoever is in between. */
const aliveEvery = 15_000;
/** Names of files, in folders or not, in plain letters: none that is hidden, none that leads elsewhere. */
const isPlain = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;
/** Folders of runs in a run folder, at most, as in a run file. */
const mostRuns = 64;

/**
 * What a reader has to know of a run folder to know what is new in it: its manifest, and the tables that grow. Arrays
 * are not listed: a table names them, once they are there.
 *
 * @param {string} folder
 * @returns {Promise<Listing>} nothing where there is no such folder
 */
async function listingOf(folder) {
  const names = ['manifest.json'];
  for (const run of (await entriesOf(folder)).filter((entry) => entry.isDirectory()).slice(0, mostRuns))
    for (const { name } of await entriesOf(join(folder, run.name)))
      if (name.endsWith('.ndjson')) names.push(`${run.name}/${name}`);
  const stamps = await Promise.all(names.map(async (name) => [name, await stampOf(join(folder, name))]));
  return Object.fromEntries(stamps.filter(([, stamp]) => stamp !== null));
}

/** @param {string} folder */
const entriesOf = (folder) => readdir(folder, { withFileTypes: true }).catch(() => []);

/** @param {string} path */
async function stampOf(path) {
  try {
    const { size, mtimeMs } = await stat(path);
    return `${size} ${mtimeMs}`;
  } catch {
    return null;
  }
}

/**
 * Serves a run folder, read only: `/watch/events` tells what has grown, as Server-Sent Events of a `Listing` each, the
 * first at once; `/watch/files/…` are its files, whole or from a byte on. Nothing hidden is served, nor by another name
 * anything outside the folder.
 *
 * @param {string} folder
 */
export function watching(folder) {
  /** Who is told, and what each was told last. @type {Map<Response, string>} */
  const readers = new Map();
  let isLooking = false;

  /** Tells every reader what it has not been told, for as long as there is one. */
  async function look() {
    if (isLooking) return;
    isLooking = true;
    while (readers.size > 0) {
      const now = JSON.stringify(await listingOf(folder));
      for (const [reader, told] of readers) {
        if (told === now) continue;
        reader.write(`data: ${now}\n\n`);
        readers.set(reader, now);
      }
      await setTimeout(lookEvery);
    }
    isLooking = false;
  }

  /** @param {Response} response */
  function tell(response) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write('retry: 1000\n\n');
    readers.set(response, '');
    const alive = setInterval(() => response.write(': alive\n\n'), aliveEvery);
    response.on('close', () => {
      clearInterval(alive);
      readers.delete(response);
    });
    void look();
  }

  /**
   * @param {Request} request of an address below /watch/
   * @param {Response} response
   */
  return async function serve(request, response) {
    const path = (request.url ?? '').slice('/watch/'.length);
    if (path === 'events' && request.method === 'GET') return tell(response);
    const name = path.startsWith('files/') ? path.slice('files/'.length) : '';
    if (request.method !== 'GET' || !isPlain.test(name)) return void response.writeHead(404).end();
    await send(join(folder, name), request.headers.range, response);
  };
}

/**
 * Sends a file, from a byte on where it is asked for that. It may go or grow meanwhile: as long as it was is what is sent.
 *
 * @param {string} path
 * @param {string | undefined} range
 * @param {Response} response
 */
async function send(path, range, response) {
  const file = await open(path).catch(() => null);
  const about = await file?.stat();
  if (!file || !about?.isFile()) {
    await file?.close();
    return void response.writeHead(404).end();
  }
  const { size } = about;
  const start = Math.min(size, Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0));
  response.writeHead(start > 0 ? 206 : 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': size - start,
    'Cache-Control': 'no-store',
    ...(start > 0 && { 'Content-Range': `bytes ${start}-${Math.max(start, size - 1)}/${size}` }),
  });
  if (start === size) {
    await file.close();
    return void response.end();
  }
  // A reader that goes away is no mistake, nor is a file that becomes shorter: its reader misses bytes, and asks again.
  await pipeline(file.createReadStream({ start, end: size - 1 }), response).catch(() => {});
}
