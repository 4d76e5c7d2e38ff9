import { hasBaseline, readingOfPrediction } from '../../draw/terms';
import { stepWords } from '../../settings/history';
import type { LoadedData } from '../../state/loaded-data';
import { inUnits, significant } from '../../words/numbers';
import { useWorkbench } from '../workbench-context';
import type { Pick } from './advice';
import { genresOf, sortsOf, userNameOf } from './names';
import { ItemButton, useWant } from './parts';

/** What is recommended, the best first, and of what each prediction is the sum. */
export function Best({ data }: { readonly data: LoadedData }) {
  const best = useWorkbench((state) => state.advice?.best) ?? [];
  const who = useWorkbench((state) => state.advice?.who ?? 0);
  const { item } = sortsOf(data);
  return (
    <section aria-label="Recommended">
      <h2>
        For {who === 'you' ? 'you' : userNameOf(data, who)}
        {best.length > 0 && `: the top ${best.length} of what ${whoHas(data, who)} not rated`}
      </h2>
      {best.length === 0 ? (
        <Nothing data={data} />
      ) : (
        <>
          <Steady />
          <ol className="recommend-rows recommend-best" aria-label={`Recommended ${item}s`}>
            {best.map((one) => (
              <Row key={one.item} data={data} one={one} />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

const whoHas = ({ source }: LoadedData, who: number | 'you') =>
  who === 'you' ? 'you have' : source === 'picture' ? 'it has' : 'they have';

function Row({ data, one }: { readonly data: LoadedData; readonly one: Pick }) {
  const { item, prediction, terms, heldOut, isNew } = one;
  const genres = genresOf(data, item);
  return (
    <li>
      <ItemButton data={data} item={item} />
      <data value={prediction}>{inUnits(prediction)}</data>
      <p>
        {genres && <span className="recommend-genres">{genres}</span>}
        <span className="recommend-sum">{readingOfPrediction(terms)}</span>
        {heldOut !== null && <span className="recommend-truth">held out: {significant(heldOut)}</span>}
        {isNew && <span className="recommend-new">new</span>}
      </p>
    </li>
  );
}

/** Of what predictions are the sum, and whether the list still changes. */
function Steady() {
  const words = useWorkbench(({ advice }) => {
    if (!advice) return '';
    const { best, method, steady } = advice;
    const sum = best.some(({ terms }) => hasBaseline(terms))
      ? 'mean + user + item + factors'
      : 'factors alone';
    if (!steady) return `r̂ = ${sum}.`;
    const before = stepWords(method, steady.step);
    const same = steady.count === best.length ? 'All' : steady.count;
    return `r̂ = ${sum}. ${same} of them were there at ${before}.`;
  });
  return <p className="field-note">{words}</p>;
}

/** Why nothing is recommended. */
function Nothing({ data }: { readonly data: LoadedData }) {
  const want = useWant();
  const atLeast = useWorkbench((state) => state.wanted.atLeast);
  const { user, item } = sortsOf(data);
  const isComplete = data.ratings.ratingCount === data.ratings.userCount * data.ratings.itemCount;
  if (isComplete && data.source === 'picture')
    return (
      <p className="field-note">
        Every pixel of this row is known, so that nothing is left to recommend. Rows of a picture stand for
        users, columns for items: leave some pixels out by Known ratings, under Data, or open ratings.
      </p>
    );
  if (atLeast === 1) return <p className="field-note">No {item} is left that anybody has rated.</p>;
  return (
    <p className="field-note">
      No {item} is left that {atLeast} {user}s or more have rated.{' '}
      <button type="button" className="link-button" onClick={() => want({ atLeast: 1 })}>
        Ask for one alone
      </button>
    </p>
  );
}
