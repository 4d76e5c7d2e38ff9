import { palettes } from '../paint/palette';
import { sampleSizes } from '../ratings/sample';
import { isLinkedFile, type Linked, type LinkedData, linkOf, readLink } from '../state/link';
import { defaultsFor } from '../state/run-configs';
import { changed, type Settings } from '../state/settings';
import type { LoadedData, Notice, Workbench } from '../state/workbench';

/** How long settings have to stand still before the address follows them, ms: browsers limit how often it may. */
const settled = 400;

/** More ratings than this are made up only when asked: a link must not take a machine over. */
const mostUnasked = 2_000_000;

/** Keeps the address true to what is set, and opens what an address says. */
export function linking(
  { getState: get, setState: set, subscribe }: Workbench,
  around: {
    loadPicture(): void;
    loadSample(size: keyof typeof sampleSizes): void;
    change(settings: Partial<Settings>): void;
  },
) {
  /** A link to a file that is not here yet. */
  let awaited: (Linked & { data: { kind: 'file' } }) | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** As it was when the data came: until something is changed, the address stays clean. */
  let written: string | null = null;

  function linkNow(): string | null {
    const { data, settings, looks } = get();
    // A run without its ratings has nothing to be linked to.
    if (!data || data.source === 'run') return null;
    return linkOf(linkedDataOf(data, settings), settings, looks);
  }

  function follow() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const link = linkNow();
      if (link === null || get().loading) return;
      if (link !== written) history.replaceState(null, '', `#${link}`);
      written = link;
    }, settled);
  }
  subscribe((state, before) => {
    if (written === null && state.data && !state.loading) written = linkNow();
    if (state.settings !== before.settings || state.looks !== before.looks || state.data !== before.data)
      follow();
  });

  /** Takes the settings of a link, those of `base` where it has none. */
  function take(linked: Linked, base: Settings) {
    const settings = changed(base, linked.settings) ?? base;
    set(({ looks }) => ({ settings, looks: { ...looks, ...linked.looks } }));
  }

  /** Opens what a hash says; where that is of no use, and nothing is there yet, the first picture. */
  function open(hash: string) {
    const { linked, problems } = readLink(
      hash,
      palettes.map(({ id }) => id),
    );
    awaited = linked?.data.kind === 'file' ? { ...linked, data: linked.data } : null;
    // Once something was linked, the address says what was taken of it.
    if (hash.length > 1) written = '';
    const notice = (linked && openLinked(linked)) ?? null;
    if ((!linked || notice) && !get().data) around.loadPicture();
    if (problems.length > 0) set({ notice: { kind: 'link', problems } });
    else if (notice) set({ notice });
  }

  /** Loads the data of a link; what there is to say where they have to wait for somebody. */
  function openLinked(linked: Linked): Notice | null {
    const { data } = linked;
    if (data.kind === 'file') return { kind: 'link-file', file: data };
    if (data.kind === 'sample') {
      const size = sampleSizes[data.size];
      if (size.ratingCount > mostUnasked) return { kind: 'link-large', size: data.size };
      take(linked, defaultsFor('sample', size));
      around.loadSample(data.size);
      return null;
    }
    take(linked, defaultsFor('picture', null));
    around.loadPicture();
    return null;
  }
  addEventListener('hashchange', () => open(location.hash));

  return {
    open,
    /** Another data set is there: perhaps the one that a link waits for. */
    arrived() {
      const { data } = get();
      if (!awaited || data?.source !== 'file') return;
      const found = { ...data.ratings, checksum: data.audit.checksum };
      if (!isLinkedFile(awaited.data, found))
        return set({ notice: { kind: 'link-other-file', file: awaited.data } });
      const { settings, looks } = awaited;
      awaited = null;
      set((state) => ({ notice: null, looks: { ...state.looks, ...looks } }));
      around.change(settings);
    },
    async copyLink() {
      const link = linkNow();
      if (link === null) return;
      const address = `${location.origin}${location.pathname}#${link}`;
      history.replaceState(null, '', `#${link}`);
      written = link;
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
