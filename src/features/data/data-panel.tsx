import { pictureKinds } from '../../ratings/pictures/pictures';
import { RangeField } from '../settings/range-field';
import { useBench, useWorkbench } from '../workbench-context';
import { FileFacts } from './file-facts';
import { pictureNames } from './names';
import { RunFacts } from './run-facts';
import { Warnings } from './warnings';

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
              : source === 'run'
                ? 'A run from a file'
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
          <Warnings />
        </>
      ) : source === 'run' ? (
        <RunFacts />
      ) : (
        <>
          <Warnings />
          <FileFacts />
        </>
      )}
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
