import { sampleSizes } from '../../ratings/sample';
import { changed, type Settings } from '../../settings/race';
import type { LinkedAsked } from '../../state/link/asked';
import { isLinkedFile, type SampleSize } from '../../state/link/data';
import { type Linked, readLink } from '../../state/link/link';
import type { LinkedRuns } from '../../state/link/runs';
import { defaultsFor } from '../../state/run-configs';
import type { Context } from '../context.driver';
import { embeddedLink } from '../embed/embedded';
import type { Notice } from '../shell/slice';
import { areFar } from './far-runs';
import { linkedDataOf, linkNow, usualOrder } from './link-now';
import type { LinkActions } from './slice';

/** Brings data of a link onto the stage with the settings that there are: whether they were taken. */
export interface Linking {
  loadPicture(keepLooks: boolean): Promise<boolean>;
  loadSample(size: SampleSize, keepSettings: boolean): Promise<boolean>;
}

/** How long settings have to stand still before the address follows them, ms: browsers limit how often it may. */
const settled = 400;

/** More ratings than this are made up only when asked: a link must not take a machine over. */
const mostUnasked = 2_000_000;

/** Keeps the address true to what is set, and opens what an address says. */
export function linkDriver(
  { workbench, events }: Pick<Context, 'workbench' | 'events'>,
  { loadPicture, loadSample }: Linking,
  isEmbedded = false,
) {
  const { getState: get, setState: set } = workbench;
  /** A link that waits for somebody: to bring its file, or to want so large a sample. */
  let waiting: Linked | null = null;
  /** Runs of the link that was opened, which are so long a way that somebody has to want them. */
  let far: LinkedRuns | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The link that the address is true to. As it was when the data came: until something is changed, the address stays clean. */
  let written: string | null = null;

  /** The address does not follow every frame. */
  const withoutFrames = () => linkNow(get(), false);

  function follow() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const link = withoutFrames();
      if (link === null || get().loading) return;
      if (link !== written) history.replaceState(null, '', `#${isEmbedded ? embeddedLink(link) : link}`);
      written = link;
    }, settled);
  }
  workbench.subscribe((state, before) => {
    if (written === null && state.data && !state.loading) written = withoutFrames();
    const keys = [
      ...(['settings', 'looks', 'data', 'window', 'marks'] as const),
      ...(['searchSaid', 'pruningSaid', 'wanted', 'mapLook'] as const),
    ];
    const isOther = keys.some((key) => state[key] !== before[key]);
    if (isOther || state.stream.settings !== before.stream.settings) follow();
  });

  /** Takes the settings of a link, those of `base` where it has none, for as long as its data are not refused. */
  async function take(linked: Linked, base: Settings, load: () => Promise<boolean>) {
    const before = get().settings;
    const settings = changed(base, linked.settings) ?? base;
    set(({ looks }) => ({ settings, looks: { ...looks, ...linked.looks } }));
    if (await load()) return arrange(linked);
    if (get().settings === settings) set({ settings: before });
  }

  /** What a link says beside the settings, once its data are on the stage. */
  async function arrange({ window, orderBy, marks, search, asked, runs, stream }: Linked) {
    set({
      marks: marks.map((mark, i) => ({ id: i + 1, ...mark })),
      [stream ? 'pruningSaid' : 'searchSaid']: search ?? null,
    });
    if (stream) void events.tell('streamLinked', stream);
    else set(({ looks }) => ({ looks: { ...looks, mode: isEmbedded ? 'race' : (asked?.mode ?? 'race') } }));
    if (asked) void ask(asked);
    if (runs) goTo(runs);
    const { data } = get();
    // A picture stays as it is; of others, a link also says where they are not to be put in order by themselves.
    if (data && (orderBy || data.source !== 'picture'))
      await events.tell('orderLinked', orderBy ?? usualOrder(data));
    const { userCount = 0, itemCount = 0 } = data?.ratings ?? {};
    if (window && window.users.to <= userCount && window.items.to <= itemCount)
      void events.tell('windowLinked', window);
  }

  /** Asks what a link asks, of these ratings as far as they have it. */
  async function ask(asked: LinkedAsked) {
    const { askedOf } = await import('./asked-of');
    const { data, settings } = get();
    if (!data || get().looks.mode !== asked.mode) return;
    const { wanted, mapLook, problems } = askedOf(asked, data.ratings, settings.rank);
    set((state) => ({ wanted: { ...state.wanted, ...wanted }, mapLook }));
    if (problems.length > 0) set({ notice: { kind: 'link', problems } });
  }

  function goTo(runs: LinkedRuns) {
    const { data, settings } = get();
    if (!data || !areFar(runs, settings, data)) return void events.tell('runsLinked', runs);
    far = runs;
    set({ playing: false, notice: { kind: 'link-far-runs' } });
  }

  /** Opens what a hash says; where that is of no use, and nothing is there yet, the first picture. */
  function open(hash: string) {
    const { linked, problems } = readLink(hash);
    waiting = null;
    // Once something was linked, the address says what was taken of it.
    if (hash.length > 1) written = '';
    const notice = (linked && openLinked(linked)) ?? null;
    if ((!linked || notice) && !get().data) void loadPicture(false);
    if (problems.length > 0) set({ notice: { kind: 'link', problems } });
    else if (notice) set({ notice });
  }

  /** Loads the data of a link; what there is to say where they have to wait for somebody. */
  function openLinked(linked: Linked): Notice | null {
    const { data } = linked;
    if (data.kind === 'picture') {
      void take(linked, defaultsFor('picture', null), () => loadPicture(true));
      return null;
    }
    if (data.kind === 'sample' && sampleSizes[data.size].ratingCount <= mostUnasked) {
      takeSample(linked, data.size);
      return null;
    }
    waiting = linked;
    return data.kind === 'file' ? { kind: 'link-file', file: data } : { kind: 'link-large', size: data.size };
  }

  function takeSample(linked: Linked, size: SampleSize) {
    void take(linked, defaultsFor('sample', sampleSizes[size]), () => loadSample(size, true));
  }

  /** Other ratings are on the stage: perhaps those that a link waits for. */
  function arrived() {
    far = null;
    const { data } = get();
    const linked = waiting;
    if (linked?.data.kind !== 'file' || data?.source !== 'file') return;
    const found = { ...data.ratings, checksum: data.audit.checksum };
    if (!isLinkedFile(linked.data, found))
      return set({ notice: { kind: 'link-other-file', file: linked.data } });
    waiting = null;
    set((state) => ({ notice: null, looks: { ...state.looks, ...linked.looks } }));
    void events.tell('settingsLinked', linked.settings).then(() => arrange(linked));
  }

  events.on('ratingsArrived', arrived);
  // The event's own address, not today's: the address may have been made to follow the settings since it was typed.
  addEventListener('hashchange', ({ newURL }) => open(new URL(newURL).hash));

  const actions: LinkActions = {
    acceptLink() {
      const linked = waiting;
      waiting = null;
      set({ notice: null });
      if (far) void events.tell('runsLinked', far);
      far = null;
      if (linked?.data.kind === 'sample') takeSample(linked, linked.data.size);
    },
    async copyLink() {
      const { data, settings } = get();
      const link = linkNow(get(), true);
      if (link === null || !data) return;
      history.replaceState(null, '', `#${link}`);
      written = withoutFrames();
      const ofFile = linkedDataOf(data, settings).kind === 'file';
      try {
        await navigator.clipboard.writeText(`${location.origin}${location.pathname}#${link}`);
        set({ notice: { kind: 'link-copied', ofFile } });
      } catch {
        set({ notice: { kind: 'link-in-address', ofFile } });
      }
    },
  };
  return { actions, open };
}
