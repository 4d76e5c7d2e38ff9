import { readingOfPrediction } from '../../draw/terms';
import type { LoadedData } from '../../state/loaded-data';
import { asSummand, counted, printedSum, significant } from '../../words/numbers';
import { Finder } from '../shell/finder';
import { useWorkbench } from '../workbench-context';
import type { Reason } from './advice';
import { genresOf, idIn, itemNameOf, sortsOf } from './names';
import { Alike, ItemButton, useWant } from './parts';

/** Why one item is recommended, or is not, and which are like it. */
export function Because({ data }: { readonly data: LoadedData }) {
  const want = useWant();
  const reason = useWorkbench((state) => state.advice?.reason ?? null);
  const { item: sort } = sortsOf(data);
  if (!reason) return null;
  const { item, rating, terms, folded, similar } = reason;
  return (
    <section aria-label="Why">
      <Finder
        label={`Why this ${sort}?`}
        chosen={itemNameOf(data, item)}
        count={data.ratings.itemCount}
        nameOf={(y) => itemNameOf(data, y)}
        idOf={(y) => idIn(data.ratings.itemIds, y)}
        onChoose={(y) => want({ item: y })}
      />
      <p className="recommend-reading">
        {genresOf(data, item)} <span className="recommend-sum">r̂ = {readingOfPrediction(terms)}</span>
        {rating && (
          <span className="recommend-truth">
            rated {significant(rating.value)}, {rating.isHeldOut ? 'held out' : 'learnt'}
          </span>
        )}
      </p>
      {folded && <Owed data={data} folded={folded} />}
      {similar.length > 0 && (
        <Alike
          title={`${sort}s alike`}
          rows={similar}
          nameOf={(y) => itemNameOf(data, y)}
          onChoose={(y) => want({ item: y })}
        />
      )}
    </section>
  );
}

/** What the factors say, by the ratings that they owe it to: as printed, it adds up. */
function Owed({
  data,
  folded,
}: {
  readonly data: LoadedData;
  readonly folded: NonNullable<Reason['folded']>;
}) {
  const who = useWorkbench((state) => state.advice?.who);
  const { up, down, others, rest, product } = folded;
  const named = [...up, ...down];
  const { terms, sum } = printedSum([...named.map(({ owed }) => owed), ...(others > 0 ? [rest] : [])]);
  const [whose, their] = who === 'you' ? ['you', 'your'] : ['they', 'their'];
  return (
    <>
      <h3>What {whose} rated that moves it</h3>
      <p className="field-note">
        Folded in from {their} ratings alone, the factors add {asSummand(sum)}
        {product === 0 ? '' : ', of which'}:
      </p>
      <ul className="recommend-rows">
        {named.map(({ item, value }, i) => (
          <li key={item}>
            <ItemButton data={data} item={item} />
            <span className="recommend-given">{significant(value)}</span>
            <data value={named[i].owed}>{asSummand(terms[i])}</data>
          </li>
        ))}
        {others > 0 && (
          <li>
            <span>{counted(others, 'other')}</span>
            <data value={rest}>{asSummand(terms[named.length])}</data>
          </li>
        )}
      </ul>
    </>
  );
}
