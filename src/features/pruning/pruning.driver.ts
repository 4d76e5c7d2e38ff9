import type { Entrant } from '../../methods/stream-config';
import { labBytes, learnersOf } from '../../sessions/room';
import { changedPruning, pruningDefaults, pruningSettings } from '../../settings/pruning';
import { racingOf } from '../../settings/race';
import { pick } from '../../settings/values';
import { roomInTab } from '../../workers/layout';
import type { Pool } from '../../workers/pool';
import type { Context } from '../context.driver';
import { type Held, ratedOf } from '../data/holding.driver';
import type { StreamActions } from '../stream/slice';
import { growing } from './courses';
import { type Bell, bell, type Job, learnAll } from './learning.driver';
import {
  candidatesOf,
  entrantsOf,
  fixedBy,
  isFollowed,
  isSound,
  type PruningRecipe,
  planOf,
  settingsOf,
  usualAxes,
} from './recipe';
import { recipeIn, said } from './said';
import type { Course, Prunes, Pruning, PruningState } from './slice';
import { reachedOf } from './words';

/** A stream takes so long at least where it is watched. */
const watchedSeconds = 10;

/**
 * Searches settings on the stream of the ratings on the stage, with workers of its own that come and go with a search.
 *
 * @param clock seconds of any clock
 * @param showEvery what has been found is shown at most so often, ms
 */
