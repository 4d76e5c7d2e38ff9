import { streamMethodIds } from '../../methods';
import type { MethodId } from '../../methods/method';
import { hasFiniteFactors, type Snapshot } from '../../methods/snapshot';
import type { Moment } from '../../sessions/lab';
import { changedStream, type StreamSettings, streamConfig, streamSettings } from '../../settings/stream';
import { effectsOf, withDefaults } from '../../settings/values';
import { streamDefaultsFor } from '../../state/run-configs';
import { follow } from '../../workers/follow';
import type { Pool } from '../../workers/pool';
import { isWorthAnother, lossOf } from '../../workers/worker-handle';
import type { Context } from '../context.driver';
import { type Held, ratedOf } from '../data/holding.driver';
import { isFar } from './far-batch';
import { finiteFacts, finiteMoments } from './finite-moments';
import { type Ask, ownRatings } from './own-ratings.driver';
import { paceOf } from './pace';
import { beginning, momentAt, ofStream, type StreamActions, type StreamState } from './slice';

/** Whether two settings make the same stream. */
const isAlike = (a: StreamSettings, b: StreamSettings) =>
  effectsOf(streamSettings, a, b).every((effect) => effect === 'machine');

/**
 * Drives the stream of the ratings on the stage, in its worker, into the store; only while it is looked at.
 *
 * @param beginsByItself whether ratings arrive as soon as somebody looks at the lab
 */
