import { createServer } from 'node:http';
import sirv from 'sirv';
import { headersOf } from './headers.mjs';
import { inboxOf } from './inbox.mjs';
import { watching } from './watch.mjs';

/** Names of this machine. Under another one a page elsewhere could have had it led here, and would read what is watched. */
const ours = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Serves the built app as a host would, with the headers of public/_headers; and, if it is told to, a run folder and
 * an inbox beside it, under the app's own origin, to nobody but this machine.
 *
 * @param {{ dist: string, watch?: string | undefined, inbox?: string | undefined }} folders
 */
export function serverOf({ dist, watch, inbox }) {
  const app = sirv(dist, { etag: true });
  const watched = watch === undefined ? null : watching(watch);
  const taken = inboxOf(inbox);
  // Longer than a page rests between two requests: a connection that is closed just as it is used again fails them.
  return createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    const url = request.url ?? '/';
    const path = url.split('?', 1)[0] ?? '/';
    for (const [name, value] of headersOf(path)) response.setHeader(name, value);
    const end = (/** @type {number} */ status) => void response.writeHead(status).end();
    if (!path.startsWith('/watch/')) {
      // Who opens the page plainly means to watch.
      if (watched && url === '/') return response.writeHead(302, { Location: '/?watch' }).end();
      return app(request, response, () => end(404));
    }
    if (!ours.test(request.headers.host ?? '')) return end(403);
    if (path === '/watch/inbox') return taken(request, response);
    if (watched) return watched(request, response);
    end(404);
  });
}
