import type { Task } from '../../experiments/search';
import { atOnceOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { racingOf } from '../../settings/race';
import { changedSearch, type SearchSettings, searchDefaults } from '../../settings/search';
import { runConfig } from '../../state/run-configs';
import type { Loadable } from '../../workers/learn-protocol';
import type { Pool } from '../../workers/pool';
import type { Context } from '../context.driver';
import type { Reproducing } from '../published/slice';
import type { ForksDriver } from '../replay/forks.driver';
import type { SettingsActions } from '../settings/slice';
import { openTasks } from './found';
import {
  doAll,
  learnAndJudge,
  learnToShow,
  loadableIn,
  statusAfter,
  throwMistakes,
  workerCount,
} from './learning.driver';
import {
  fixedBy,
  isSound,
  leastRatings,
  planOf,
  proposed,
  type Recipe,
  searchable,
  settingsAt,
  valuesOf,
} from './recipe';
import { recipeIn, said } from './said';
import type { Found, Outcome, Searching, SearchState } from './slice';
import { cellName } from './words';
import { costOf, foldOf, judgedBy, ranking, type Wanted } from './work';

/**
 * Searches settings with workers of its own, which come and go with a search.
 *
 * @param now seconds of any clock
 * @param showEvery what has been found is shown at most so often, ms
 */
export function searchDriver(
  { workbench, pool, ratings }: Omit<Context, 'events'>,
  forks: Pick<ForksDriver, 'layDown'>,
  settings: Pick<SettingsActions, 'change'>,
  now = () => performance.now() / 1000,
  showEvery = 200,
): Searching {
  const { getState: get, setState: set } = workbench;
  let publishing: Promise<Reproducing> | undefined;
  const reproducing = async () =>
    (await import('../published/published.driver')).publishedDriver({ workbench, pool, ratings });
  let workers: ReturnType<Pool['run']>[] = [];
  /** Of the newest stretch of a search: what is older is dropped. */
  let ticket = 0;
  /** The ratings that the search is of. */
  let searched: Loadable['split'] | null = null;

  const patch = (change: Partial<SearchState>) =>
    set(({ search }) => ({ search: { recipe: usual(), found: null, ...search, ...change } }));
  const patchFound = (change: Partial<Found>) =>
    set(({ search }) =>
      search?.found ? { search: { ...search, found: { ...search.found, ...change } } } : {},
    );

  /** What is searched where nobody has said anything: the first two settings of the first who races. */
  function usual(): Recipe {
    const [method] = racingOf(get().settings);
    return { ...searchDefaults, method, axes: usualAxes(method), fixed: null };
  }
  const usualAxes = (method: MethodId) =>
    searchable(method)
      .slice(0, 2)
      .map((name) => ({ name, values: proposed(name, get().settings) }));

  /** Sends whoever is at work home. */
  function stop() {
    ticket++;
    for (const worker of workers.splice(0)) worker.terminate();
  }

  /** The ratings as workers are given them; null where there are none. */
  const loadable = () => loadableIn(get().data, ratings.held());

  /** The run of a cell, begun by the seed of the race or one after it. */
  function wanted(recipe: Recipe, cell: number, seedAfter = 0): Wanted {
    const { data, settings: now } = get();
    if (!data) throw new Error('no data to search on');
    const here = settingsAt(recipe, cell, now);
    const config = runConfig(recipe.method, { ...here, seed: here.seed + seedAfter }, data);
    return { config, steps: here[atOnceOf(recipe.method).limit] };
  }

  function highestRank(recipe: Recipe): number {
    const cells = Array.from({ length: planOf(recipe).cells }, (_, cell) => wanted(recipe, cell));
    return Math.max(...cells.map(({ config }) => config.rank));
  }

  /** Goes on with the search that is in the state, to its end, unless it is paused or fails. */
  async function goOn() {
    stop();
    const mine = ticket;
    const { found } = get().search ?? {};
    const data = loadable();
    if (!found || !data) return;
    const { recipe } = found;
    const rank = highestRank(recipe);
    const count = workerCount(get(), recipe.method, rank);
    if (count < 1) return patchFound({ status: 'no-room' });
    set({ playing: false });
    patchFound({ status: 'going' });
    searched = data.split;
    workers = Array.from({ length: count }, pool.run);
    const book = bookOf(found);
    const { folds } = recipe;
    try {
      await doAll({
        ...{
          workers,
          data,
          openTasks: () => openTasks({ ...found, outcomes: book.outcomes }),
          note: book.note,
        },
        method: recipe.method,
        learn: (worker, { cell, part }) =>
          learnAndJudge(worker, wanted(recipe, cell, Math.floor(part / folds)), judgedBy(recipe)),
        apart: (part) => ({ fold: foldOf(recipe, part), rank }),
      });
      if (mine === ticket) patchFound({ ...book.now(), status: 'finished' });
    } catch (error) {
      if (mine !== ticket) return;
      patchFound({ ...book.now(), status: statusAfter(error) });
      throwMistakes(error);
    } finally {
      if (mine === ticket) stop();
    }
  }

  /** Keeps what has been found, and shows it now and then. */
  function bookOf({ recipe, outcomes: known, seconds }: Found) {
    const mine = ticket;
    const begun = now();
    const outcomes = [...known];
    const { parts } = planOf(recipe);
    let isDue = false;
    const asNow = () => ({ outcomes: [...outcomes], seconds: seconds + now() - begun });
    function show() {
      isDue = false;
      if (mine === ticket) patchFound(asNow());
    }
    return {
      outcomes,
      now: asNow,
      note({ cell, part }: Task, outcome: Outcome) {
        outcomes[cell * parts + part] = outcome;
        if (!isDue) setTimeout(show, showEvery);
        isDue = true;
      },
    };
  }

  /** Other ratings are on the stage, or the same ones divided otherwise: what was found is not of them. */
  workbench.subscribe(({ data }, before) => {
    if (data === before.data || !searched || searched === ratings.held()?.split) return;
    stop();
    searched = null;
    patch({ found: null });
    tell(null);
  });

  /** A pane for a run of a method: its own, or the first. */
  function paneFor(method: MethodId): MethodId {
    const racing = racingOf(get().settings);
    return racing.includes(method) ? method : racing[0];
  }

  /** The run of a cell on all that the race is trained on. */
  async function open(cell: number) {
    const { found } = get().search ?? {};
    const data = loadable();
    if (!found || !data || found.opening !== null) return;
    const { recipe } = found;
    const run = wanted(recipe, cell);
    const worker = pool.run();
    patchFound({ opening: cell });
    try {
      const { method, rank } = run.config;
      await worker.call((api) => api.load({ ...data, apart: { fold: null, rank } }, method));
      const { settings, data: shown } = get();
      const track = await learnToShow(worker, run, data.split.trainingCount, settings.budget * 2 ** 20);
      if (ratings.held()?.split !== data.split || !shown) return;
      forks.layDown(
        { name: cellName(recipe, cell), config: run.config, changes: [], track },
        paneFor(method),
      );
    } catch (error) {
      patchFound({ status: statusAfter(error) });
      throwMistakes(error);
    } finally {
      worker.terminate();
      patchFound({ opening: null });
    }
  }

  /** What was said last by this driver itself. */
  let told: string | null = null;
  function tell(recipe: Recipe | null) {
    told = recipe && said(recipe);
    set({ searchSaid: told });
  }

  /** What a link says takes the place of what is set. It begins only when asked: a link must not take a machine over. */
  function takeSaid(text: string) {
    const recipe = recipeIn(text);
    stop();
    told = text;
    if (recipe) return patch({ recipe, found: null });
    set({ searchSaid: null, notice: { kind: 'link', problems: [{ code: 'bad-value', key: 'search' }] } });
  }

  patch({});
  workbench.subscribe(({ searchSaid }) => {
    if (searchSaid !== null && searchSaid !== told) takeSaid(searchSaid);
  });
  const { searchSaid } = get();
  if (searchSaid !== null) takeSaid(searchSaid);

  return {
    published: () => (publishing ??= reproducing()),
    open,
    edit({ axes, ...change }) {
      const { recipe } = get().search ?? { recipe: usual() };
      const next = changedSearch(pickSearch(recipe), change);
      if (!next) return;
      const isOther = next.method !== recipe.method;
      const metric = isOther && atOnceOf(next.method).predictsNoRatings ? ranking : next.metric;
      const searchedNow = isOther ? usualAxes(next.method) : (axes ?? recipe.axes);
      patch({ recipe: { ...next, metric, axes: searchedNow, fixed: isOther ? null : recipe.fixed } });
    },
    begin() {
      const { search, settings: now, data } = get();
      if (!search || !data || !isSound(search.recipe) || !loadable()) return;
      if (data.trainingCount < leastRatings(search.recipe, data.ratings.userCount)) return;
      const recipe = fixedBy(search.recipe, now);
      const { cells, parts } = planOf(recipe);
      const outcomes = new Array<Outcome | undefined>(cells * parts).fill(undefined);
      const costs = Array.from({ length: cells }, (_, cell) => costOf(wanted(recipe, cell), data));
      const none = { chosen: null, opening: null, seconds: 0 };
      patch({ found: { recipe, costs, outcomes, status: 'going', ...none } });
      tell(recipe);
      void goOn();
    },
    pause() {
      stop();
      patchFound({ status: 'paused' });
    },
    resume: () => void goOn(),
    clear() {
      stop();
      searched = null;
      patch({ found: null });
      tell(null);
    },
    choose: (cell) => patchFound({ chosen: cell }),
    use(cell) {
      const { found } = get().search ?? {};
      if (!found) return;
      const { methods } = get().settings;
      const { method, fixed } = found.recipe;
      const racing = methods.includes(method) ? methods : [...methods, method];
      void settings.change({ ...fixed, ...valuesOf(found.recipe, cell), methods: racing });
    },
  };
}

const pickSearch = ({ axes: _, fixed: __, ...settings }: Recipe): SearchSettings => settings;
