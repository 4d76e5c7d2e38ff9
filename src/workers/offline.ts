import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';
import { keepShared } from './handed-over';

/**
 * The service worker: everything of the app is kept when it was visited once, so that it opens, and all its parts
 * come, without a network. A page keeps the version that it was opened with: the next one is fetched meanwhile, and
 * takes over when nobody has the page open, or when the only one who has asks for it.
 */

/** What of a service worker's global scope is used here; TypeScript has its types only where it has none of a page. */
interface Scope {
  readonly __WB_MANIFEST: { url: string; revision: string | null }[];
  readonly clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<unknown[]>;
    claim(): Promise<void>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'message', listener: (event: Message) => void): void;
  addEventListener(type: 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetch) => void): void;
}

interface Lasting {
  waitUntil(done: Promise<unknown>): void;
}

interface Fetch {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Message extends Lasting {
  readonly data: unknown;
  readonly ports: readonly { postMessage(answer: unknown): void }[];
}

const scope = globalThis as unknown as Scope;

/** Takes over at once where only the page that asks is open: the parts of the version before are gone then. */
async function takeOver({ ports }: Message): Promise<void> {
  const pages = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  ports[0]?.postMessage(pages.length - 1);
  if (pages.length <= 1) await scope.skipWaiting();
}

scope.addEventListener('message', (event) => {
  if (event.data === 'take over') event.waitUntil(takeOver(event));
});
// The page that has brought it needs it too, once the network is gone.
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));

/** Files that another app shares come as a form, which never leaves this machine: the page opens, and takes them. */
async function takeShared(request: Request): Promise<Response> {
  const files = (await request.formData()).getAll('files').filter((part) => part instanceof File);
  await keepShared(files);
  return Response.redirect('/?shared', 303);
}

scope.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  if (method === 'POST' && new URL(url).pathname === '/share') event.respondWith(takeShared(event.request));
});
cleanupOutdatedCaches();
precacheAndRoute(scope.__WB_MANIFEST, { ignoreURLParametersMatching: [/^shared$/] });
