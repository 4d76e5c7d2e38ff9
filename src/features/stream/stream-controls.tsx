import type { FunctionComponent } from 'react';
import { methodOf } from '../../methods';
import {
  refitEveryOf,
  type StreamSettings,
  streamDefaults,
  streamPanels,
  streamSettings,
} from '../../settings/stream';
import { SeveralField } from '../settings/check-field';
import { ChoiceField } from '../settings/choice-field';
import { NumberSlider } from '../settings/number-slider';
import { useWorkbench } from '../workbench-context';
import { useLab, useStream } from './stream-context';
import { StreamField } from './stream-field';

/** What arrives how, who learns from it, and how. */
export function StreamControls() {
  const { stream } = useStream();
  return (
    <>
      <section className="panel" aria-label="Stream">
        <header className="panel-head">
          <h2>Stream</h2>
          <button type="button" className="link-button" onClick={() => stream.change(streamDefaults)}>
            Reset all
          </button>
        </header>
        <StreamPanel name="stream" />
        <HoldOutNote />
      </section>
      <section className="panel" aria-label="Methods">
        <header className="panel-head">
          <h2>Methods</h2>
        </header>
        <Methods />
        <StreamPanel name="methods" />
        <More title="B-SGD" name="sgd" />
        <More title="ALS" name="als" />
        <Defects />
        <More title="Drift and seed" name="drift" />
      </section>
    </>
  );
}

type PanelName = keyof typeof streamPanels;

function More({ title, name }: { title: string; name: PanelName }) {
  return (
    <details className="more">
      <summary>{title}</summary>
      <StreamPanel name={name} />
    </details>
  );
}

/** The settings of a panel, one below the other. */
function StreamPanel({ name }: { name: PanelName }) {
  return streamPanels[name].map((setting) => {
    const Special = special[setting];
    return Special ? <Special key={setting} /> : <StreamField key={setting} name={setting} />;
  });
}

/** Settings that are more than a field. */
const special: { readonly [N in keyof StreamSettings]?: FunctionComponent } = {
  order: Order,
  refitEvery: RefitEvery,
};

function Order() {
  const { stream } = useStream();
  const order = useLab((state) => state.settings.order);
  const timed = useWorkbench((state) => Boolean(state.data?.ratings.clock));
  return (
    <>
      <ChoiceField
        setting={streamSettings.order}
        name="Order of arrival"
        value={order === 'time' && !timed ? 'random' : order}
        put={(next) => stream.change({ order: next })}
        {...(!timed && { among: ['random', 'user'] })}
      />
      {!timed && <p className="field-note">These ratings have no times, so they cannot arrive by time.</p>}
    </>
  );
}

/** Where nothing is held out there is nothing to validate on. */
function HoldOutNote() {
  const facts = useLab((state) => state.facts);
  if (!facts || facts.measuredCount === facts.validationCount) return null;
  return (
    <p className="field-note">
      Measured on {facts.measuredCount.toLocaleString('en')} of {facts.validationCount.toLocaleString('en')}{' '}
      held-out ratings; on all of them at the end.
    </p>
  );
}

function Methods() {
  const { stream } = useStream();
  const methods = useLab((state) => state.settings.methods);
  return (
    <fieldset className="method-list">
      <legend className="visually-hidden">Methods that learn</legend>
      <SeveralField
        setting={streamSettings.methods}
        value={methods}
        put={(next) => stream.change({ methods: next })}
        areMethods
      />
    </fieldset>
  );
}

function RefitEvery() {
  const { stream } = useStream();
  const settings = useLab((state) => state.settings);
  const count = useLab((state) => state.facts?.count ?? 0);
  return (
    <NumberSlider
      setting={streamSettings.refitEvery}
      value={refitEveryOf(settings, count)}
      fallback={refitEveryOf({ ...settings, refitEvery: null }, count)}
      put={(refitEvery) => stream.change({ refitEvery: Math.round(refitEvery) })}
      reset={() => stream.change({ refitEvery: null })}
    />
  );
}

function Defects() {
  const on = useLab((state) => state.settings.methods.includes('spark'));
  return (
    <details className="more">
      <summary>{streamSettings.defects.label}</summary>
      {!on && <p className="field-note">Switch “{methodOf('spark').name}” on to see what they do.</p>}
      <StreamField name="defects" />
      <p className="field-note">With none of them it is mini-batch B-SGD, bit for bit.</p>
    </details>
  );
}
