import { useMemo } from 'react';
import type { StreamSetting } from '../../methods/stream-config';
import { streamSettings } from '../../settings/stream';
import { inUnits } from '../../words/numbers';
import type { Value } from '../search/recipe';
import { valueIn } from '../search/words';
import { WorkProgress } from '../search/work-progress';
import { useWorkbench } from '../workbench-context';
import { judgedBy, type Results, resultsOf } from './courses';
import { colourOf } from './pruning-curves';
import type { Prunes, Pruning } from './slice';
import { fateWords, nameOf, progressWords, reachedOf, settingName, verdictWords } from './words';

interface Props {
  readonly found: Pruning;
  readonly results: Results;
  readonly prunes: Prunes;
}

/** What a search has come to so far. */
export function PruningFound({ prunes }: { readonly prunes: Prunes }) {
  const found = useWorkbench((state) => state.pruning?.found ?? null);
  const { plan, courses } = found ?? {};
  const results = useMemo(() => plan && courses && resultsOf({ plan, courses }), [plan, courses]);
  if (!found || !results) return null;
  const parts = { found, results, prunes };
  return (
    <div className="search-found">
      <Progress {...parts} />
      <p className="search-choice" role="status">
        {verdictWords(found, results)}
      </p>
      <Chosen {...parts} />
      <Candidates {...parts} />
    </div>
  );
}

function Progress({ found, results, prunes }: Props) {
  const { status, plan } = found;
  return (
    <WorkProgress
      label="Batches of the search"
      done={reachedOf(found)}
      of={plan.batches}
      words={progressWords(found, results)}
      isGoing={status === 'going'}
      canGoOn={status === 'paused' || status === 'lost'}
      work={prunes}
    />
  );
}

/** The candidate that is looked at, by default the best of those kept, and what can be done with it. */
function Chosen({ found, results, prunes }: Props) {
  const candidate = found.chosen ?? results.verdict?.kept?.candidate;
  if (candidate === undefined) return null;
  return (
    <div className="search-chosen">
      <p aria-live="polite">
        {nameOf(found, candidate)}: {fateWords(found, results.fates[candidate])}.
      </p>
      <div className="search-actions">
        <button type="button" className="button" onClick={() => prunes.use(candidate)}>
          Use these
        </button>
      </div>
    </div>
  );
}

/** All candidates, those who got furthest first, then by their errors. */
function Candidates({ found, results, prunes }: Props) {
  const { recipe, courses, chosen } = found;
  const { name } = judgedBy(recipe);
  return (
    <table className="search-list">
      <caption className="visually-hidden">Candidates, the best first</caption>
      <thead>
        <tr>
          {recipe.axes.map((axis) => (
            <th key={axis.name} scope="col">
              {settingName(axis.name)}
            </th>
          ))}
          <th scope="col">{name}</th>
        </tr>
      </thead>
      <tbody>
        {inOrder(found, results).map((candidate) => (
          <tr key={candidate} aria-current={candidate === chosen}>
            {recipe.axes.map((axis) => (
              <td key={axis.name}>{valueAt(found, candidate, axis.name)}</td>
            ))}
            <td>
              <button type="button" className="link-button" onClick={() => prunes.choose(candidate)}>
                <svg className="pruning-key" viewBox="0 0 12 4" aria-hidden="true">
                  <line x2="12" y1="2" y2="2" stroke={colourOf(found, candidate)} />
                </svg>
                {inUnits(courses[candidate].errors.at(-1))}
              </button>
              <span className="pruning-fate">{fateWords(found, results.fates[candidate])}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const valueAt = ({ candidates }: Pruning, candidate: number, name: StreamSetting) =>
  valueIn(streamSettings[name], candidates[candidate][name] as Value);

/** Who is left, then who was pruned, the last first; the best first among them; then who has diverged. */
function inOrder({ courses, plan }: Pruning, { fates }: Results): number[] {
  const places = courses.map(({ errors }, candidate) => {
    const fate = fates[candidate];
    const last = errors.at(-1) ?? Number.MAX_VALUE;
    if (fate.kind === 'pruned') return { candidate, until: fate.cut.batch, error: fate.error };
    return { candidate, until: fate.kind === 'left' ? plan.batches : 0, error: last };
  });
  return places
    .toSorted((a, b) => b.until - a.until || a.error - b.error || a.candidate - b.candidate)
    .map(({ candidate }) => candidate);
}
