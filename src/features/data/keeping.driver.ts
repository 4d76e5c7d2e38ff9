import { type Keeper, type KeptData, mostKept } from '../../files/kept-data';
import type { Context } from '../context.driver';
import { linkNow } from '../link/link-now';
import type { Brought } from './slice';

/** What has become of the ratings is noted at most once in so many milliseconds. */
const noteEvery = 2000;

const bytesOf = (files: Brought['files']) => files.reduce((sum, { file }) => sum + file.size, 0);

/**
 * Keeps the last ratings that were opened, and the link to what was made of them, on this machine, and offers them
 * when the page is opened again.
 *
 * @param opens opens what was kept as its link says
 * @param address the hash that the page was opened by
 */
export function keepingDriver(
  { workbench, events }: Pick<Context, 'workbench' | 'events'>,
  keeper: Keeper,
  current: Brought | null,
  opens: (kept: KeptData) => void,
  address: string,
) {
  const { getState: get, setState: set } = workbench;
  let found: KeptData | null = null;
  /** Somebody wants nothing kept: nothing is, until the page is opened again. */
  let isUnwanted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function keep({ files, options }: Brought) {
    const bytes = bytesOf(files);
    const link = linkNow(get(), true);
    if (isUnwanted || link === null) return;
    set({ kept: null });
    try {
      if (bytes > mostKept) await keeper.forget();
      else await keeper.keep({ files, options, link });
      set({ kept: bytes > mostKept ? { kind: 'too-large' } : { kind: 'kept', bytes } });
    } catch {
      set({ kept: { kind: 'failed' } });
    }
  }

  function note() {
    if (timer !== undefined || get().kept?.kind !== 'kept' || get().data?.source !== 'file') return;
    timer = setTimeout(() => {
      timer = undefined;
      const link = linkNow(get(), true);
      // What cannot be noted now can be once something else is set.
      if (link !== null) keeper.note(link).catch(() => {});
    }, noteEvery);
  }

  /** Says what there is, where nobody has come for something else. */
  async function offer() {
    const there = await keeper.find();
    const { notice, data } = get();
    const isFree = notice === null || notice.kind === 'link-file';
    if (!there || !isFree || data?.source === 'file') return;
    if (typeof there === 'string') return set({ notice: { kind: 'kept-unreadable', why: there } });
    const checksum = new URLSearchParams(there.link).get('checksum');
    if (notice?.kind === 'link-file' ? notice.file.checksum !== checksum : location.hash !== '') return;
    // A link that says otherwise than what was set here last is what somebody came for.
    const asked = address.replace(/^#/, '');
    const isOther = notice !== null && !isPartOf(asked, there.link);
    found = isOther ? { ...there, link: asked } : there;
    const bytes = bytesOf(there.files);
    set({ notice: { kind: 'kept', name: there.files[0].name, bytes, isLinked: isOther } });
  }

  events.on('filesTaken', keep);
  workbench.subscribe((now, before) => {
    if (now.settings !== before.settings || now.runs !== before.runs || now.marks !== before.marks) note();
    else if (now.looks !== before.looks || now.stream.batch !== before.stream.batch) note();
  });
  if (current) void keep(current);
  // Where storage is blocked there is nothing.
  else offer().catch(() => {});

  return {
    open() {
      const kept = found;
      found = null;
      set({ notice: null });
      if (kept) opens(kept);
    },
    async forget() {
      isUnwanted = true;
      found = null;
      clearTimeout(timer);
      timer = undefined;
      // What cannot be forgotten is still said to be kept.
      await keeper.forget().then(
        () => set({ notice: null, kept: null }),
        () => {},
      );
    },
  };
}

/** Whether a link says all that another does, and perhaps more, such as where runs have come. */
function isPartOf(asked: string, link: string): boolean {
  const all = new URLSearchParams(link);
  return [...new URLSearchParams(asked)].every(([key, value]) => all.get(key) === value);
}
