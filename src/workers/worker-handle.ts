import {
  type Endpoint,
  expose,
  type Remote,
  releaseProxy,
  type TransferHandler,
  transferHandlers,
  wrap,
} from 'comlink';
import { bytesOf, NotCome } from './bytes-of';
import { beat, patience } from './patience';
import type { Loss, Pulse } from './protocol';

/** A worker died, could not start, or sent what cannot be read. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';
  constructor(
    readonly why: Loss,
    message: string = why,
  ) {
    super(message);
  }
}

/** How a worker was lost that did not do what it was asked for; a mistake that it threw leaves nobody knows what. */
export const lossOf = (error: unknown): Loss => (error instanceof WorkerLost ? error.why : 'garbled');

/** Whether another worker may do what one was lost with: not where somebody has waited long enough already. */
export const isWorthAnother = (error: unknown): boolean =>
  error instanceof WorkerLost && !['silent', 'slow', 'unstarted'].includes(error.why);

/** Asks for something, and once more, of the worker that takes the other's place, where one was lost with it. */
export async function onceMore<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!isWorthAnother(error)) throw error;
    return ask();
  }
}

/**
 * A worker that cannot be lost in silence. Comlink calls to a dead worker never settle, so every call is raced with
 * whatever tells of its end: the worker's `error` event, a lock that it holds while it lives, signs of life that stay
 * away, and counts of messages that do not agree. A script may be long on its way, as long as some of it comes.
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
export function openWorker<Api extends Pulse>(url: string, name: string): WorkerHandle<Api> {
  const worker = new Worker(scripts.createScriptURL(url), { type: 'module', name });
  let lost: Error | null = null;
  let posted = 0;
  let heard = 0;
  worker.addEventListener('message', () => heard++);
  const endpoint: Endpoint = {
    addEventListener: (type, listener) => worker.addEventListener(type, listener as EventListener),
    removeEventListener: (type, listener) => worker.removeEventListener(type, listener as EventListener),
    postMessage(message, transfer = []) {
      if (lost) return;
      worker.postMessage(message, transfer);
      posted++;
    },
  };
  const api = wrap<Api>(endpoint);
  const pulse = api as Remote<Pulse>;
  /** How calls under way are told that there will be no answer. (A race with one long-lived promise would keep every answer.) */
  const waiting = new Set<(reason: Error) => void>();
  const ended = new AbortController();
  let started = false;

  function end(reason: Error) {
    if (lost) return;
    lost = reason;
    alive.stop();
    clearInterval(heart);
    ended.abort();
    worker.terminate();
    // Comlink holds the endpoint for as long as somebody holds this, and the endpoint does: no worker would ever be collected.
    api[releaseProxy]();
    for (const lose of waiting) lose(reason);
    waiting.clear();
  }
  const lose = (why: Loss, message?: string) => end(new WorkerLost(why, message));

  /** It never began: says why, which only its script can tell. */
  async function neverBegan(message?: string) {
    const why = await bytesOf(url).then(
      () => null,
      (error: unknown) => (error instanceof NotCome ? error.why : 'unstarted'),
    );
    // It may have begun meanwhile.
    if (started || lost) return;
    if (why !== null || message !== undefined) lose(why ?? 'unstarted', message);
    else alive = patience(() => lose('unstarted'));
  }

  function lives() {
    started = true;
    alive.stop();
    alive = patience(() => lose('silent'));
  }

  /** Asks for a sign of life, and looks whether all that was said has arrived. */
  async function ask() {
    const answer = pulse.ping();
    const asked = posted;
    const { taken, sent } = await answer;
    alive.moved();
    if (taken < asked || heard - 1 < sent) lose('garbled', 'a message was lost');
  }

  async function begin() {
    const lock = `${name} ${globalThis.crypto?.randomUUID?.()}`;
    const holds = await pulse.stay(lock);
    lives();
    const { signal } = ended;
    if (holds && !lost) await navigator.locks.request(lock, { signal }, () => lose('died'));
  }

  const unheard = (error: unknown) => lose('garbled', String(error));
  let alive = patience(() => void neverBegan());
  const heart = setInterval(() => void (started && ask().catch(unheard)), beat);
  begin().catch(unheard);
  worker.addEventListener('error', (event) => {
    const message = event.message || undefined;
    if (started) lose('died', message);
    else void neverBegan(message ?? 'could not start');
  });
  worker.addEventListener('messageerror', () => lose('garbled', 'unreadable message'));

  return {
    call: (work) =>
      new Promise((resolve, reject) => {
        if (lost) return reject(lost);
        lent = [];
        const answer = work(api) as PromiseLike<Awaited<ReturnType<typeof work>>>;
        const ports = lent;
        const over = () => {
          waiting.delete(lose);
          for (const port of ports) port.close();
        };
        const lose = (reason: unknown) => {
          over();
          reject(reason);
        };
        waiting.add(lose);
        answer.then((value) => {
          over();
          resolve(value);
        }, lose);
      }),
    get alive() {
      return lost === null;
    },
    terminate: () => end(new DOMException('terminated', 'AbortError')),
  };
}

/**
 * Where the call that is being made can be called back by its worker: closed when it is over. Comlink itself has the
 * worker close them as it collects what nobody holds, and one that rests collects nothing: all that could be called back
 * would be held, with the frames of every film that was ever saved.
 */
let lent: MessagePort[] = [];

transferHandlers.set('proxy', {
  ...(transferHandlers.get('proxy') as TransferHandler<object, MessagePort>),
  serialize(called) {
    const { port1, port2 } = new MessageChannel();
    expose(called, port1);
    lent.push(port1);
    return [port2, [port2]];
  },
});

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
