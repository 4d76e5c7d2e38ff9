import type { MethodId } from '../../methods/method';
import { toldErrors } from '../../metrics';
import type { Part } from '../../metrics/metric';
import type { Split } from '../../ratings/hold-out';
import type { Lines } from '../../ratings/lines';
import type { RatingScale } from '../../ratings/rating-set';
import { type Surveyed, surveyErrors, surveyedOf } from '../../sessions/error-survey';
import { racingOf } from '../../settings/race';
import type { Context } from '../context.driver';
import { isOfRatings, shownFrame } from '../replay/replay';
import { unhurried } from '../unhurried.driver';
import type { WorkbenchState } from '../workbench';

/** How many of the largest errors are told. */
export const mostTold = 20;

/** The ratings that tell most of a model: those that nobody was shown, those held out, or else those learnt from. */
function measuredOf({ hidden, validation, validationCount, byUser }: Split): readonly [Part, Lines] {
  if (hidden) return ['hidden', hidden];
  return validationCount > 0 ? ['validation', validation] : ['train', byUser];
}

/** Says where the errors of the frames on the stage are, one frame after the other, as long as somebody looks. */
export function errorsDriver({ workbench, ratings }: Pick<Context, 'workbench' | 'ratings'>) {
  const { getState: get, setState: set } = workbench;
  let asked: { readonly split: Split; readonly part: Part; readonly surveyed: Surveyed } | null = null;
  let isAtWork = false;

  const splitNow = (): Split | null => {
    const { data } = get();
    return (data && data.source !== 'run' && ratings.held()?.split) || null;
  };

  function askedOf(split: Split, scale: RatingScale) {
    if (asked?.split !== split) {
      const [part, lines] = measuredOf(split);
      asked = { split, part, surveyed: surveyedOf(lines, split, scale) };
    }
    return asked;
  }

  /** Surveys until nothing on the stage is unknown; the page breathes in between. */
  async function work() {
    if (isAtWork) return;
    isAtWork = true;
    for (let next = nextOf(get(), splitNow()); next; next = nextOf(get(), splitNow())) {
      const { method, frame, split, scale, metric } = next;
      const { part, surveyed } = askedOf(split, scale);
      // What is found of ratings that are gone, or of a frame that was let go meanwhile, means nothing.
      const isWanted = () => splitNow() === split && isOfRatings(frame, get());
      const survey = await unhurried(surveyErrors(frame, surveyed, mostTold, metric.counting), isWanted);
      if (!survey || !isWanted()) continue;
      set((state) => ({ surveyed: { ...state.surveyed, [method]: { frame, part, metric, survey } } }));
    }
    isAtWork = false;
  }

  /** Of ratings that are gone, or of a run that was reset, nothing is said any more. */
  function forget() {
    const state = get();
    const isGone = (method: MethodId) => !asked || asked.split !== splitNow() || !shownFrame(state, method);
    const kept = Object.entries(state.surveyed).filter(([method]) => !isGone(method));
    if (kept.length < Object.keys(state.surveyed).length) set({ surveyed: Object.fromEntries(kept) });
  }

  function look() {
    forget();
    void work();
  }
  workbench.subscribe(look);
  look();
}

/** The next frame that is to be surveyed; null where there is none. */
function nextOf(state: WorkbenchState, split: Split | null) {
  if (!state.surveying || !split || !state.data || state.looks.mode !== 'race') return null;
  const metric = toldErrors(state.looks);
  const { scale } = state.data.ratings;
  for (const method of racingOf(state.settings)) {
    const frame = shownFrame(state, method);
    const known = state.surveyed[method];
    const isKnown = known?.frame === frame && known.metric.counting === metric.counting;
    if (frame && isOfRatings(frame, state) && !isKnown) return { method, frame, split, scale, metric };
  }
  return null;
}