export function pruningDriver(
  { workbench, pool, ratings }: Pick<Context, 'workbench' | 'pool' | 'ratings'>,
  stream: Pick<StreamActions, 'change' | 'pause'>,
  clock = () => performance.now() / 1000,
  showEvery = 200,
): Prunes {
  const { getState: get, setState: set } = workbench;
  const workers: ReturnType<Pool['stream']>[] = [];
  /** Of the newest stretch of a search: what is older is dropped. */
  let ticket = 0;
  let waiting: Bell = bell();
  /** Batches that are due, by the clock. */
  let due = () => Number.POSITIVE_INFINITY;
  /** The ratings that the search is of. */
  let searched: Held['split'] | null = null;

  const now = () => get().stream.settings;
  const ratingCount = () => get().data?.trainingCount ?? 0;
  const patch = (change: Partial<PruningState>) =>
    set(({ pruning }) => ({
      pruning: { recipe: usual(), found: null, isCharted: false, ...pruning, ...change },
    }));
  const patchFound = (change: Partial<Pruning>) =>
    set(({ pruning }) =>
      pruning?.found ? { pruning: { ...pruning, found: { ...pruning.found, ...change } } } : {},
    );

  function usual(): PruningRecipe {
    const { method } = pruningDefaults;
    return { ...pruningDefaults, axes: usualAxes(method, now(), ratingCount()), fixed: null };
  }

  /** Sends whoever is at work home. */
  function stop() {
    ticket++;
    for (const worker of workers.splice(0)) worker.terminate();
  }

  /** The ratings that can arrive; null where there are none. */
  function held(): Held | null {
    const from = ratings.held();
    return get().data?.source === 'run' ? null : from;
  }

  /** As many workers as the race has, as far as they have room and there are candidates. */
  function workerCount({ split }: Held, entrants: readonly Entrant[]): number {
    const { settings, computing } = get();
    const { lineCount: userCount, otherCount: itemCount, value } = split.byUser;
    const validationCount = (split.hidden ?? split.validation).value.length;
    const counts = { userCount, itemCount, ratingCount: value.length, validationCount };
    const bytesOf = (count: number) =>
      count * labBytes(counts, learnersOf(entrants.slice(0, Math.ceil(entrants.length / count))));
    let count = Math.min(entrants.length, settings.workers * racingOf(settings).length);
    while (count > 1 && bytesOf(count) > roomInTab - computing.needed) count--;
    return count;
  }

  /** Goes on with the search that is in the state, to its end, unless it fails. */
  async function goOn() {
    stop();
    const mine = ticket;
    const { data, pruning } = get();
    const from = held();
    if (!pruning?.found || !data || !from) return;
    const { recipe, candidates, plan, follows } = pruning.found;
    const { split, layout, memory } = from;
    searched = split;
    const timed = split.byUser.time !== null;
    const entrants = entrantsOf(recipe, candidates, now(), split.trainingCount, timed);
    const courses = growing(pruning.found.courses, recipe);
    waiting = bell();
    due = dueOf(pruning.found);
    patchFound({ status: 'going' });
    const job: Job = {
      open() {
        const worker = pool.stream();
        workers.push(worker);
        return worker;
      },
      data: { ratings: ratedOf(data.ratings), split, layout, memory },
      ...{ entrants, plan, follows, courses },
      due: () => due(),
      isPaused: () => get().pruning?.found?.status === 'paused',
      noted: noting(courses.copy),
    };
    try {
      const hasRoom = await learnAll(job, workerCount(from, entrants), waiting);
      if (mine === ticket) patchFound({ courses: courses.copy(), status: hasRoom ? 'finished' : 'no-room' });
    } catch (error) {
      if (mine !== ticket) return;
      patchFound({ courses: courses.copy(), status: 'lost' });
      if (!['WorkerLost', 'AbortError'].includes((error as Error).name)) throw error;
    } finally {
      if (mine === ticket) stop();
    }
  }

  /** How many batches are due: none arrive while it is paused. */
  function dueOf(found: Pruning): () => number {
    if (found.recipe.speed === 'flat') return () => Number.POSITIVE_INFINITY;
    let batches = reachedOf(found);
    let last = clock();
    return () => {
      const at = clock();
      const isPaused = get().pruning?.found?.status === 'paused';
      if (!isPaused) batches += ((at - last) * found.plan.batches) / watchedSeconds;
      last = at;
      return batches;
    };
  }

  /** Shows what has been found now and then. */
  function noting(copy: () => Course[]) {
    const mine = ticket;
    let isDue = false;
    function show() {
      isDue = false;
      if (mine === ticket) patchFound({ courses: copy() });
    }
    return () => {
      if (!isDue) setTimeout(show, showEvery);
      isDue = true;
    };
  }

  /** Other ratings are on the stage, or the same ones divided otherwise: what was found is not of them. */
  function forget() {
    stop();
    searched = null;
    patch({ found: null, isCharted: false });
    tell(null);
  }
  workbench.subscribe(({ data }, before) => {
    if (data === before.data) return;
    if (searched && searched !== ratings.held()?.split) forget();
    // What is tried follows from the ratings, as long as nobody has said otherwise.
    const { pruning } = get();
    if (!pruning || pruning.found || told !== null) return;
    const { recipe } = pruning;
    patch({ recipe: { ...recipe, axes: usualAxes(recipe.method, now(), ratingCount()) } });
  });

  /** What was said last by this driver itself. */
  let told: string | null = null;
  function tell(recipe: PruningRecipe | null) {
    told = recipe && said(recipe);
    set({ pruningSaid: told });
  }

  /** What a link says takes the place of what is set. It begins only when asked: a link must not take a machine over. */
  function takeSaid(text: string) {
    const recipe = recipeIn(text);
    stop();
    told = text;
    if (recipe) return patch({ recipe, found: null, isCharted: false });
    set({
      pruningSaid: null,
      notice: { kind: 'link', problems: [{ code: 'bad-value', key: 'search' }] },
    });
  }

  patch({});
  workbench.subscribe(({ pruningSaid = null }) => {
    if (pruningSaid !== null && pruningSaid !== told) takeSaid(pruningSaid);
  });
  const { pruningSaid = null } = get();
  if (pruningSaid !== null) takeSaid(pruningSaid);

  return {
    edit({ axes, ...change }) {
      const { recipe } = get().pruning ?? { recipe: usual() };
      const next = changedPruning(
        { ...pruningDefaults, ...pick(pruningSettings, recipe, () => true) },
        change,
      );
      if (!next) return;
      const isOther = next.method !== recipe.method;
      const tried = isOther ? usualAxes(next.method, now(), ratingCount()) : (axes ?? recipe.axes);
      patch({ recipe: { ...next, axes: tried, fixed: isOther ? null : recipe.fixed } });
    },
    begin() {
      const { pruning, data } = get();
      const from = held();
      if (!pruning || !data || !from || !isSound(pruning.recipe)) return;
      const count = from.split.trainingCount;
      if (count === 0) return;
      const recipe = fixedBy(pruning.recipe, now(), count);
      const candidates = candidatesOf(recipe, now());
      const { batchSize, rank } = settingsOf(recipe, now());
      const plan = planOf(recipe, candidates.length, Math.ceil(count / batchSize));
      const ranks = candidates.map((candidate) => candidate.rank ?? rank);
      const follows = isFollowed(recipe, candidates.length, count, Math.max(...ranks));
      const courses = candidates.map((): Course => ({ batches: [], errors: [], divergedAt: null }));
      stream.pause();
      patch({
        found: {
          ...{ recipe, candidates, plan, follows, courses, batchSize, ratingCount: count },
          ...{ status: 'going', chosen: null },
        },
        isCharted: true,
      });
      tell(recipe);
      void goOn();
    },
    pause: () => patchFound({ status: 'paused' }),
    resume() {
      if (get().pruning?.found?.status !== 'paused' || workers.length === 0) return void goOn();
      // What has passed while it was paused does not count.
      due();
      patchFound({ status: 'going' });
      waiting.ring();
    },
    clear: forget,
    choose: (candidate) => patchFound({ chosen: candidate }),
    chart: (isCharted) => patch({ isCharted }),
    use(candidate) {
      const { found } = get().pruning ?? {};
      if (!found) return;
      const { fixed, method } = found.recipe;
      const { methods } = now();
      const learning = methods.includes(method) ? methods : [...methods, method];
      stream.change({ ...fixed, ...found.candidates[candidate], methods: learning });
      patch({ isCharted: false });
    },
  };
}
