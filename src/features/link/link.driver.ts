import type { OrderBy } from '../../draw/orders';
import type { Window } from '../../draw/window';
import { sampleSizes } from '../../ratings/sample';
import { changed, type Settings } from '../../settings/race';
import type { StreamSettings } from '../../settings/stream';
import { isLinkedFile, type LinkedData } from '../../state/link/data';
import { type Linked, type LinkedStream, linkOf, readLink } from '../../state/link/link';
import type { LinkedRuns } from '../../state/link/runs';
import { defaultsFor } from '../../state/run-configs';
import type { LoadedData, Notice, Workbench } from '../../state/workbench';

/** How long settings have to stand still before the address follows them, ms: browsers limit how often it may. */
const settled = 400;

/** More ratings than this are made up only when asked: a link must not take a machine over. */
const mostUnasked = 2_000_000;

/** Keeps the address true to what is set, and opens what an address says. */
export function linking(
  { getState: get, setState: set, subscribe }: Workbench,
  around: {
    /** Whether it was taken. */
    loadPicture(): Promise<boolean>;
    loadSample(size: keyof typeof sampleSizes): Promise<boolean>;
    /** Ends when ratings that had to be divided anew are. */
    change(settings: Partial<Settings>): Promise<void>;
    show(window: Window): void;
    orderBy(by: OrderBy): Promise<void>;
    /** Runs anew with their changes, each brought to its unit. */
    rerun(runs: LinkedRuns): void;
    /** Where the runs on the stage are. */
    runs(): LinkedRuns | null;
    /** Opens the stream lab, with a stream that goes to its batch; null: leaves it. */
    openStream(stream: LinkedStream | null): void;
    /** The stream that is looked at; null: none is. */
    stream(): { readonly settings: StreamSettings; readonly batch: number } | null;
    /** Tells of every change of the stream's settings. */
    watchStream(changed: () => void): void;
  },
) {
  /** A link to a file that is not here yet. */
  let awaited: (Linked & { data: { kind: 'file' } }) | null = null;
  /** A link to so large a sample that somebody has to want it. */
  let large: (Linked & { data: { kind: 'sample' } }) | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** As it was when the data came: until something is changed, the address stays clean. */
  let written: string | null = null;

  /** With the frames that are on the stage, or without: the address does not follow every frame. */
  function linkNow(withRuns: boolean): string | null {
    const { data, settings, looks, window } = get();
    // A run without its ratings has nothing to be linked to.
    if (!data || data.source === 'run') return null;
    const usual = data.source === 'picture' ? 'id' : 'count';
    const orderBy = data.orderBy === 'factor' || data.orderBy === usual ? null : data.orderBy;
    const seen = around.stream();
    const stream = seen && { ...seen, batch: withRuns ? seen.batch : 0 };
    const runs = withRuns && !stream ? around.runs() : null;
    const place = { window, orderBy };
    return linkOf(linkedDataOf(data, settings), settings, looks, place, runs, stream);
  }

  function follow() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const link = linkNow(false);
      if (link === null || get().loading) return;
      if (link !== written) history.replaceState(null, '', `#${link}`);
      written = link;
    }, settled);
  }
  subscribe((state, before) => {
    if (written === null && state.data && !state.loading) written = linkNow(false);
    const keys = ['settings', 'looks', 'data', 'window'] as const;
    if (keys.some((key) => state[key] !== before[key])) follow();
  });
  around.watchStream(follow);

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
    around.openStream(stream);
    if (runs) around.rerun(runs);
    if (orderBy) await around.orderBy(orderBy);
    const { data } = get();
    if (
      window &&
      data &&
      window.users.to <= data.ratings.userCount &&
      window.items.to <= data.ratings.itemCount
    )
      around.show(window);
  }

  /** Opens what a hash says; where that is of no use, and nothing is there yet, the first picture. */
  function open(hash: string) {
    const { linked, problems } = readLink(hash);
    large = null;
    awaited = linked?.data.kind === 'file' ? { ...linked, data: linked.data } : null;
    // Once something was linked, the address says what was taken of it.
    if (hash.length > 1) written = '';
    const notice = (linked && openLinked(linked)) ?? null;
    if ((!linked || notice) && !get().data) void around.loadPicture();
    if (problems.length > 0) set({ notice: { kind: 'link', problems } });
    else if (notice) set({ notice });
  }

  /** Loads the data of a link; what there is to say where they have to wait for somebody. */
  function openLinked(linked: Linked): Notice | null {
    const { data } = linked;
    if (data.kind === 'file') return { kind: 'link-file', file: data };
    if (data.kind === 'picture') {
      void take(linked, defaultsFor('picture', null), around.loadPicture);
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
    void take(linked, defaultsFor('sample', sampleSizes[size]), () => around.loadSample(size));
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
      void around.change(linked.settings).then(() => arrange(linked));
    },
    /** Makes the large sample up that a link is of. */
    acceptLink() {
      const linked = large;
      large = null;
      set({ notice: null });
      if (linked) takeSample(linked);
    },
    async copyLink() {
      const link = linkNow(true);
      if (link === null) return;
      const address = `${location.origin}${location.pathname}#${link}`;
      history.replaceState(null, '', `#${link}`);
      written = linkNow(false);
      const { data } = get();
      const ofFile = data !== null && linkedDataOf(data, get().settings).kind === 'file';
      try {
        await navigator.clipboard.writeText(address);
        set({ notice: { kind: 'link-copied', ofFile } });
      } catch {
        set({ notice: { kind: 'link-in-address', ofFile } });
      }
    },
  };
}

function linkedDataOf({ source, ratings, audit }: LoadedData, { picture }: Settings): LinkedData {
  if (source === 'picture' && picture !== 'yours') return { kind: 'picture' };
  if (source === 'sample') {
    const sizes = Object.keys(sampleSizes) as (keyof typeof sampleSizes)[];
    const size = sizes.find((one) => sampleSizes[one].ratingCount === ratings.ratingCount);
    if (size) return { kind: 'sample', size };
  }
  const { name, userCount, itemCount, ratingCount } = ratings;
  return { kind: 'file', name, userCount, itemCount, ratingCount, checksum: audit.checksum };
}
