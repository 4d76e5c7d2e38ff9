import { use, useState } from 'react';
import { raceSettings } from '../../settings/race';
import { type SearchSettings, searchDefaults, searchSettings } from '../../settings/search';
import { isMeant } from '../../settings/values';
import { counted } from '../../words/numbers';
import { SettingField } from '../settings/setting-field';
import { later } from '../shell/later';
import { PanelBoundary } from '../shell/panel-boundary';
import { useBench, useWorkbench } from '../workbench-context';
import { Axes } from './axes';
import { isSound, leastRatings, mostCells, planOf, proposed, type Recipe, searchable } from './recipe';
import './search.css';
import { SearchFound } from './search-found';
import type { Searching } from './slice';
import { fixedWords } from './words';

const PublishedPanel = later(async () => (await import('../published/published-panel')).PublishedPanel);

/** Searches what to set: which settings, how sure, and what was found. */
export function SearchPanel() {
  const searching = use(useBench().actions.searching());
  const recipe = useWorkbench((state) => state.search?.recipe);
  const hasFound = useWorkbench((state) => (state.search?.found ?? null) !== null);
  const source = useWorkbench((state) => state.data?.source);
  if (!recipe || !source) return null;
  return (
    <section className="panel search-panel" aria-label="Search">
      <h2>Search</h2>
      {source === 'run' ? (
        <p className="field-note">The ratings of this run are not here: there is nothing to learn from.</p>
      ) : (
        <details className="more" open={!hasFound}>
          <summary>What is searched</summary>
          <Form recipe={recipe} searching={searching} />
        </details>
      )}
      {hasFound && <SearchFound searching={searching} />}
      <PublishedFigures />
    </section>
  );
}

/** Who does not ask for published figures does not wait for them. */
function PublishedFigures() {
  const isUnderWay = useWorkbench((state) => (state.search?.reproduction ?? null) !== null);
  const [isOpen, setOpen] = useState(isUnderWay);
  return (
    <details className="more" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Published figures</summary>
      {isOpen && (
        <PanelBoundary name="published figures">
          <PublishedPanel />
        </PanelBoundary>
      )}
    </details>
  );
}

function Form({ recipe, searching }: { readonly recipe: Recipe; readonly searching: Searching }) {
  const settings = useWorkbench((state) => state.settings);
  const isGoing = useWorkbench((state) => state.search?.found?.status === 'going');
  const trainingCount = useWorkbench((state) => state.data?.trainingCount ?? 0);
  const userCount = useWorkbench((state) => state.data?.ratings.userCount ?? 0);
  const field = (name: keyof SearchSettings) => (
    <SettingField
      key={name}
      setting={searchSettings[name]}
      value={recipe[name]}
      fallback={searchDefaults[name]}
      put={(next) => searching.edit({ [name]: next })}
      reset={() => searching.edit({ [name]: searchDefaults[name] })}
    />
  );
  const { cells, parts } = planOf(recipe);
  const hasEnough = trainingCount >= leastRatings(recipe, userCount);
  return (
    <>
      {field('method')}
      <Axes
        axes={recipe.axes}
        settings={raceSettings}
        searchable={searchable(recipe.method)}
        proposed={(name) => proposed(name, settings)}
        put={(axes) => searching.edit({ axes })}
      />
      {field('strategy')}
      {field('folds')}
      <details className="more">
        <summary>Seeds, metric, and what else is set</summary>
        {field('division')}
        {isMeant(searchSettings.leave, { ...recipe }) && field('leave')}
        {field('seeds')}
        {field('metric')}
        {(['listSize', 'likedFrom'] as const)
          .filter((name) => isMeant(searchSettings[name], { ...recipe }))
          .map(field)}
        <p className="field-note">{fixedWords(recipe, settings)}</p>
      </details>
      <div className="search-begin">
        <button
          type="button"
          className="button primary"
          disabled={isGoing || !isSound(recipe) || !hasEnough}
          onClick={searching.begin}
        >
          Search
        </button>
        <span className="field-note">
          {cells > mostCells
            ? `${counted(cells, 'cell')}: at most ${mostCells}.`
            : hasEnough
              ? `${counted(cells, 'cell')} on ${counted(parts, 'part')}`
              : 'Too few ratings for such folds.'}
        </span>
      </div>
    </>
  );
}
