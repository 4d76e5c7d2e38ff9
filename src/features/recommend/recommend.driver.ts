import { methodOf } from '../../methods';
import { foldIns } from '../../methods/person';
import type { Snapshot } from '../../methods/snapshot';
import { liveBefore } from '../../settings/history';
import type { Context } from '../context.driver';
import { isOfRatings } from '../replay/replay';
import { unhurried } from '../unhurried.driver';
import type { WorkbenchState } from '../workbench';
import { adviceFor, type Basis, type Wanted } from './advice';
import { frameNow } from './pane';
import { nobodyWanted } from './slice';

/** Lists that change more often than this, ms, nobody can read. */
const between = 100;
/** From so long on, ms, it is said that a list is of what was asked before. */
const aMoment = 300;

/** Says what the frame on the stage recommends, as long as somebody looks; again once there is another frame. */
export function recommendDriver({ workbench, ratings }: Pick<Context, 'workbench' | 'ratings'>) {
  const { getState: get, setState: set } = workbench;
  let last: readonly unknown[] = [];
  /** Counts what was asked. */
  let asked = 0;
  let rests = false;
  let isBehind = false;
  let data = get().data?.ratings;

  /** From which frame, and of which ratings, it is recommended; null where there is none. */
  function basisNow(state: WorkbenchState): Basis | null {
    const now = frameNow(state);
    if (!now || !state.data) return null;
    const { frame, before, run } = now;
    const { config, changes } = run;
    const { atOnce } = methodOf(frame.method);
    return {
      ...{ frame, before },
      config: config && { ...config, ...liveBefore({ config, changes }, frame) },
      foldIn: atOnce ? foldIns[atOnce.foldsIn] : null,
      scale: state.data.ratings.scale,
      split: state.data.source === 'run' ? null : (ratings.held()?.split ?? null),
    };
  }

  /** Who is meant is one of these ratings only. */
  function forget() {
    const now = get().data?.ratings;
    if (now === data) return;
    data = now;
    set(({ wanted }) => ({ wanted: { ...nobodyWanted, by: wanted.by, atLeast: wanted.atLeast } }));
  }

  function look() {
    forget();
    const state = get();
    if (state.looks.mode !== 'recommend') return;
    const basis = basisNow(state);
    const now = [basis?.frame, basis?.before, basis?.split, state.wanted];
    if (now.every((one, i) => one === last[i]) && last.length > 0) return;
    // What somebody asks for is answered at once; frames that come quickly, when there is time.
    isBehind = rests && state.wanted === last[3];
    if (isBehind) return;
    last = now;
    const mine = ++asked;
    rests = basis !== null;
    if (!basis) return set({ advice: null, isAdvising: false });
    void advise(basis, state.wanted, mine);
  }

  /** Finds out in the background; what is on screen stays until that is there. */
  async function advise(basis: Basis, wanted: Wanted, mine: number) {
    const begun = performance.now();
    const late = setTimeout(() => mine === asked && set({ isAdvising: true }), aMoment);
    const isHere = (frame: Snapshot | null) => !frame || isOfRatings(frame, get());
    const areHere = () => isHere(basis.frame) && isHere(basis.before);
    const advice = await unhurried(adviceFor(basis, wanted), () => mine === asked && areHere());
    clearTimeout(late);
    // Something else was asked meanwhile.
    if (mine !== asked) return;
    if (advice && areHere()) set({ advice, isAdvising: false });
    const goOn = () => {
      if (mine !== asked) return;
      rests = false;
      // A frame that was let go has said nothing.
      if (!areHere()) last = [];
      if (isBehind || last.length === 0) look();
    };
    setTimeout(goOn, Math.max(between, 5 * (performance.now() - begun)));
  }

  workbench.subscribe(look);
  look();
}
