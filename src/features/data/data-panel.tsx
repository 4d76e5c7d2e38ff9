import type { ReactNode } from 'react';
import { pictureKinds } from '../../ratings/pictures/names';
import { raceSettings } from '../../settings/race';
import type { Source } from '../../state/loaded-data';
import { RacePanel } from '../settings/race-panel';
import { useBench, useWorkbench } from '../workbench-context';
import './data.css';
import { FileFacts } from './file-facts';
import { RunFacts } from './run-facts';
import { Warnings } from './warnings';

/** What the panel says of each source of ratings. */
const panels: Record<Source, { readonly title: string; readonly body: ReactNode }> = {
  picture: {
    title: 'Made-up shop',
    body: (
      <>
        <p className="field-note">
          Users and products that we make up: each rating, from 0 to 255, is a pixel of a picture.
        </p>
        <PicturePicker />
        <RacePanel name="picture" />
        <details className="more">
          <summary>Size and picture seed</summary>
          <RacePanel name="pictureMore" />
        </details>
        <Warnings />
      </>
    ),
  },
  sample: { title: 'Sample, made up by Factorscope', body: <FileFacts /> },
  file: { title: 'Your ratings', body: <FileFacts /> },
  run: { title: 'A run from a file', body: <RunFacts /> },
};

/** What is factorised: a made-up shop, your picture, your ratings, or the sample. */
export function DataPanel() {
  const { actions } = useBench();
  const source = useWorkbench((state) => state.data?.source ?? 'picture');
  const { title, body } = panels[source];
  return (
    <section className="panel" aria-label="Data">
      <header className="panel-head">
        <h2>{title}</h2>
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
      {body}
      <RacePanel name="heldOut" />
    </section>
  );
}

function PicturePicker() {
  const { actions } = useBench();
  const picture = useWorkbench((state) => (state.data?.source === 'picture' ? state.settings.picture : null));
  const { label, options } = raceSettings.picture;
  return (
    <fieldset className="picture-picker">
      <legend className="visually-hidden">{label}</legend>
      {pictureKinds.map((id) => (
        <button
          key={id}
          type="button"
          aria-pressed={picture === id}
          onClick={() => actions.change({ picture: id })}
        >
          {options[id]}
        </button>
      ))}
      {picture === 'yours' && (
        <button type="button" aria-pressed="true">
          {options.yours}
        </button>
      )}
    </fieldset>
  );
}
