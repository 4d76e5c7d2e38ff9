import { pictureKinds } from '../../ratings/pictures/pictures';
import type { LoadedData } from '../../state/workbench';
import { RangeField } from '../controls/range-field';
import { useBench, useWorkbench } from '../workbench-context';
import { warningSentence } from './messages';
import { pictureNames } from './names';

/** What is factorised: a made-up shop, your picture, your ratings, or the sample. */
export function DataPanel() {
  const { actions } = useBench();
  const source = useWorkbench((state) => state.data?.source ?? 'picture');
  return (
    <section className="panel" aria-label="Data">
      <header className="panel-head">
        <h2>
          {source === 'picture'
            ? 'Made-up shop'
            : source === 'sample'
              ? 'Sample, made up by Factorscope'
              : 'Your ratings'}
        </h2>
        {source !== 'picture' && (
          <button
            type="button"
            className="link-button"
            onClick={() => actions.change({ picture: 'portrait' })}
          >
            Back to pictures
          </button>
        )}
      </header>
      {source === 'picture' ? (
        <>
          <PicturePicker />
          <PictureFields />
        </>
      ) : (
        <FileFacts />
      )}
      <Warnings />
    </section>
  );
}

function PicturePicker() {
  const { actions } = useBench();
  const picture = useWorkbench((state) => (state.data?.source === 'picture' ? state.settings.picture : null));
  return (
    <fieldset className="picture-picker">
      <legend className="visually-hidden">Picture</legend>
      {pictureKinds.map((kind) => (
        <button
          key={kind}
          type="button"
          aria-pressed={picture === kind}
          onClick={() => actions.change({ picture: kind })}
        >
          {pictureNames[kind]}
        </button>
      ))}
      {picture === 'yours' && (
        <button type="button" aria-pressed="true">
          Your picture
        </button>
      )}
    </fieldset>
  );
}

function PictureFields() {
  const lowRank = useWorkbench((state) => state.settings.picture === 'low-rank');
  return (
    <>
      {lowRank && (
        <RangeField
          name="pictureRank"
          label="True rank"
          info="The rank of the matrix: with as many factors it can be learnt exactly, but for rounding."
        />
      )}
      <RangeField
        name="knownShare"
        label="Known ratings"
        unit="%"
        shown={100}
        info="Share of the cells whose rating is known. With gaps the picture has to be guessed from what the rows and columns have in common."
      />
      <RangeField
        name="noise"
        label="Noise"
        info="Standard deviation of what is added to every rating, in rating units: what no model can learn."
      />
      <details className="more">
        <summary>Size and picture seed</summary>
        <RangeField name="size" label="Size" unit="rows" info="Users and products: n × n." />
        <RangeField
          name="pictureSeed"
          label="Picture seed"
          info="Draws the same picture with other hills, folds and phases."
        />
      </details>
    </>
  );
}

const format = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 2 });

const placed: Record<LoadedData['orderBy'], string> = {
  count: 'Busiest users and items first.',
  id: 'Users and items by id.',
  factor: 'Users and items along the leading factor that ALS had.',
};

function FileFacts() {
  const data = useWorkbench((state) => state.data);
  if (!data) return null;
  const { ratings, audit } = data;
  const facts: [string, string][] = [
    ['Users', format(ratings.userCount)],
    ['Items', format(ratings.itemCount)],
    ['Ratings', format(ratings.ratingCount)],
    ['Known cells', `${format(100 * audit.density)} %`],
    ['Scale', `${format(ratings.scale.min)} to ${format(ratings.scale.max)}, mean ${format(audit.mean)}`],
    ['Per user', `${audit.perUser.min} to ${format(audit.perUser.max)}, median ${audit.perUser.median}`],
    ['Per item', `${audit.perItem.min} to ${format(audit.perItem.max)}, median ${audit.perItem.median}`],
    ...(audit.timeSpan
      ? [
          ['Time', audit.timeSpan.map((time) => new Date(1000 * time).getUTCFullYear()).join(' to ')] as [
            string,
            string,
          ],
        ]
      : []),
  ];
  return (
    <>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="field-note">
        {placed[data.orderBy]} A pixel is the mean of its block; zoom in for single cells.
      </p>
    </>
  );
}

/** What there is to know about a file that was taken, a picture's too. */
function Warnings() {
  const data = useWorkbench((state) => state.data);
  return data?.warnings.map((warning) => (
    <p key={warning.code} className="field-note warning">
      {warningSentence(warning, data.ratings.name)}
    </p>
  ));
}
