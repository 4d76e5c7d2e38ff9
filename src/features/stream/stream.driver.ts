import { streamMethodIds } from '../../methods';
import type { MethodId } from '../../methods/method';
import type { Moment } from '../../sessions/lab';
import {
  changedStream,
  refitEveryOf,
  type StreamSettings,
  streamConfig,
  streamDefaults,
  streamSettings,
} from '../../settings/stream';
import { effectsOf } from '../../settings/values';
import { follow } from '../../workers/follow';
import type { Running, Stretch } from '../../workers/learn-protocol';
import type { Pool } from '../../workers/pool';
import type { Context } from '../context.driver';
import { type Held, ratedOf } from '../data/holding.driver';
import { beginning, ofStream, type StreamActions, type StreamState } from './slice';

/** Compute between two answers of the worker: while it is watched, and while it is jumped. */
const watchedMilliseconds = 24;
const jumpedMilliseconds = 200;

/** Drives the stream of the ratings on the stage, in its worker, into the store; only while it is looked at. */
export function streamDriver({ workbench, pool, ratings, events }: Context) {
  const get = () => workbench.getState().stream;
  const set = (change: Partial<StreamState>) => workbench.setState(ofStream(change));
  let worker: ReturnType<Pool['stream']> | null = null;
  /** What the open stream was made of; another makes another. */
  let made: { readonly from: Held; readonly settings: StreamSettings } | null = null;
  /** Of the newest stream: what belongs to an older one is dropped. */
  let ticket = 0;
  /** The batch that an opened stream is to go on to; 0 once it is there. */
  let reaching = 0;
  /** Ends the wait for something to do. */
  let wake = () => {};
  let racing = false;
  /** When the next batch is due, milliseconds of the page's clock. */
  let due = 0;

  /** Made when it is first wanted, and anew where it died. */
  function running() {
    if (!worker?.alive) worker = pool.stream();
    return worker;
  }

  const inUse = () => workbench.getState().looks.mode === 'stream';
  const shownMethods = (): readonly MethodId[] => get().looks.panes;

  /** Whether two settings make the same stream. */
  const alike = (a: StreamSettings, b: StreamSettings) =>
    effectsOf(streamSettings, a, b).every((effect) => effect === 'machine');

  /** Opens the stream of the ratings that there are, unless it is open; where asked, goes on to a batch. */
  async function open(goTo = 0) {
    const { data } = workbench.getState();
    const from = ratings.held();
    if (!data || !from || !inUse()) return;
    if (data.source === 'run') return noRatings();
    const { settings } = get();
    const owner = ++ticket;
    made = { from, settings };
    reaching = goTo;
    for (const track of Object.values(get().tracks)) track.clear();
    const timed = from.split.byUser.time !== null;
    const config = streamConfig(settings, from.split.trainingCount, timed);
    set({ status: 'opening', config, facts: null, room: null, target: null, ...beginning() });
    wake();
    try {
      const stream = running();
      const { split, layout, memory } = from;
      await stream.call((api) => api.load({ ratings: ratedOf(data.ratings), split, layout, memory }, null));
      const plan = { feed: 'arriving', config, shown: shownMethods() } as const;
      for await (const answer of follow(stream, plan, () => pace(owner))) {
        if (owner !== ticket) return;
        if (answer.status === 'no-room') return set({ status: 'no-room', room: answer });
        if (answer.status !== 'running') return;
        if (answer.facts) set({ status: 'ready', facts: answer.facts });
        take(answer);
        if (answer.facts && goTo > 0) set({ target: Math.min(goTo, answer.facts.batchCount) });
      }
    } catch (error) {
      lost(error, owner);
    }
  }

  /** Of an opened run there are factors, and nothing that could arrive. */
  function noRatings() {
    ticket++;
    made = null;
    set({ status: 'no-ratings', config: null, facts: null, playing: false, target: null, ...beginning() });
  }

  /** The stream of ratings that are not on the stage any more: it would keep them in the tab. */
  function letGo() {
    ticket++;
    worker?.terminate();
    worker = null;
    made = null;
    for (const track of Object.values(get().tracks)) track.clear();
    set({ status: 'waiting', config: null, facts: null, playing: false, target: null, ...beginning() });
  }

  function lost(error: unknown, owner: number) {
    if (owner === ticket) set({ status: 'lost', playing: false, target: null });
    if (!['WorkerLost', 'AbortError'].includes((error as Error).name)) throw error;
  }

  function take({
    unit: batch,
    moments,
    snapshots,
  }: Pick<Running<Moment>, 'unit' | 'moments' | 'snapshots'>) {
    const state = get();
    for (const moment of moments) {
      const place = { step: moment.batch, observations: moment.ratings, flops: null };
      for (const [method, { seconds, validation, prequential }] of Object.entries(moment.methods))
        state.tracks[method].record({ ...place, seconds, tallies: { validation, prequential } });
    }
    for (const snapshot of snapshots) {
      const track = state.tracks[snapshot.method];
      if (!track.latest || snapshot.step > track.latest.step) track.add(snapshot);
    }
    state.moments.push(...moments);
    const on = batch > state.batch ? { rated: null, undoable: 0 } : {};
    set({ batch, momentCount: state.moments.length, ...on });
  }

  /** How far to go now, and when: null where there is nothing to do. */
  function next(state: StreamState): { to: number; jump: boolean } | null {
    const { target, batch, playing, facts, settings } = state;
    if (!facts || batch >= facts.batchCount) return null;
    if (target !== null && target > batch) return { to: target, jump: true };
    if (!playing) return null;
    return { to: settings.interval > 0 ? batch + 1 : facts.batchCount, jump: false };
  }

  /**
   * The next piece of work, once there is something to do: after the interval, and, of a hidden page, not too often.
   * Null once the stream has given way to another.
   */
  async function pace(owner: number): Promise<Stretch | null> {
    for (;;) {
      if (owner !== ticket) return null;
      const wanted = inUse() ? next(get()) : null;
      if (!wanted) {
        finished();
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      const now = performance.now();
      const { interval } = get().settings;
      if (!wanted.jump && interval > 0) {
        if (now < due || document.hidden) {
          await sleep(Math.min(50, Math.max(4, due - now)));
          continue;
        }
        due = now + 1000 * interval;
      }
      if (document.hidden) await sleep(200);
      const milliseconds = wanted.jump ? jumpedMilliseconds : watchedMilliseconds;
      return { units: wanted.to - get().batch, milliseconds, shown: shownMethods() };
    }
  }

  function finished() {
    const { batch, facts, target } = get();
    if (batch >= reaching) reaching = 0;
    if (target !== null && batch >= target) set({ target: null });
    if (facts && batch >= facts.batchCount) set({ playing: false, target: null });
  }

  /** A matrix of a method that was switched off gives way to one that learns, if there is one that is not shown. */
  function showWhoLearns({ methods }: StreamSettings) {
    const { panes } = get().looks;
    const [first, second] = panes;
    const other = (pane: MethodId, beside: MethodId) =>
      methods.includes(pane)
        ? pane
        : (streamMethodIds.find((one) => methods.includes(one) && one !== beside) ?? pane);
    const shown = other(first, second);
    const both = [shown, other(second, shown)] as const;
    if (both[0] !== first || both[1] !== second) set({ looks: { ...get().looks, panes: both } });
  }

  /** Pictures of methods that were not asked for until now. */
  async function lookAt() {
    const owner = ticket;
    const snapshots = await running()
      .call((api) => api.look(shownMethods()))
      .catch(() => []);
    if (owner === ticket) take({ unit: get().batch, moments: [], snapshots });
  }

  function followStage() {
    const from = ratings.held();
    if (!inUse()) {
      if (made && from !== made.from) letGo();
      else set({ playing: false });
      return;
    }
    if (from && (from !== made?.from || !alike(made.settings, get().settings))) void open();
  }

  workbench.subscribe((now, before) => {
    if (now.looks.mode !== before.looks.mode) {
      // The race waits meanwhile, and goes on where it was.
      if (inUse()) {
        racing = before.playing;
        workbench.setState({ playing: false });
      } else if (racing) workbench.setState({ playing: true });
    }
    if (now.looks.mode !== before.looks.mode || now.data !== before.data) followStage();
  });
  followStage();

  const actions: StreamActions = {
    play() {
      const { facts, batch } = get();
      set({ playing: true, shown: null });
      if (facts && batch >= facts.batchCount) void open();
      else wake();
    },
    pause() {
      reaching = 0;
      set({ playing: false, target: null });
    },
    oneBatch() {
      const { batch, facts } = get();
      if (!facts || batch >= facts.batchCount) return;
      set({ playing: false, shown: null, target: batch + 1 });
      wake();
    },
    jump(to) {
      const { batch } = get();
      set({ playing: false, shown: null });
      if (to < batch) void open(to);
      else {
        set({ target: to });
        wake();
      }
    },
    restart: () => void open(),
    change(change) {
      const { settings, batch } = get();
      const changed = changedStream(settings, change);
      if (!changed) return;
      set({ settings: changed });
      showWhoLearns(changed);
      if (alike(settings, changed)) return wake();
      // Another method learns what has been, up to where the others are.
      const isAnew = effectsOf(streamSettings, settings, changed).includes('restart');
      void open(isAnew ? 0 : Math.max(batch, reaching));
    },
    look(change) {
      set({ looks: { ...get().looks, ...change } });
      if (change.panes) void lookAt();
    },
    scrub: (shown) => set({ shown: shown !== null && shown >= get().batch ? null : shown, playing: false }),
    show: (window) => set({ window }),
    orderStage: (stageOrder) => set({ stageOrder, window: null }),
    draft: (draft) => set({ draft, rating: 'idle' }),
    async rate() {
      const { draft } = get();
      const owner = ticket;
      if (!draft || get().status !== 'ready') return;
      set({ rating: 'learning', playing: false, target: null, shown: null });
      try {
        const result = await running().call((api) => api.rate(draft));
        if (owner !== ticket) return;
        if (!result) return set({ rating: 'no-learner' });
        const { rating, snapshot, undoable } = result;
        const { ownRatings, youCameAfter, facts, moments } = get();
        const usersNow = moments.at(-1)?.users ?? 0;
        set({
          ownRatings: [...ownRatings.slice(ownRatings.length - undoable + 1), rating],
          youCameAfter: youCameAfter ?? (rating.user === facts?.you ? usersNow : null),
          ...{ rated: snapshot, undoable, rating: 'idle' },
        });
      } catch (error) {
        lost(error, owner);
      }
    },
    async undo() {
      const owner = ticket;
      const result = await running()
        .call((api) => api.undo())
        .catch(() => null);
      if (!result || owner !== ticket) return;
      const { facts, youCameAfter } = get();
      const ownRatings = get().ownRatings.slice(0, -1);
      const isHere = ownRatings.some(({ user }) => user === facts?.you);
      const { snapshot: rated, undoable } = result;
      set({ ownRatings, youCameAfter: isHere ? youCameAfter : null, rated, undoable });
    },
    revive() {
      worker?.terminate();
      void open();
    },
  };

  /** The stream that a link has, gone on to its batch, and paused there. */
  events.on('streamLinked', ({ settings, batch }) => {
    const linked = changedStream(streamDefaults, settings) ?? streamDefaults;
    set({ settings: linked, playing: false, shown: null });
    showWhoLearns(linked);
    workbench.setState(({ looks }) => ({ looks: { ...looks, mode: 'stream' } }));
    const { data } = workbench.getState();
    const isFar = data !== null && batch > 0 && workOf(linked, batch, data.trainingCount) > mostUnasked;
    void open(isFar ? 0 : batch);
    if (isFar) workbench.setState({ notice: { kind: 'link-far', batch } });
  });

  return actions;
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Work that a link may ask for without anybody pressing a button: some ten seconds of one core, in multiplications. */
const mostUnasked = 2e10;

/** Multiplications until a batch, about: every rating is learnt, and every refit goes over all that have arrived. */
function workOf(settings: StreamSettings, batch: number, count: number): number {
  const { batchSize, rank, passes, methods } = settings;
  const arrived = Math.min(count, batch * batchSize);
  const batches = Math.ceil(arrived / batchSize);
  const refits = methods.includes('refit') ? batches / refitEveryOf(settings, count) : 0;
  const measured = 20_000 * rank * methods.length;
  const solved = rank * rank + 2 * rank;
  return arrived * (8 * rank * passes + solved) + batches * measured + refits * 5 * arrived * solved;
}
