import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serverOf } from './server.mjs';

let root: string;
let stop: (() => void)[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'served-'));
  for (const folder of ['dist/assets', 'dist/embed', 'runs/run1', 'runs/.hidden', 'outside'])
    await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, 'dist/index.html'), '<!doctype html><title>the app</title>');
  await writeFile(join(root, 'dist/embed/index.html'), '<!doctype html><title>the app in a frame</title>');
  await writeFile(join(root, 'dist/assets/a.js'), 'export {}');
  await writeFile(join(root, 'runs/manifest.json'), '{"version": 1}');
  await writeFile(join(root, 'runs/run1/columns.ndjson'), '{"step": 0}\n');
  await writeFile(join(root, 'runs/.hidden/secret'), 'secret');
  await writeFile(join(root, 'outside/secret'), 'secret');
});
afterEach(async () => {
  for (const one of stop) one();
  stop = [];
  await rm(root, { recursive: true });
});

async function serve(folders: { watch?: string; inbox?: string }) {
  const server = serverOf({ dist: join(root, 'dist'), ...folders });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stop.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The events of a stream, one by one as they come. */
async function* eventsOf(url: string) {
  const abort = new AbortController();
  stop.unshift(() => abort.abort());
  const { body } = await fetch(url, { signal: abort.signal });
  let text = '';
  for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      if (event.startsWith('data: ')) yield JSON.parse(event.slice(6)) as Record<string, string>;
    }
  }
}

test('the app comes with its headers, and what is not there is a 404', async () => {
  const at = await serve({});
  const page = await fetch(`${at}/`);
  expect(await page.text()).toContain('the app');
  expect(page.headers.get('content-security-policy')).toContain("connect-src 'self'");
  expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  expect(page.headers.get('cache-control')).toBe('no-cache');
  const script = await fetch(`${at}/assets/a.js`);
  expect(script.headers.get('cache-control')).toContain('immutable');
  for (const path of ['/nothing', '/watch/events', '/watch/files/manifest.json', '/%2e%2e/outside/secret'])
    expect((await fetch(at + path)).status).toBe(404);
});

