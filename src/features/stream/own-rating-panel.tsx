import { Undo2 } from 'lucide-react';
import type { RatingInfo } from '../../ratings/rating-set';
import type { OwnRating } from '../../sessions/own-rating';
import { grouped, inSeconds, inUnits, significant } from '../../words/numbers';
import { Finder } from '../shell/finder';
import { MethodSwatch } from '../shell/method-swatch';
import { RatingSlider } from '../shell/rating-slider';
import { useBench, useStream, useWorkbench } from '../workbench-context';
import { itemName, userName } from './cell-words';

/** One rating of your own: learnt in front of you, beside what others would have made of it. */
export function OwnRatingPanel() {
  const info = useWorkbench((state) => state.data?.ratings ?? null);
  const you = useStream((state) => state.facts?.you ?? -1);
  const ready = useStream((state) => state.status === 'ready');
  if (!info || !ready) return <p className="field-note">The stream is not there yet.</p>;
  return (
    <>
      <Draft info={info} you={you} />
      <Result info={info} you={you} />
    </>
  );
}

/** As the source has it, or as it is counted. */
const idIn = (ids: RatingInfo['userIds'], x: number) => String(ids ? ids[x] : x + 1);

function Draft({ info, you }: { info: RatingInfo; you: number }) {
  const { stream } = useBench().actions;
  const draft = useStream((state) => state.draft);
  const rating = useStream((state) => state.rating);
  const undoable = useStream((state) => state.undoable);
  const began = useStream((state) => state.momentCount > 1);
  const { scale } = info;
  const value = draft?.value ?? scale.max;
  return (
    <form
      className="own-form"
      onSubmit={(event) => {
        event.preventDefault();
        stream.rate();
      }}
    >
      <Finder
        label="Who rates"
        chosen={draft ? userName(info, you, draft.user) : ''}
        count={info.userCount}
        nameOf={(x) => userName(info, you, x)}
        idOf={(x) => idIn(info.userIds, x)}
        first={['You', you]}
        onChoose={(user) => stream.draft({ item: draft?.item ?? 0, value, user })}
      />
      <Finder
        label="What is rated"
        chosen={draft ? itemName(info, draft.item) : ''}
        count={info.itemCount}
        nameOf={(y) => itemName(info, y)}
        idOf={(y) => idIn(info.itemIds, y)}
        onChoose={(item) => stream.draft({ user: draft?.user ?? you, value, item })}
      />
      <RatingSlider
        scale={scale}
        value={value}
        disabled={!draft}
        onChange={(value) => draft && stream.draft({ ...draft, value })}
      />
      <div className="dialog-actions">
        <button type="submit" className="button primary" disabled={!draft || rating === 'learning'}>
          {rating === 'learning' ? 'Learning…' : 'Rate'}
        </button>
        <button type="button" className="button" disabled={undoable === 0} onClick={stream.undo}>
          <Undo2 size={14} /> Undo
        </button>
      </div>
      {rating === 'no-learner' && (
        <p role="alert" className="field-note warning">
          Nobody could learn it: B-SGD is switched off, or has diverged.
        </p>
      )}
      {!draft && (
        <p className="field-note">
          Click a cell of the matrices, or find a title.
          {!began && ' So far nothing has been learnt: play some batches first.'}
        </p>
      )}
    </form>
  );
}

function Result({ info, you }: { info: RatingInfo; you: number }) {
  const own = useStream((state) => state.ownRatings.at(-1) ?? null);
  const undoable = useStream((state) => state.undoable);
  if (!own) return null;
  const [who, what] = [userName(info, you, own.user), itemName(info, own.item)];
  return (
    <div className="own-result" role="status" aria-label="What was learnt">
      <p>
        <strong>
          {who} gave <bdi>{what}</bdi> {significant(own.value)}.
        </strong>{' '}
        {changedWords(own)}
      </p>
      <table className="standings">
        <caption className="visually-hidden">What each way makes of this rating</caption>
        <thead>
          <tr>
            <th scope="col">r̂ there</th>
            <th scope="col">is now</th>
            <th scope="col">rows</th>
            <th scope="col">took</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              <MethodSwatch method="sgd" />
              B-SGD, was {inUnits(own.before)}
            </th>
            <td>{inUnits(own.after)}</td>
            <td>1 + 1</td>
            <td>{inSeconds(own.seconds)}</td>
          </tr>
          {(['foldIn', 'refit'] as const).map((name) => {
            const other = own[name];
            return (
              <tr key={name}>
                <th scope="row">
                  <MethodSwatch method={name === 'foldIn' ? 'fold-in' : 'refit'} />
                  {name === 'foldIn' ? 'Fold-in would give' : 'A full refit would give'}
                </th>
                <td>{other ? inUnits(other.prediction) : 'off'}</td>
                <td>{other ? `${grouped(other.users)} + ${grouped(other.items)}` : '–'}</td>
                <td>{other ? inSeconds(other.seconds) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <dl className="facts">
        <div>
          <dt>b of {who === 'You' ? 'you' : who}</dt>
          <dd>
            {inUnits(own.userRow.biasBefore)} → {inUnits(own.userRow.biasAfter)}, factors moved by{' '}
            {significant(own.userRow.moved, 2)}
          </dd>
        </div>
        <div>
          <dt>
            b of <bdi>{what}</bdi>
          </dt>
          <dd>
            {inUnits(own.itemRow.biasBefore)} → {inUnits(own.itemRow.biasAfter)}, factors moved by{' '}
            {significant(own.itemRow.moved, 2)}
          </dd>
        </div>
      </dl>
      {undoable === 0 && (
        <p className="field-note">The stream has gone on since: this rating can no longer be undone.</p>
      )}
    </div>
  );
}

function changedWords({ changedUsers, changedItems }: OwnRating): string {
  const rows = `${changedUsers.length} row and ${changedItems.length} column`;
  return `Exactly ${rows} of B-SGD’s matrix changed; all others are the same, bit for bit.`;
}
