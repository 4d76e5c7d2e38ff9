import { X } from 'lucide-react';
import { useState } from 'react';
import type { LoadedData } from '../../state/loaded-data';
import { counted, grouped, significant } from '../../words/numbers';
import { Choices } from '../chart/choices';
import { Finder } from '../shell/finder';
import { RatingSlider } from '../shell/rating-slider';
import { useWorkbench } from '../workbench-context';
import { idIn, itemNameOf, sortsOf, userNameOf } from './names';
import { Alike, ItemButton, useWant } from './parts';

/** Ratings of somebody that are listed, at most. */
const mostListed = 100;
/** So many of one's own give a row something to go by. */
const enough = 5;

/** For whom it is recommended: a user of these ratings, or whoever sits here. */
export function Who({ data }: { readonly data: LoadedData }) {
  const want = useWant();
  const who = useWorkbench((state) => state.wanted.who);
  const [last, setLast] = useState(who === 'you' ? 0 : who);
  const { user } = sortsOf(data);
  return (
    <section aria-label="For whom">
      <Choices
        name="For whom"
        options={[
          { id: 'user', name: `A ${user}` },
          { id: 'you', name: 'You' },
        ]}
        value={who === 'you' ? 'you' : 'user'}
        onChange={(id) => want({ who: id === 'you' ? 'you' : last, item: null })}
      />
      {who === 'you' ? (
        <You data={data} />
      ) : (
        <>
          <Finder
            label={`Find a ${user}`}
            chosen={userNameOf(data, who)}
            count={data.ratings.userCount}
            nameOf={(x) => userNameOf(data, x)}
            idOf={(x) => idIn(data.ratings.userIds, x)}
            onChoose={(x) => {
              setLast(x);
              want({ who: x, item: null });
            }}
          />
          <Known data={data} />
        </>
      )}
      <AlikeUsers data={data} />
    </section>
  );
}

/** What was learnt of a user. */
function Known({ data }: { readonly data: LoadedData }) {
  const known = useWorkbench((state) => state.advice?.known);
  const heldOut = useWorkbench((state) => state.advice?.heldOutCount ?? 0);
  if (!known) return null;
  if (data.source === 'run') return <p className="field-note">Their ratings are not here.</p>;
  return (
    <>
      <p className="field-note">
        {counted(known.length, 'rating')} learnt{heldOut > 0 && `, ${grouped(heldOut)} kept from learning`}
        {known.length > mostListed && `; the highest ${mostListed}`}
      </p>
      <ul className="recommend-rows recommend-known" tabIndex={-1}>
        {known.slice(0, mostListed).map(({ item, value }) => (
          <li key={item}>
            <ItemButton data={data} item={item} />
            <data value={value}>{significant(value)}</data>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Ratings of one's own. */
function You({ data }: { readonly data: LoadedData }) {
  const want = useWant();
  const mine = useWorkbench((state) => state.wanted.mine);
  const [item, setItem] = useState<number | null>(null);
  const { scale } = data.ratings;
  const [value, setValue] = useState(scale.max);
  const { item: sort } = sortsOf(data);
  return (
    <>
      <form
        className="recommend-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (item === null) return;
          want({ mine: [{ item, value }, ...mine.filter((one) => one.item !== item)], item: null });
          setItem(null);
        }}
      >
        <Finder
          key={mine.length}
          label={`Find ${sort === 'item' ? 'an item' : 'a column'} to rate`}
          chosen={item === null ? '' : itemNameOf(data, item)}
          count={data.ratings.itemCount}
          nameOf={(y) => itemNameOf(data, y)}
          idOf={(y) => idIn(data.ratings.itemIds, y)}
          onChoose={setItem}
        />
        <RatingSlider scale={scale} value={value} disabled={item === null} onChange={setValue} />
        <button type="submit" className="button primary" disabled={item === null}>
          Rate
        </button>
      </form>
      <p className="field-note">
        {mine.length < enough
          ? `${mine.length} of ${enough}: rate some that you know well. `
          : `${counted(mine.length, 'rating')}. `}
        Each is folded in at once, with the {sort}s as this frame has them; the run does not learn it.
      </p>
      {mine.length < enough && <BestKnown data={data} onChoose={setItem} />}
      <ul className="recommend-rows recommend-known" aria-label="Your ratings">
        {mine.map((one) => (
          <li key={one.item}>
            <ItemButton data={data} item={one.item} />
            <data value={one.value}>{significant(one.value)}</data>
            <button
              type="button"
              className="icon-button"
              aria-label={`Take back ${itemNameOf(data, one.item)}`}
              onClick={() => want({ mine: mine.filter((other) => other !== one), item: null })}
            >
              <X size={13} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Those that most have rated, for who does not know where to begin. */
function BestKnown({
  data,
  onChoose,
}: {
  readonly data: LoadedData;
  readonly onChoose: (item: number) => void;
}) {
  const mine = useWorkbench((state) => state.wanted.mine);
  const busiest = data.orderBy === 'count' ? data.orders.items.order : null;
  if (!busiest) return null;
  const some = [...busiest.slice(0, 12)].filter((y) => !mine.some(({ item }) => item === y)).slice(0, 6);
  return (
    <div className="recommend-known-well">
      {some.map((y) => (
        <button key={y} type="button" className="button" onClick={() => onChoose(y)}>
          <bdi>{itemNameOf(data, y)}</bdi>
        </button>
      ))}
    </div>
  );
}

function AlikeUsers({ data }: { readonly data: LoadedData }) {
  const want = useWant();
  const similar = useWorkbench((state) => state.advice?.similar);
  if (!similar || similar.length === 0) return null;
  return (
    <Alike
      title={`${sortsOf(data).user}s alike`}
      rows={similar}
      nameOf={(x) => userNameOf(data, x)}
      onChoose={(x) => want({ who: x, item: null })}
    />
  );
}
