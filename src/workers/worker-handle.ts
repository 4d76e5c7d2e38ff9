import { type Remote, wrap } from 'comlink';
import type { Pulse } from './protocol';

/** How often a worker is asked for a sign of life, and how many unanswered questions mean that it is dead. */
const heartbeatMilliseconds = 500;
/** Of one that does small pieces of work, and of one whose pieces may take a slow machine seconds. */
const missedBeats = { small: 3, large: 20 };

/** The worker died, could not start, or sent what cannot be read. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';
}

/**
 * A worker that cannot be lost in silence. Comlink calls to a dead worker never settle, so every call is raced
 * with the worker's `error` event and a heartbeat. Beats are counted, not timed: a page that slept does not
 * take its sleep for a worker's death. They count from the first answer on: a script may be long on its way,
 * and one that cannot come fires `error`.
 */
export interface WorkerHandle<Api extends Pulse> {
  /** Rejects with WorkerLost when the worker dies, and with an AbortError when it is terminated. */
  call<P extends PromiseLike<unknown>>(work: (api: Remote<Api>) => P): Promise<Awaited<P>>;
  readonly alive: boolean;
  terminate(): void;
}

/**
 * Starts one of our own scripts as a worker.
 *
 * @param name what it is for, as the browser's tools show it
 */
export function openWorker<Api extends Pulse>(
  url: string,
  name: string,
  pieces: keyof typeof missedBeats = 'small',
): WorkerHandle<Api> {
  const worker = new Worker(scripts.createScriptURL(url), { type: 'module', name });
  const api = wrap<Api>(worker);
  let alive = true;
  /** How calls under way are told that there will be no answer. (A race with one long-lived promise would keep every answer.) */
  const waiting = new Set<(reason: Error) => void>();
  let lost: Error | null = null;

  function end(reason: Error) {
    if (!alive) return;
    alive = false;
    clearInterval(heart);
    worker.terminate();
    lost = reason;
    for (const lose of waiting) lose(reason);
    waiting.clear();
  }

  let started = false;
  let unanswered = 0;
  const ask = () =>
    (api as Remote<Pulse>).ping().then(
      () => {
        started = true;
        unanswered = 0;
      },
      () => {},
    );
  void ask();
  const heart = setInterval(() => {
    if (!started) return;
    if (unanswered >= missedBeats[pieces]) return end(new WorkerLost('no sign of life'));
    if (unanswered++ === 0) void ask();
  }, heartbeatMilliseconds);
  worker.addEventListener('error', (event) => end(new WorkerLost(event.message || 'could not start')));
  worker.addEventListener('messageerror', () => end(new WorkerLost('unreadable message')));

  return {
    call: (work) =>
      new Promise((resolve, reject) => {
        if (lost) return reject(lost);
        waiting.add(reject);
        const answered = () => waiting.delete(reject);
        (work(api) as PromiseLike<Awaited<ReturnType<typeof work>>>).then(
          (value) => {
            answered();
            resolve(value);
          },
          (error: unknown) => {
            answered();
            reject(error);
          },
        );
      }),
    get alive() {
      return alive;
    },
    terminate: () => end(new DOMException('terminated', 'AbortError')),
  };
}

/** Our scripts only: Trusted Types let no other address become a worker. */
export const scripts = (() => {
  const ours = (url: string) => {
    if (new URL(url, location.href).origin !== location.origin) throw new TypeError(`not our script: ${url}`);
    return url;
  };
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  return trustedTypes?.createPolicy('app', { createScriptURL: ours }) ?? { createScriptURL: ours };
})();

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}
