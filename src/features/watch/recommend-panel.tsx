import { useState } from 'react';
import type { RowName } from '../../files/run-folder/manifest';
import type { MethodId } from '../../methods/config';
import { counted, grouped, inUnits, significant } from '../../words/numbers';
import type { Advice } from '../../workers/protocol';
import { Finder } from '../shell/finder';
import { RatingSlider } from '../shell/rating-slider';
import { useWorkbench } from '../workbench-context';
import { batchSentence, changedWords, nameOfItem, statusOfSent } from './recommending-words';
import type { SentRating } from './slice';
import { useWatching } from './use-watching';
import { placeWords } from './words';
import './watch.css';

/** What the job that is watched recommends to somebody; ratings that they give, and what they have changed. */
export function RecommendPanel() {
  const actions = useWatching();
  const { users, items } = useWorkbench((state) => state.names);
  const runs = useWorkbench((state) => state.watch?.manifest?.runs);
  const { user, run, sent } = useWorkbench((state) => state.recommending);
  const by = runs?.[run];
  if (!by || users.length === 0 || items.length === 0) return null;
  return (
    <section className="panel recommending" aria-label="Recommending">
      <header className="panel-head">
        <h2>Recommend and rate</h2>
      </header>
      <Finder
        label="Who"
        chosen={user ?? ''}
        count={users.length}
        nameOf={(x) => users[x].id}
        onChoose={(x) => actions.recommendTo(users[x].id)}
        onOther={actions.recommendTo}
      />
      {runs.length > 1 && (
        <select
          aria-label="Run that recommends"
          value={run}
          onChange={(event) => actions.recommendFrom(Number(event.currentTarget.value))}
        >
          {runs.map(({ name, folder }, i) => (
            <option key={folder} value={i}>
              {name}
            </option>
          ))}
        </select>
      )}
      {user === null ? (
        <p className="field-note">
          Find a user of the job, or type a name of your own: whoever is new is known to it from their first
          rating on.
        </p>
      ) : (
        <>
          <Best user={user} method={by.config.method} />
          <Rate key={user} />
        </>
      )}
      <ol className="sent" aria-label="Ratings sent">
        {sent.map((rating) => (
          <Sent key={rating.number} rating={rating} isNewest={rating === sent[0]} />
        ))}
      </ol>
    </section>
  );
}

/** What the newest frame recommends. */
function Best({ user, method }: { user: string; method: MethodId }) {
  const advice = useWorkbench((state) => state.recommending.advice);
  const isNew = useWorkbench((state) => !state.names.users.some(({ id }) => id === user));
  if (!advice) return <p className="field-note">Waiting for a frame of the job.</p>;
  const { step, best, isKnown, ratedCount } = advice;
  return (
    <div role="status" aria-label="Recommended">
      <p>
        Top {best.length} for <bdi>{user}</bdi> after {placeWords(method, step)}
        {ratedCount > 0 && `, less ${counted(ratedCount, 'item')} that they have rated`}:
      </p>
      <BestList best={best} />
      {!isKnown && (
        <p className="field-note">
          {isNew ? 'Nobody there is called that yet' : 'The model has learnt nothing of this user yet'}: these
          are the mean and what items have above it.
        </p>
      )}
    </div>
  );
}

function BestList({ best }: { best: Advice['best'] }) {
  const items = useWorkbench((state) => state.names.items);
  return (
    <ol className="best">
      {best.map(({ item, prediction }) => (
        <li key={item}>
          <bdi>{nameOfItem(items[item])}</bdi> <data value={prediction}>{inUnits(prediction)}</data>
        </li>
      ))}
    </ol>
  );
}

/** A rating to be sent. */
function Rate() {
  const actions = useWatching();
  const items = useWorkbench((state) => state.names.items);
  const watch = useWorkbench((state) => state.watch);
  const takesRatings = useWorkbench((state) => state.recommending.takesRatings);
  const [item, setItem] = useState<number | null>(null);
  const [given, setGiven] = useState<number | null>(null);
  const scale = watch?.manifest?.data.scale;
  if (!scale) return null;
  if (!takesRatings)
    return (
      <p className="field-note">
        To rate here too, start this server and the job with the same <code>--inbox FOLDER</code>.
      </p>
    );
  if (watch.status !== 'running') return <p className="field-note">Nobody would learn a rating now.</p>;
  const value = given ?? scale.max;
  return (
    <form
      className="rate-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (item === null) return;
        void actions.rateFor(item, value);
        setItem(null);
      }}
    >
      <Finder
        label="What is rated"
        chosen={item === null ? '' : nameOfItem(items[item])}
        count={items.length}
        nameOf={(y) => nameOfItem(items[y])}
        onChoose={setItem}
      />
      <RatingSlider scale={scale} value={value} disabled={item === null} onChange={setGiven} />
      <button type="submit" className="button primary" disabled={item === null}>
        Rate
      </button>
    </form>
  );
}

/** A rating that was sent: where it is on its way, and once it is learnt, what it has changed. */
function Sent({ rating, isNewest }: { rating: SentRating; isNewest: boolean }) {
  const { user, item, value, learnt } = rating;
  return (
    <li>
      <p>
        <bdi>{user}</bdi> gave <bdi>{nameOfItem(item)}</bdi> {significant(value)}: {statusOfSent(rating)}
      </p>
      {learnt?.after && <Changed learnt={learnt} item={item} isNewest={isNewest} />}
    </li>
  );
}

function Changed({
  learnt,
  item,
  isNewest,
}: {
  learnt: NonNullable<SentRating['learnt']>;
  item: RowName;
  isNewest: boolean;
}) {
  const items = useWorkbench((state) => state.names.items);
  const { before, after, ratings } = learnt;
  const nameOf = (y: number) => nameOfItem(items[y]);
  return (
    <>
      <p>
        Predicted for <bdi>{nameOfItem(item)}</bdi>: {before ? `${inUnits(before.prediction)} before, ` : ''}
        {inUnits(after?.prediction)} since. {changedWords(before?.best, after?.best ?? [], nameOf)}{' '}
        {batchSentence(ratings)}
      </p>
      {isNewest && before && after && (
        <details>
          <summary>Before and since</summary>
          <div className="before-and-since">
            <div>
              <p className="field-note">After batch {grouped(before.step)}</p>
              <BestList best={before.best} />
            </div>
            <div>
              <p className="field-note">After batch {grouped(after.step)}</p>
              <BestList best={after.best} />
            </div>
          </div>
        </details>
      )}
    </>
  );
}
