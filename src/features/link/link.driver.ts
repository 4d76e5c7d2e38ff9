import type { OrderBy } from '../../draw/orders';
import type { Window } from '../../draw/window';
import { sampleSizes } from '../../ratings/sample';
import { changed, type Settings } from '../../settings/race';
import { isLinkedFile, type SampleSize } from '../../state/link/data';
import { type Linked, type LinkedStream, readLink } from '../../state/link/link';
import type { LinkedRuns } from '../../state/link/runs';
import { defaultsFor } from '../../state/run-configs';
import type { Notice } from '../shell/slice';
import type { Workbench } from '../workbench';
import { linkedDataOf, linkNow } from './link-now';

/** What an opened link asks of the rest. */
export interface LinkEvents {
  /** Data are to be brought onto the stage with the settings that there are: whether they were taken. */
  pictureLinked(): Promise<boolean>;
  sampleLinked(size: SampleSize): Promise<boolean>;
  /** Of a file that is here. Ends when ratings that had to be divided anew are. */
  settingsLinked(settings: Partial<Settings>): Promise<void>;
  /** The runs are to begin anew with these changes, each brought to its unit. */
  runsLinked(runs: LinkedRuns): void;
  /** The stream lab is to be opened, with a stream that goes to its batch. */
  streamLinked(stream: LinkedStream): void;
  orderLinked(by: OrderBy): Promise<void>;
  windowLinked(window: Window): void;
}

/** How long settings have to stand still before the address follows them, ms: browsers limit how often it may. */
const settled = 400;

/** More ratings than this are made up only when asked: a link must not take a machine over. */
const mostUnasked = 2_000_000;

/** Keeps the address true to what is set, and opens what an address says. */
export function linkDriver(workbench: Workbench, on: LinkEvents) {
  const { getState: get, setState: set } = workbench;
  /** A link to a file that is not here yet. */
  let awaited: (Linked & { data: { kind: 'file' } }) | null = null;
  /** A link to so large a sample that somebody has to want it. */
  let large: (Linked & { data: { kind: 'sample' } }) | null = null;
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
      if (link !== written) history.replaceState(null, '', `#${link}`);
      written = link;
    }, settled);
  }
  workbench.subscribe((state, before) => {
    if (written === null && state.data && !state.loading) written = withoutFrames();
    const keys = ['settings', 'looks', 'data', 'window'] as const;
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
  async function arrange({ window, orderBy, runs, stream }: Linked) {
    if (stream) on.streamLinked(stream);
    else set(({ looks }) => ({ looks: { ...looks, mode: 'race' } }));
    if (runs) on.runsLinked(runs);
    if (orderBy) await on.orderLinked(orderBy);
    const { userCount = 0, itemCount = 0 } = get().data?.ratings ?? {};
    if (window && window.users.to <= userCount && window.items.to <= itemCount) on.windowLinked(window);
  }

  /** Opens what a hash says; where that is of no use, and nothing is there yet, the first picture. */
  function open(hash: string) {
    const { linked, problems } = readLink(hash);
    large = null;
    awaited = linked?.data.kind === 'file' ? { ...linked, data: linked.data } : null;
    // Once something was linked, the address says what was taken of it.
    if (hash.length > 1) written = '';
    const notice = (linked && openLinked(linked)) ?? null;
    if ((!linked || notice) && !get().data) void on.pictureLinked();
    if (problems.length > 0) set({ notice: { kind: 'link', problems } });
    else if (notice) set({ notice });
  }

  /** Loads the data of a link; what there is to say where they have to wait for somebody. */
  function openLinked(linked: Linked): Notice | null {
    const { data } = linked;
    if (data.kind === 'file') return { kind: 'link-file', file: data };
    if (data.kind === 'picture') {
      void take(linked, defaultsFor('picture', null), on.pictureLinked);
      return null;
    }
    if (sampleSizes[data.size].ratingCount > mostUnasked) {
      large = { ...linked, data };
      return { kind: 'link-large', size: data.size };
    }
    takeSample({ ...linked, data });
    return null;
  }

  function takeSample(linked: Linked & { data: { kind: 'sample' } }) {
    const { size } = linked.data;
    void take(linked, defaultsFor('sample', sampleSizes[size]), () => on.sampleLinked(size));
  }
  addEventListener('hashchange', () => open(location.hash));

  return {
    open,
    /** Other ratings are on the stage: perhaps those that a link waits for. */
    arrived() {
      const { data } = get();
      if (!awaited || data?.source !== 'file') return;
      const found = { ...data.ratings, checksum: data.audit.checksum };
      if (!isLinkedFile(awaited.data, found))
        return set({ notice: { kind: 'link-other-file', file: awaited.data } });
      const linked = awaited;
      awaited = null;
      set((state) => ({ notice: null, looks: { ...state.looks, ...linked.looks } }));
      void on.settingsLinked(linked.settings).then(() => arrange(linked));
    },
    /** Makes the large sample up that a link is of. */
    acceptLink() {
      const linked = large;
      large = null;
      set({ notice: null });
      if (linked) takeSample(linked);
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
}