test('only what is below /embed/ may be framed by others; all else of it is as strict', async () => {
  const at = await serve({});
  const [page, embedded] = await Promise.all(['/', '/embed/'].map((path) => fetch(at + path)));
  expect(await embedded.text()).toContain('the app in a frame');
  const policyOf = ({ headers }: Response) => headers.get('content-security-policy')!.split('; ');
  expect(policyOf(page)).toContain("frame-ancestors 'none'");
  expect(policyOf(embedded)).toEqual(
    policyOf(page).map((rule) => (rule.startsWith('frame-ancestors') ? 'frame-ancestors *' : rule)),
  );
  expect(embedded.headers.get('document-isolation-policy')).toBe('isolate-and-require-corp');
  expect(embedded.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  const same = [...page.headers.keys()].filter(
    (name) => !/^(content-|cross-origin-resource|date|etag|last-modified)/.test(name),
  );
  for (const name of same) expect([name, embedded.headers.get(name)]).toEqual([name, page.headers.get(name)]);
});

test('what grows in the folder is told, at once and then as it grows, whoever comes late or goes', async () => {
  const at = await serve({ watch: join(root, 'runs') });
  const events = eventsOf(`${at}/watch/events`);
  const first = (await events.next()).value!;
  expect(Object.keys(first)).toEqual(['manifest.json', 'run1/columns.ndjson']);
  await writeFile(join(root, 'runs/run1/columns.ndjson'), '{"step": 1}\n', { flag: 'a' });
  const second = (await events.next()).value!;
  expect(second['run1/columns.ndjson']).not.toBe(first['run1/columns.ndjson']);
  expect(second['manifest.json']).toBe(first['manifest.json']);
  const late = eventsOf(`${at}/watch/events`);
  expect((await late.next()).value).toEqual(second);
  await rename(join(root, 'runs'), join(root, 'away'));
  expect((await events.next()).value).toEqual({});
  await rename(join(root, 'away'), join(root, 'runs'));
  expect((await events.next()).value).toEqual(second);
  expect((await late.next()).value).toEqual({});
});

test('files of the folder are served whole or from a byte on, never kept; nothing hidden, nothing outside', async () => {
  const at = `${await serve({ watch: join(root, 'runs') })}/watch/files`;
  const whole = await fetch(`${at}/run1/columns.ndjson`);
  expect(await whole.text()).toBe('{"step": 0}\n');
  expect(whole.headers.get('cache-control')).toBe('no-store');
  const rest = await fetch(`${at}/run1/columns.ndjson`, { headers: { Range: 'bytes=5-' } });
  expect([rest.status, await rest.text()]).toEqual([206, 'p": 0}\n']);
  for (const path of [
    '/.hidden/secret',
    '/run1',
    '/../outside/secret',
    '/%2e%2e/outside/secret',
    '/..%2foutside/secret',
  ])
    expect([404, 403]).toContain((await fetch(at + path)).status);
});

test('the page is led to watch; another name of this machine reads nothing', async () => {
  const at = await serve({ watch: join(root, 'runs') });
  const led = await fetch(`${at}/`, { redirect: 'manual' });
  expect([led.status, led.headers.get('location')]).toEqual([302, '/?watch']);
  expect((await fetch(`${at}/?watch`)).status).toBe(200);
  const { request } = await import('node:http');
  const status = await new Promise((resolve) => {
    const asked = request(
      `${at}/watch/files/manifest.json`,
      { headers: { Host: 'evil.example' } },
      (response) => {
        resolve(response.statusCode);
        response.resume();
      },
    );
    asked.end();
  });
  expect(status).toBe(403);
});

test('ratings for the inbox become a file each, whole once it is there; what is not ours or not ratings is refused', async () => {
  const inbox = join(root, 'inbox');
  const at = `${await serve({ watch: join(root, 'runs'), inbox })}/watch/inbox`;
  const ours = { 'X-Factorscope': 'inbox', 'Sec-Fetch-Site': 'same-origin' };
  const send = (body: string, headers: Record<string, string> = ours) =>
    fetch(at, { method: 'POST', body, headers });
  const rating = { user: 'me', item: 'Toy Story', value: 4.5 };
  expect((await send(JSON.stringify([rating]), {})).status).toBe(403);
  expect((await send(JSON.stringify([rating]), { ...ours, 'Sec-Fetch-Site': 'cross-site' })).status).toBe(
    403,
  );
  expect((await fetch(at)).status).toBe(403);
  expect(await (await fetch(at, { headers: ours })).json()).toEqual({ isOpen: true });
  const bad = [
    'no json',
    '{}',
    '[]',
    JSON.stringify([{ ...rating, value: '5' }]),
    JSON.stringify([{ ...rating, more: 1 }]),
    JSON.stringify([{ ...rating, user: 'u'.repeat(201) }]),
    JSON.stringify(Array(1001).fill(rating)),
    `[${' '.repeat(300_000)}]`,
  ];
  for (const body of bad) expect((await send(body)).status).toBe(400);
  await expect(readdir(inbox)).rejects.toThrow();
  const ratings = [rating, { ...rating, item: 7 }];
  const told = [];
  for (let i = 0; i < 2; i++) told.push((await (await send(JSON.stringify(ratings))).json()).message);
  expect((await readdir(inbox)).sort()).toEqual(told.map((message) => `${message}.json`).sort());
  for (const message of told) {
    const lines = (await readFile(join(inbox, `${message}.json`), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(ratings.map((one) => ({ ...one, message })));
  }
});

test('without an inbox no ratings are taken, and the page is told so', async () => {
  const at = `${await serve({ watch: join(root, 'runs') })}/watch/inbox`;
  const ours = { 'X-Factorscope': 'inbox', 'Sec-Fetch-Site': 'same-origin' };
  expect(await (await fetch(at, { headers: ours })).json()).toEqual({ isOpen: false });
  expect((await fetch(at, { method: 'POST', body: '[]', headers: ours })).status).toBe(403);
});
