import { methodOf } from '../../methods';
import {
  refitEveryOf,
  type StreamSettings,
  speedOf,
  streamPanels,
  streamSettings,
} from '../../settings/stream';
import { streamDefaultsFor } from '../../state/run-configs';
import { counted, grouped } from '../../words/numbers';
import { NumberSlider } from '../settings/number-slider';
import { fieldsOf } from '../settings/setting-field';
import { useBench, useStream, useWorkbench } from '../workbench-context';
import { StreamField } from './stream-field';

/** What arrives how, who learns from it, and how. */
export function StreamControls() {
  const { actions, workbench } = useBench();
  const { stream } = actions;
  const defaultsNow = () => streamDefaultsFor(workbench.getState().data);
  return (
    <>
      <section className="panel" aria-label="Stream">
        <header className="panel-head">
          <h2>Stream</h2>
          <button type="button" className="link-button" onClick={() => stream.change(defaultsNow())}>
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
        <fieldset className="method-list">
          <legend className="visually-hidden">Methods that learn</legend>
          <StreamField name="methods" />
        </fieldset>
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
  return fieldsOf<keyof StreamSettings>(streamPanels[name], StreamField, {
    order: Order,
    refitEvery: RefitEvery,
    speed: Speed,
  });
}

/** Ratings without times cannot arrive by time: they are shuffled then. */
function Order() {
  const timed = useWorkbench((state) => Boolean(state.data?.ratings.clock));
  if (timed) return <StreamField name="order" />;
  const { time: _, ...others } = streamSettings.order.options;
  return (
    <>
      <StreamField name="order" instead={{ options: others }} />
      <p className="field-note">These ratings have no times, so they cannot arrive by time.</p>
    </>
  );
}

/** Where nothing is held out there is nothing to validate on. */
function HoldOutNote() {
  const facts = useStream((state) => state.facts);
  if (!facts || facts.measuredCount === facts.validationCount) return null;
  return (
    <p className="field-note">
      Measured on {grouped(facts.measuredCount)} of{' '}
      {counted(facts.validationCount, facts.isHidden ? 'hidden rating' : 'held-out rating')}.
    </p>
  );
}

function RefitEvery() {
  const { stream } = useBench().actions;
  const settings = useStream((state) => state.settings);
  const count = useStream((state) => state.facts?.count ?? 0);
  return (
    <NumberSlider
      setting={streamSettings.refitEvery}
      value={refitEveryOf(settings, count)}
      fallback={refitEveryOf({ ...settings, refitEvery: null }, count)}
      put={(refitEvery) => stream.change({ refitEvery })}
      reset={() => stream.change({ refitEvery: null })}
    />
  );
}

function Speed() {
  const { stream } = useBench().actions;
  const settings = useStream((state) => state.settings);
  const count = useStream((state) => state.facts?.count ?? 0);
  return (
    <NumberSlider
      setting={streamSettings.speed}
      value={speedOf(settings, count)}
      fallback={speedOf({ speed: null }, count)}
      put={(speed) => stream.change({ speed })}
      reset={() => stream.change({ speed: null })}
    />
  );
}

function Defects() {
  const on = useStream((state) => state.settings.methods.includes('spark'));
  return (
    <details className="more">
      <summary>{streamSettings.defects.label}</summary>
      {!on && <p className="field-note">Switch “{methodOf('spark').name}” on to see what they do.</p>}
      <StreamField name="defects" />
      <p className="field-note">With none of them it is mini-batch B-SGD, bit for bit.</p>
    </details>
  );
}