export function streamDriver(
  { workbench, pool, ratings, events }: Context,
  beginsByItself = false,
): StreamActions {
  const get = () => workbench.getState().stream;
  const set = (change: Partial<StreamState>) => workbench.setState(ofStream(change));
  let worker: ReturnType<Pool['stream']> | null = null;
  /** What the open stream was made of; another makes another. */
  let made: { readonly from: Held; readonly settings: StreamSettings } | null = null;
  /** Of the newest stream: what belongs to an older one is dropped. */
  let ticket = 0;
  /** The open stream was begun again without a word, since its worker was lost; if the next one is too, it is said. */
  let isSecond = false;
  /** The race was going when the lab was opened. */
  let isRacing = false;

  const isInUse = () => workbench.getState().looks.mode === 'stream';

  /** Another stream, or none: nothing of it has arrived. */
  function begin(change: Partial<StreamState>) {
    for (const track of Object.values(get().tracks)) track.clear();
    ticket++;
    set({ config: null, facts: null, room: null, target: null, ...beginning(), ...change });
  }

  /** Opens the stream of the ratings that there are; where asked, goes on to a batch. */
  async function open(goTo = 0, isAgain = false): Promise<void> {
    const { data } = workbench.getState();
    const from = ratings.held();
    if (!data || !from || !isInUse()) return;
    made = null;
    isSecond = isAgain;
    // Of an opened run there are factors, and nothing that could arrive.
    if (data.source === 'run') return begin({ status: 'no-ratings', playing: false });
    const { settings } = get();
    const { split, layout, memory } = from;
    made = { from, settings };
    const config = streamConfig(settings, split.trainingCount, split.byUser.time !== null);
    begin({ status: 'opening', config, target: goTo > 0 ? goTo : null });
    const owner = ticket;
    const isNewest = () => owner === ticket;
    if (!worker?.alive) worker = pool.stream();
    const mine = worker;
    try {
      await mine.call((api) => api.load({ ratings: ratedOf(data.ratings), split, layout, memory }, null));
      const plan = { feed: 'arriving', config, shown: get().looks.panes } as const;
      for await (const answer of follow(mine, plan, paceOf(workbench, isNewest))) {
        if (!isNewest()) return;
        if (answer.status === 'no-room') return set({ status: 'no-room', room: answer, target: null });
        if (answer.status !== 'running') return;
        const { moments, passing, facts } = answer;
        const told = finiteMoments([...moments, ...(passing ? [passing] : [])], get().newest);
        set({ newest: told.at(-1) ?? get().newest });
        if (facts) set({ status: 'ready', facts: finiteFacts(facts) });
        take(answer.unit, told.slice(0, moments.length), answer.snapshots);
      }
    } catch (error) {
      if (isNewest()) lost(error);
    }
  }

  function lost(error: unknown) {
    const { batch, target } = get();
    // Helpers who were lost are missed at once; whoever has none any more loses none.
    const isHelper = (error as Error).name === 'HelperLost';
    if (isHelper || (isWorthAnother(error) && !isSecond))
      return void open(Math.max(batch, target ?? 0), isSecond || !isHelper);
    set({ status: 'lost', loss: lossOf(error), playing: false, target: null, rating: 'idle' });
    if (!['WorkerLost', 'AbortError'].includes((error as Error).name)) throw error;
  }

  const ask: Ask = (work) => {
    const owner = ticket;
    const asked = worker ? worker.call(work) : Promise.resolve(undefined);
    return asked.then(
      (answer) => (owner === ticket ? answer : undefined),
      (error: unknown) => {
        if (owner === ticket) lost(error);
        return undefined;
      },
    );
  };

  function take(batch: number, moments: readonly Moment[], snapshots: readonly Snapshot[]) {
    const state = get();
    state.moments.push(...moments);
    for (const snapshot of snapshots) {
      const { method, step } = snapshot;
      const track = state.tracks[method];
      const isNewer = !track.latest || step > track.latest.step;
      const isSound = !momentAt(state, step)?.methods[method]?.diverged && hasFiniteFactors(snapshot);
      if (isNewer && isSound) track.add(snapshot);
    }
    const on = batch > state.batch ? { rated: null, undoable: 0 } : {};
    set({ batch, momentCount: state.moments.length, ...on });
  }

  /** A matrix of a method that was switched off gives way to one that learns, if there is one that is not shown. */
  function showWhoLearns({ methods }: StreamSettings) {
    const { looks } = get();
    const panes: MethodId[] = [];
    for (const [i, pane] of looks.panes.entries()) {
      const shown = [...panes, ...looks.panes.slice(i + 1)];
      const other = streamMethodIds.find((one) => methods.includes(one) && !shown.includes(one));
      panes.push(methods.includes(pane) ? pane : (other ?? pane));
    }
    if (String(panes) !== String(looks.panes)) set({ looks: { ...looks, panes } });
  }

  /** Pictures of methods that were not asked for until now. */
  async function lookAt(panes: readonly MethodId[]) {
    const snapshots = await ask((api) => api.look(panes));
    if (snapshots) take(get().batch, [], snapshots);
  }

  function followStage() {
    const from = ratings.held();
    if (isInUse()) {
      if (from && (from !== made?.from || !isAlike(made.settings, get().settings))) void open();
    } else if (made && from !== made.from) {
      // The stream of ratings that are not on the stage any more would keep them in the tab.
      worker?.terminate();
      worker = made = null;
      begin({ status: 'waiting', playing: false });
    } else set({ playing: false });
  }

  workbench.subscribe((now, before) => {
    const isOtherMode = now.looks.mode !== before.looks.mode;
    // The race waits meanwhile, and goes on where it was.
    if (isOtherMode && isInUse()) {
      isRacing = before.playing;
      workbench.setState({ playing: false });
      if (beginsByItself && get().batch === 0) set({ playing: true });
    } else if (isOtherMode && isRacing) workbench.setState({ playing: true });
    if (now.data !== before.data) {
      const defaults = [before.data, now.data].map(streamDefaultsFor) as [StreamSettings, StreamSettings];
      set({ settings: withDefaults(streamSettings, get().settings, ...defaults) });
    }
    if (isOtherMode || now.data !== before.data) followStage();
  });
  followStage();

  /** The stream that a link has, gone on to its batch, and paused there. */
  events.on('streamLinked', ({ settings, batch }) => {
    const defaults = streamDefaultsFor(workbench.getState().data);
    const linked = changedStream(defaults, settings) ?? defaults;
    set({ settings: linked, playing: false, shown: null });
    showWhoLearns(linked);
    // Whoever only now looks at the lab has a stream opened by that.
    made = null;
    workbench.setState(({ looks }) => ({ looks: { ...looks, mode: 'stream' } }));
    set({ playing: false });
    if (made === null) followStage();
    const { data } = workbench.getState();
    const waits = data !== null && isFar(linked, batch, data.trainingCount);
    if (waits) workbench.setState({ notice: { kind: 'link-far', batch } });
    else if (batch > 0) set({ target: batch });
  });

  return {
    play() {
      const { facts, batch, status } = get();
      set({ playing: true, shown: null });
      if (status === 'lost' || (facts && batch >= facts.batchCount)) void open();
    },
    pause: () => set({ playing: false, target: null }),
    oneBatch() {
      const { batch, facts } = get();
      if (facts && batch < facts.batchCount) set({ playing: false, shown: null, target: batch + 1 });
    },
    jump(to) {
      const isBack = to < get().batch;
      set({ playing: false, shown: null, ...(!isBack && { target: to }) });
      if (isBack) void open(to);
    },
    restart: () => open(),
    change(change) {
      const { settings, batch, target } = get();
      const changed = changedStream(settings, change);
      if (!changed) return;
      set({ settings: changed });
      showWhoLearns(changed);
      if (isAlike(settings, changed)) return;
      // Another method learns what has been, up to where the others are.
      const isAnew = effectsOf(streamSettings, settings, changed).includes('restart');
      void open(isAnew ? 0 : Math.max(batch, target ?? 0));
    },
    look(change) {
      set({ looks: { ...get().looks, ...change } });
      if (change.panes) void lookAt(change.panes);
    },
    scrub: (shown) => set({ shown: shown !== null && shown >= get().batch ? null : shown, playing: false }),
    show: (window) => set({ window }),
    orderStage: (stageOrder) => set({ stageOrder, window: null }),
    ...ownRatings(workbench, ask),
    revive() {
      worker?.terminate();
      void open();
    },
  };
}
