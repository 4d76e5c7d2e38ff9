import { streamMethodIds } from '../../methods';
import { type ArrivalOrder, type SparkDefect, sparkDefects } from '../../methods/stream-config';
import { refitEveryOf, type StreamSettings, streamDefaults, streamRanges } from '../../state/stream-settings';
import { ChoiceField } from '../settings/choice';
import { Info } from '../settings/info';
import { NumberSlider } from '../settings/number-slider';
import { useWorkbench } from '../workbench-context';
import { defectNames, methodNames, methodWords } from './names';
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
        <OrderChoice />
        <StreamField
          name="batchSize"
          label="Batch size"
          unit="ratings"
          info="Ratings that arrive together. Each batch is predicted first (the prequential error), then learnt. Begins the stream anew."
        />
        <StreamField
          name="interval"
          label="Interval"
          unit="s"
          info="Time from one batch to the next while it plays; 0: as fast as they are learnt."
        />
        <HoldOutNote />
      </section>
      <section className="panel" aria-label="Methods">
        <header className="panel-head">
          <h2>Methods</h2>
        </header>
        <MethodList />
        <StreamField
          name="rank"
          label="Rank"
          info="k, the number of factors of every user and item, for all methods of the lab."
        />
        <details className="more">
          <summary>B-SGD</summary>
          <StreamField
            name="learningRate"
            label="γ of biases"
            info="How far a bias moves after each rating; ratings are scaled to a span of five inside."
          />
          <StreamField
            name="factorRate"
            label="γ of factors"
            info="The same for factors. In a single pass factors learn something only when theirs is larger; the published code has two rates as well."
          />
          <StreamField
            name="lambda"
            label="λ per rating"
            info="The price of large factors and biases, per observation."
          />
          <StreamField
            name="passes"
            label="Mini-batch passes"
            info="How often mini-batch B-SGD goes over each batch before it lets go of it."
          />
          <StreamField
            name="decay"
            label="γ decay"
            info="What γ is multiplied by from one pass to the next."
          />
          <Select
            label="Mini-batch step"
            name="step"
            info="Summed: γ times the sum of a row's gradients, as in the post; diverges where a user or an item has many ratings in one batch. Bounded: about as far as that many single steps would go."
            options={[
              ['bounded', 'bounded'],
              ['summed', 'plain sum'],
            ]}
          />
        </details>
        <details className="more">
          <summary>ALS</summary>
          <RefitEvery />
          <StreamField
            name="alsLambda"
            label="λ of ALS"
            info="Weighted by the number of ratings of each row (ALS-WR), for fold-in, refits and the dashed line."
          />
          <Select
            label="Baseline"
            name="alsBaseline"
            info="What ALS leaves aside: μ and damped biases, or nothing, as Spark does."
            options={[
              ['biases', 'mean + biases'],
              ['none', 'none (Spark)'],
            ]}
          />
        </details>
        <Defects />
        <details className="more">
          <summary>Drift and seed</summary>
          <StreamField
            name="driftUsers"
            label="Users who turn"
            unit="%"
            shown={100}
            info="From a moment on, so many users rate the other way round, low for high; so do their held-out ratings. Who recovers?"
          />
          <StreamField
            name="driftAt"
            label="Turn after"
            unit="%"
            shown={100}
            info="The share of the stream that has arrived when their taste turns."
          />
          <StreamField
            name="seed"
            label="Seed"
            info="Of the shuffled order, of first factors, and of who drifts: same seed, same bits."
          />
        </details>
      </section>
    </>
  );
}

const orders: [ArrivalOrder, string][] = [
  ['time', 'By time'],
  ['random', 'Random'],
  ['user', 'By user'],
];

function OrderChoice() {
  const { stream } = useStream();
  const order = useLab((state) => state.settings.order);
  const timed = useWorkbench((state) => Boolean(state.data?.ratings.clock));
  const shown = order === 'time' && !timed ? 'random' : order;
  return (
    <>
      <div className="field field-row">
        <span className="field-label">Order</span>
        <Info
          label="Order"
          text="By time: as the ratings were given. Random: shuffled, from the seed. By user: one user after the other, each by time where it is known."
        />
        <select
          aria-label="Order of arrival"
          value={shown}
          onChange={(event) => stream.change({ order: event.currentTarget.value as ArrivalOrder })}
        >
          {orders.map(
            ([id, name]) =>
              (id !== 'time' || timed) && (
                <option key={id} value={id}>
                  {name}
                </option>
              ),
          )}
        </select>
      </div>
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

function MethodList() {
  const { stream } = useStream();
  const chosen = useLab((state) => state.settings.methods);
  return (
    <fieldset className="method-list">
      <legend className="visually-hidden">Methods that learn</legend>
      {streamMethodIds.map((method) => (
        <div key={method} className="method-row" data-method={method}>
          <label className="check">
            <input
              type="checkbox"
              checked={chosen.includes(method)}
              onChange={(event) =>
                stream.change({
                  methods: event.currentTarget.checked
                    ? [...chosen, method]
                    : chosen.filter((other) => other !== method),
                })
              }
            />
            <span className="swatch" />
            {methodNames[method]}
          </label>
          <Info label={methodNames[method]} text={methodWords[method]} />
        </div>
      ))}
    </fieldset>
  );
}

function RefitEvery() {
  const { stream } = useStream();
  const settings = useLab((state) => state.settings);
  const count = useLab((state) => state.facts?.count ?? 0);
  return (
    <NumberSlider
      label="Refit every"
      unit="batches"
      info="A full refit of ALS on everything that has arrived follows every so many batches; five iterations from where it was."
      range={streamRanges.refitEvery}
      value={refitEveryOf(settings, count)}
      fallback={refitEveryOf({ ...settings, refitEvery: null }, count)}
      put={(refitEvery) => stream.change({ refitEvery: Math.round(refitEvery) })}
      reset={() => stream.change({ refitEvery: null })}
    />
  );
}

function Defects() {
  const { stream } = useStream();
  const defects = useLab((state) => state.settings.defects);
  const on = useLab((state) => state.settings.methods.includes('spark'));
  return (
    <details className="more">
      <summary>Defects of Spark’s code</summary>
      {!on && <p className="field-note">Switch “{methodNames.spark}” on to see what they do.</p>}
      {sparkDefects.map((defect) => (
        <div key={defect} className="method-row">
          <label className="check">
            <input
              type="checkbox"
              checked={defects.includes(defect)}
              onChange={(event) =>
                stream.change({ defects: withOrWithout(defects, defect, event.currentTarget.checked) })
              }
            />
            {defectNames[defect][0]}
          </label>
          <Info label={defectNames[defect][0]} text={defectNames[defect][1]} />
        </div>
      ))}
      <p className="field-note">With none of them it is mini-batch B-SGD, bit for bit.</p>
    </details>
  );
}

const withOrWithout = (defects: readonly SparkDefect[], defect: SparkDefect, on: boolean): SparkDefect[] =>
  on ? [...defects, defect] : defects.filter((other) => other !== defect);

function Select<N extends 'step' | 'alsBaseline'>({
  name,
  ...words
}: {
  label: string;
  name: N;
  info: string;
  options: readonly (readonly [StreamSettings[N], string])[];
}) {
  const { stream } = useStream();
  const value = useLab((state) => state.settings[name]);
  return <ChoiceField {...words} value={value} put={(next) => stream.change({ [name]: next })} />;
}
