import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { proxy } from 'comlink';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { beat } from './patience';
import type { Pulse } from './protocol';
import { openWorker } from './worker-handle';

interface Api extends Pulse {
  double(value: number): number;
  tell(said: (done: number) => void): void;
}

interface Message {
  readonly id: string;
  readonly path: string[];
  readonly argumentList: { value: number }[];
}

/** What it does not answer, and what is lost on its way there or back, by the names of calls. */
let mute: Set<string>;
let lostThere: Set<string>;
let lostBack: Set<string>;
let thread: Thread;
/** What it may call back by. */
let ports: MessagePort[];
/** What it has not answered yet. */
let late: (() => void)[];
/** What comes of the script when it is asked for once more. */
let script: (signal: AbortSignal) => Promise<Response>;

/** A worker of which the test decides what it hears and says; it speaks as Comlink does. */
class Thread extends EventTarget {
  taken = 0;
  sent = 0;
  isOver = false;
  constructor() {
    super();
    thread = this;
  }
  postMessage({ id, path: [name], argumentList }: Message, given: MessagePort[]) {
    ports.push(...given);
    if (lostThere.has(name)) return;
    this.taken++;
    if (mute.has(name)) return void late.push(() => this.answer(id, name, argumentList));
    this.answer(id, name, argumentList);
  }
  answer(id: string, name: string, argumentList: Message['argumentList']) {
    const answers: Record<string, unknown> = {
      ping: { taken: this.taken, sent: this.sent },
      stay: false,
      double: 2 * (argumentList[0]?.value ?? 0),
    };
    this.sent++;
    if (!lostBack.has(name))
      this.dispatchEvent(
        Object.assign(new Event('message'), { data: { id, type: 'RAW', value: answers[name] } }),
      );
  }
  terminate() {
    this.isOver = true;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  [mute, lostThere, lostBack, late, ports] = [new Set(), new Set(), new Set(), [], []];
  script = async () => new Response('a script');
  vi.stubGlobal('location', new URL('http://localhost/'));
  vi.stubGlobal('fetch', (_: string, { signal }: { signal: AbortSignal }) => script(signal));
  vi.stubGlobal('Worker', Thread);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const beats = (count: number) => vi.advanceTimersByTimeAsync(count * beat);

/** A worker that was asked something, and how it was lost; null as long as it is not. */
function asked() {
  const handle = openWorker<Api>('/a-script.js', 'run');
  let why: string | null = null;
  let answer: number | null = null;
  handle
    .call((api) => api.double(21))
    .then(
      (value) => {
        answer = value;
      },
      (error) => {
        why = error.why ?? error.name;
      },
    );
  return { handle, why: () => why, answer: () => answer };
}

test('whoever answers is never lost, however long it is waited for', async () => {
  const { handle, answer } = asked();
  await beats(1000);
  expect([handle.alive, answer()]).toEqual([true, 42]);
});

test('a script of which some comes is waited for; one of which nothing comes is not', async () => {
  mute = new Set(['stay', 'ping', 'double']);
  let more = (_: Uint8Array) => {};
  script = async () =>
    new Response(
      new ReadableStream({
        start: (stream) => {
          more = (bytes) => stream.enqueue(bytes);
        },
      }),
    );
  const slow = asked();
  await beats(31);
  for (let part = 0; part < 10; part++) {
    more(Uint8Array.of(1));
    await beats(20);
  }
  expect(slow.why()).toBe(null);
  script = (signal) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  const stuck = asked();
  await beats(61);
  expect(stuck.why()).toBe('slow');
});

test.each([
  ['missing', async () => new Response('', { status: 404 })],
  ['offline', async () => Promise.reject(new TypeError('Failed to fetch'))],
  ['unstarted', async () => new Response('a script that throws')],
] as const)('a script that cannot become a worker says what it is: %s', async (expected, comes) => {
  mute = new Set(['stay', 'ping', 'double']);
  script = comes;
  const { why, handle } = asked();
  thread.dispatchEvent(new Event('error'));
  await beats(1);
  expect([why(), handle.alive, thread.isOver]).toEqual([expected, false, true]);
});

test('a worker whose script has come, and that never says anything, is given up', async () => {
  mute = new Set(['stay', 'ping', 'double']);
  const { why } = asked();
  await beats(59);
  expect(why()).toBe(null);
  await beats(2);
  expect(why()).toBe('unstarted');
});

test('a worker that begins while its script is asked for once more is as alive as any', async () => {
  mute = new Set(['stay', 'ping', 'double']);
  let came = () => {};
  script = () =>
    new Promise((resolve) => {
      came = () => resolve(new Response('a script'));
    });
  const { handle, answer } = asked();
  await beats(40);
  mute = new Set();
  for (const give of late) give();
  await beats(1);
  came();
  await beats(200);
  expect([handle.alive, answer()]).toEqual([true, 42]);
});

test('a worker that gives no sign of life any more is given up, and one that ends says so at once', async () => {
  mute = new Set(['double']);
  const silent = asked();
  await beats(100);
  expect(silent.why()).toBe(null);
  mute = new Set(['double', 'ping']);
  await beats(31);
  expect(silent.why()).toBe('silent');
  mute = new Set(['double']);
  const dead = asked();
  await beats(1);
  thread.dispatchEvent(new Event('error'));
  await beats(0);
  expect(dead.why()).toBe('died');
});

test.each(['there', 'back'])(
  'a message that is lost on its way %s is noticed at the next beat',
  async (way) => {
    (way === 'there' ? lostThere : lostBack).add('double');
    const { why } = asked();
    await beats(2);
    expect(why()).toBe('garbled');
  },
);

test('what cannot be posted, now and for ever, is told to whoever asked', async () => {
  vi.spyOn(Thread.prototype, 'postMessage').mockImplementation(() => {
    throw new DOMException('could not be cloned', 'DataCloneError');
  });
  const { why } = asked();
  await beats(1);
  expect(why()).toBe('DataCloneError');
  vi.restoreAllMocks();
});

test('whoever is sent away ends what it was asked for, and is no loss', async () => {
  mute = new Set(['double']);
  const { why, handle } = asked();
  handle.terminate();
  await beats(1);
  expect([why(), thread.isOver]).toEqual(['AbortError', true]);
});

test.each(['is answered', 'is lost'])(
  'what a call can be called back by is closed once it %s',
  async (how) => {
    mute = new Set(['tell']);
    const handle = openWorker<Api>('/a-script.js', 'run');
    const said: number[] = [];
    const told = handle.call((api) => api.tell(proxy((done) => void said.push(done)))).catch(() => {});
    const [port] = ports;
    const heard = new Promise((resolve) => port.addEventListener('message', resolve));
    port.start();
    port.postMessage({ id: 'a', type: 'APPLY', path: [], argumentList: [{ type: 'RAW', value: 3 }] });
    await heard;
    expect(said).toEqual([3]);
    const closed = new Promise((resolve) => port.addEventListener('close', resolve));
    if (how === 'is lost') handle.terminate();
    else for (const answer of late) answer();
    await Promise.all([told, closed]);
  },
);

test('a worker that has been sent away is held by nobody, whatever it was asked', async () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  mute = new Set(['double']);
  const sentAway = async () => {
    const { handle } = asked();
    await beats(2);
    const gone = new WeakRef(thread);
    [thread, late] = [new Thread(), []];
    handle.terminate();
    return gone;
  };
  const gone = await sentAway();
  // Comlink lets go of what its own proxies were made of after these are collected.
  for (let time = 0; time < 3; time++) {
    collect();
    await setImmediate();
  }
  expect(gone.deref()).toBe(undefined);
});
