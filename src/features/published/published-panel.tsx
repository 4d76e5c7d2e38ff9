import { use, useState } from 'react';
import { type Published, published, publishedOf } from '../../experiments/published';
import { comparedWith, errorsOf, type PartErrors } from '../../experiments/reproduction';
import { fixed, inUnits } from '../../words/numbers';
import { WorkProgress } from '../search/work-progress';
import { useBench, useWorkbench } from '../workbench-context';
import { canBegin, isTheirs } from './places';
import './published.css';
import type { Reproducing, Reproduction } from './slice';
import { dataWords, foundWords, placeWords, progressWords, verdictWords } from './words';

/** Figures that others have published, to be found once more on the same data. */
export function PublishedPanel() {
  const reproducing = use(use(useBench().actions.searching()).published());
  const reproduction = useWorkbench((state) => state.search?.reproduction ?? null);
  const data = useWorkbench((state) => state.data);
  const [chosen, choose] = useState<string | null>(null);
  if (!data) return null;
  const first = published.find((one) => isTheirs(one, data)) ?? published[0];
  const of = publishedOf(chosen ?? reproduction?.id ?? first.id);
  const found = reproduction?.id === of.id ? reproduction : null;
  const isGoing = reproduction?.status === 'going';
  return (
    <div className="published">
      <select
        aria-label="Published figure"
        value={of.id}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {published.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <p>{of.words}</p>
      <p className={isTheirs(of, data) ? 'field-note' : 'field-note warning'}>{dataWords(of, data)}</p>
      <Differences of={of} />
      <div className="search-actions">
        <button
          type="button"
          className="button primary"
          disabled={isGoing || !canBegin(of, data)}
          onClick={() => reproducing.begin(of.id)}
        >
          Reproduce
        </button>
        <a className="link-button" href={of.source} target="_blank" rel="noopener noreferrer">
          Where it is published
        </a>
      </div>
      <Figures of={of} found={found} />
      {found && <Progress of={of} found={found} reproducing={reproducing} />}
    </div>
  );
}

function Differences({ of: { differs } }: { readonly of: Published }) {
  return (
    <details className="more">
      <summary>Where ours is not theirs</summary>
      <ul>
        {differs.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </details>
  );
}

/** What was published, and beside it what was found. */
function Figures({ of, found }: { readonly of: Published; readonly found: Reproduction | null }) {
  const compared = comparedWith(of, found?.parts ?? [undefined]);
  const folds = of.protocol.kind !== 'stream' && found ? found.parts : [];
  return (
    <table>
      <caption>{of.name}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">RMSE</th>
          <th scope="col">MAE</th>
        </tr>
      </thead>
      {compared.map((one) => (
        <tbody key={one.figure.after ?? 0}>
          <tr>
            <th scope="row">Published {placeWords(one, of.data.ratingCount)}</th>
            <td>{fixed(one.figure.rmse, 3)}</td>
            <td>{fixed(one.figure.mae, 3)}</td>
          </tr>
          {found && (
            <tr>
              <th scope="row">Here {placeWords(one, found.ratingCount)}</th>
              <td>{foundWords(one.rmse)}</td>
              <td>{foundWords(one.mae)}</td>
            </tr>
          )}
        </tbody>
      ))}
      <tbody>
        {folds.map((fold, i) => {
          const name = `Fold ${i + 1}`;
          return <Fold key={name} of={of} name={name} fold={fold} />;
        })}
      </tbody>
    </table>
  );
}

function Fold({
  of,
  name,
  fold,
}: {
  readonly of: Published;
  readonly name: string;
  readonly fold: PartErrors;
}) {
  const errors = errorsOf(of, fold);
  return (
    <tr className="published-fold">
      <th scope="row">{name}</th>
      <td>{fold === null ? 'diverged' : inUnits(errors?.rmse)}</td>
      <td>{fold === null ? '' : inUnits(errors?.mae)}</td>
    </tr>
  );
}

function Progress({
  of,
  found,
  reproducing,
}: {
  readonly of: Published;
  readonly found: Reproduction;
  readonly reproducing: Reproducing;
}) {
  const { status, share, parts } = found;
  const verdicts = comparedWith(of, parts)
    .map((one) => verdictWords(of, one, found))
    .filter((words) => words !== '');
  return (
    <WorkProgress
      label="Progress of the figure"
      done={share}
      of={1}
      words={[...verdicts, ...(status === 'finished' ? [] : [progressWords(found)])].join(' ')}
      isGoing={status === 'going'}
      canGoOn={status !== 'going' && status !== 'finished'}
      work={reproducing}
    />
  );
}
