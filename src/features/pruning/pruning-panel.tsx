import { use } from 'react';
import { type PruningSettings, pruningDefaults, pruningSettings } from '../../settings/pruning';
import { streamSettings } from '../../settings/stream';
import { isMeant } from '../../settings/values';
import { counted, percent } from '../../words/numbers';
import { Axes } from '../search/axes';
import '../search/search.css';
import { SettingField } from '../settings/setting-field';
import { useBench, useStream, useWorkbench } from '../workbench-context';
import './pruning.css';
import { PruningFound } from './pruning-found';
import {
  countOf,
  isFollowed,
  isSound,
  mostCandidates,
  type PruningRecipe,
  planOf,
  proposed,
  searchable,
  settingsOf,
} from './recipe';
import type { Prunes } from './slice';
import { fixedWords } from './words';

/** Searches settings on the stream: who is tried, when the worst are pruned, and what was found. */
export function PruningPanel() {
  const prunes = use(useBench().actions.pruning());
  const recipe = useWorkbench((state) => state.pruning?.recipe);
  const hasFound = useWorkbench((state) => (state.pruning?.found ?? null) !== null);
  const source = useWorkbench((state) => state.data?.source);
  if (!recipe || !source) return null;
  return (
    <section className="panel search-panel" aria-label="Search of the stream">
      <h2>Search of the stream</h2>
      {source === 'run' ? (
        <p className="field-note">The ratings of this run are not here: there is nothing to learn from.</p>
      ) : (
        <details className="more" open={!hasFound}>
          <summary>What is searched</summary>
          <Form recipe={recipe} prunes={prunes} />
        </details>
      )}
      {hasFound && <PruningFound prunes={prunes} />}
    </section>
  );
}

interface Props {
  readonly recipe: PruningRecipe;
  readonly prunes: Prunes;
}

function Form({ recipe, prunes }: Props) {
  const settings = useStream((state) => state.settings);
  const isGoing = useWorkbench((state) => state.pruning?.found?.status === 'going');
  const count = useWorkbench((state) => state.data?.trainingCount ?? 0);
  const field = (name: keyof PruningSettings) =>
    isMeant(pruningSettings[name], { ...recipe }) && (
      <SettingField
        key={name}
        setting={pruningSettings[name]}
        value={recipe[name]}
        fallback={pruningDefaults[name]}
        put={(next) => prunes.edit({ [name]: next })}
        reset={() => prunes.edit({ [name]: pruningDefaults[name] })}
      />
    );
  const candidates = countOf(recipe);
  return (
    <>
      <p className="field-note">
        Candidates get the same ratings in the same order. The worst are pruned as time goes on.
      </p>
      {field('method')}
      <Axes
        axes={recipe.axes}
        settings={streamSettings}
        searchable={searchable(recipe.method)}
        proposed={(name) => proposed(name, settings, count)}
        put={(axes) => prunes.edit({ axes })}
      />
      {field('tried')}
      {field('draws')}
      {field('firstCut')}
      {field('cuts')}
      {field('keep')}
      {field('follow')}
      <p className="field-note">{followWords(recipe, settingsOf(recipe, settings).rank, count)}</p>
      <details className="more">
        <summary>Speed, metric, and what else is set</summary>
        {field('speed')}
        {field('metric')}
        {field('cold')}
        <p className="field-note">{fixedWords(recipe, settings)}</p>
      </details>
      <div className="search-begin">
        <button
          type="button"
          className="button primary"
          disabled={isGoing || !isSound(recipe) || count === 0}
          onClick={prunes.begin}
        >
          Search
        </button>
        <span className="field-note">
          {candidates > mostCandidates
            ? `${counted(candidates, 'candidate')}: at most ${mostCandidates}.`
            : `${counted(candidates, 'candidate')}, cut at ${cutWords(recipe, settingsOf(recipe, settings).batchSize, count)}`}
        </span>
      </div>
    </>
  );
}

/** The shares of the stream at which some are pruned. */
function cutWords(recipe: PruningRecipe, batchSize: number, count: number): string {
  const { cuts, batches } = planOf(recipe, countOf(recipe), Math.ceil(count / batchSize));
  return cuts.length > 0 ? cuts.map((batch) => percent(batch / batches)).join(', ') : 'no place';
}

/** What becomes of those who are pruned. */
function followWords(recipe: PruningRecipe, rank: number, count: number): string {
  const ranks = recipe.axes.flatMap(({ name, values }) => (name === 'rank' ? values.map(Number) : []));
  return isFollowed(recipe, countOf(recipe), count, Math.max(...ranks, rank))
    ? 'Whoever is pruned is measured to the end, so that it shows whether pruning has kept the best.'
    : 'Whoever is pruned learns no more: whether the best was among them stays unknown.';
}
