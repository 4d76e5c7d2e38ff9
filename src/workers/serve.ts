import { type Endpoint, expose } from 'comlink';
import type { Pulse } from './protocol';

/** What a worker does, beside giving signs of life. */
export type Served<Api extends Pulse> = Omit<Api, keyof Pulse>;

/** Offers what a worker does to whoever has opened it, who can tell by its pulse that it lives, and that nothing was lost. */
export function serve<Api extends Pulse>(api: Served<Api>): void {
  let taken = 0;
  let sent = 0;
  const pulse: Pulse = {
    ping: () => ({ taken, sent }),
    stay: (lock) =>
      new Promise((held) => {
        const { locks } = navigator as { locks?: LockManager };
        if (!locks) return held(false);
        // The browser lets go of it when the worker ends, however it does.
        const forEver = new Promise(() => {});
        locks
          .request(lock, () => {
            held(true);
            return forEver;
          })
          .catch(() => held(false));
      }),
  };
  const scope = globalThis as unknown as Endpoint;
  scope.addEventListener('message', () => taken++);
  const endpoint: Endpoint = {
    addEventListener: (type, listener) => scope.addEventListener(type, listener),
    removeEventListener: (type, listener) => scope.removeEventListener(type, listener),
    postMessage(message, transfer) {
      scope.postMessage(message, transfer);
      sent++;
    },
  };
  expose({ ...api, ...pulse }, endpoint);
}
