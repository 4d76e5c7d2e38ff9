import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

/** Bytes of one message at most: a thousand ratings are less. */
const longest = 256 * 1024;

const name = v.union([v.pipe(v.string(), v.minLength(1), v.maxLength(200)), v.pipe(v.number(), v.integer())]);
const ratings = v.pipe(
  v.array(v.strictObject({ user: name, item: name, value: v.pipe(v.number(), v.finite()) })),
  v.minLength(1),
  v.maxLength(1000),
);

/**
 * Takes ratings that were made in the page for a job to read: `POST /watch/inbox` with a JSON list of `{user, item,
 * value}`. Each message becomes a file of JSON lines, which is written aside and then renamed, so that it is whole
 * once it is there; every line names the message, and so does the answer: the job tells which batch has learnt it.
 * `GET` tells whether ratings are taken. A page of another origin can do neither: it may not set the header that is
 * asked for.
 *
 * @param {string | undefined} folder undefined: none are taken
 */
export function inboxOf(folder) {
  let count = 0;
  /** @type {(request: Request, response: Response) => Promise<void>} */
  return async function take(request, response) {
    const answer = (/** @type {number} */ status, /** @type {unknown} */ body) => {
      response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
      response.end(JSON.stringify(body));
    };
    const { method, headers } = request;
    const isOurs = headers['x-factorscope'] === 'inbox' && headers['sec-fetch-site'] === 'same-origin';
    if (isOurs && method === 'GET') return answer(200, { isOpen: folder !== undefined });
    if (folder === undefined || method !== 'POST' || !isOurs) return answer(403, { code: 'not-ours' });
    const checked = await bodyOf(request)
      .then((text) => v.safeParse(ratings, JSON.parse(text)))
      .catch(() => null);
    if (!checked?.success) return answer(400, { code: 'bad-ratings' });
    try {
      await mkdir(folder, { recursive: true });
      const message = `page-${Date.now()}-${String(count++).padStart(6, '0')}-${randomUUID().slice(0, 8)}`;
      const lines = checked.output.map((rating) => `${JSON.stringify({ ...rating, message })}\n`).join('');
      await writeFile(join(folder, `.${message}.json`), lines);
      await rename(join(folder, `.${message}.json`), join(folder, `${message}.json`));
      answer(200, { message });
    } catch {
      answer(500, { code: 'not-written' });
    }
  };
}

/** @param {Request} request */
async function bodyOf(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > longest) throw new Error('too long');
  }
  return text;
}
