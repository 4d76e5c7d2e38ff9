import { useMemo } from 'react';
import { formatOf } from '../../files/film/formats';
import { useBench, useWorkbench } from '../workbench-context';
import { progressOf, type Results, resultsOf } from './found';
import { SearchList } from './search-list';
import { SearchMap } from './search-map';
import type { Found, Searching } from './slice';
import { choiceWords, detailWords, progressWords } from './words';
import { WorkProgress } from './work-progress';

/** What a search has come to so far. */
export function SearchFound({ searching }: { readonly searching: Searching }) {
  const found = useWorkbench((state) => state.search?.found ?? null);
  const { recipe, costs, outcomes } = found ?? {};
  const results = useMemo(
    () => recipe && costs && outcomes && resultsOf({ recipe, costs, outcomes }),
    [recipe, costs, outcomes],
  );
  if (!found || !results) return null;
  const isMap = found.recipe.axes.length === 2;
  return (
    <div className="search-found">
      <Progress found={found} results={results} searching={searching} />
      {isMap && <SearchMap found={found} results={results} onChoose={searching.choose} />}
      {results.choice && <p className="search-choice">{choiceWords(found.recipe, results)}</p>}
      <Chosen found={found} results={results} searching={searching} />
      <Save isMap={isMap} />
      <details className="more" open={!isMap}>
        <summary>As a list</summary>
        <SearchList found={found} results={results} onChoose={searching.choose} />
      </details>
    </div>
  );
}

/** The map as it filled, as a film or a picture, and all its numbers. */
function Save({ isMap }: { readonly isMap: boolean }) {
  const { actions } = useBench();
  const save = async (id: string, options: unknown) => (await actions.exporting()).save(id, options);
  const films = isMap ? (['gif', 'mp4', 'webm', 'png'] as const) : [];
  return (
    <div className="search-actions">
      <span className="field-note">Save</span>
      {films.map((format) => (
        <button
          key={format}
          type="button"
          className="link-button"
          aria-label={`Save the map as ${formatOf(format).name}`}
          onClick={() => void save('search-film', { format })}
        >
          {formatOf(format).name}
        </button>
      ))}
      <button
        type="button"
        className="link-button"
        aria-label="Save the search as CSV"
        onClick={() => void save('search-csv', null)}
      >
        CSV
      </button>
    </div>
  );
}

interface Props {
  readonly found: Found;
  readonly results: Results;
  readonly searching: Searching;
}

function Progress({ found, results, searching }: Props) {
  const { status } = found;
  const progress = progressOf(found, results);
  return (
    <WorkProgress
      label="Runs of the search"
      done={progress.done}
      of={progress.count}
      words={progressWords(status, progress)}
      isGoing={status === 'going'}
      canGoOn={status !== 'going' && status !== 'finished'}
      work={searching}
    />
  );
}

/** The cell that is looked at, by default the one that is chosen, and what can be done with it. */
function Chosen({ found, results, searching }: Props) {
  const cell = found.chosen ?? results.choice?.simplest.cell;
  if (cell === undefined) return null;
  const { opening } = found;
  return (
    <div className="search-chosen">
      <p aria-live="polite">{detailWords(found.recipe, results, cell)}</p>
      <div className="search-actions">
        <button
          type="button"
          className="button"
          disabled={opening !== null}
          onClick={() => void searching.open(cell)}
        >
          {opening === null ? 'Open on the stage' : 'Opening…'}
        </button>
        <button type="button" className="button" onClick={() => searching.use(cell)}>
          Use these
        </button>
      </div>
    </div>
  );
}
