import { Dices } from 'lucide-react';
import { plainLambda, weightedLambda } from '../../state/run-configs';
import { useBench, useWorkbench } from '../workbench-context';
import { Choice } from './choice';
import { Computing } from './computing';
import { HoldOut } from './hold-out';
import { RangeField } from './range-field';

const starts = [
  ['normal', 'small normal'],
  ['uniform', 'all-positive'],
] as const;

/** Everything that decides how the two methods learn. */
export function Controls() {
  const { actions } = useBench();
  return (
    <section className="panel" aria-label="Model">
      <header className="panel-head">
        <h2>Model</h2>
        <button type="button" className="link-button" onClick={() => actions.restoreDefaults()}>
          Reset all
        </button>
      </header>
      <RangeField
        name="rank"
        label="Rank"
        info="k, the number of factors of every user and item. More factors draw finer detail, and overfit sooner where little is known. Restarts both runs."
      />
      <RangeField
        name="lambda"
        label="Lambda"
        info="λ, the price of large factors. More of it flattens the picture towards its mean and calms cells that are hardly known. Applies from the next step, marked on the chart."
      />
      <LambdaTranslation />
      <RangeField
        name="learningRate"
        label="Learning rate"
        info="γ, how far B-SGD moves after each rating. Larger learns faster, then jitters, then diverges. Applies from the next observation. Ratings are scaled to a span of five inside."
      />
      <Choice
        name="regularisation"
        label="λ counts"
        info="Plain: λ(‖U‖² + ‖P‖²), the post's. Weighted: λ times the number of ratings of each row (ALS-WR; what Spark does). B-SGD is always weighted."
        options={[
          ['plain', 'plain'],
          ['weighted', 'weighted'],
        ]}
      />
      <Choice
        name="baseline"
        label="ALS baseline"
        info="What is subtracted before ALS: without one, ALS predicts 0 for whatever it never saw, and loses to the mean on real ratings."
        options={[
          ['none', 'none (the post)'],
          ['mean', 'mean'],
          ['biases', 'mean + biases'],
        ]}
      />
      <details className="more">
        <summary>Start, length and hold-out</summary>
        <div className="field-seed">
          <RangeField
            name="seed"
            label="Seed"
            info="Everything random comes from it: same seed, same bits. Restarts both runs."
          />
          <button
            type="button"
            className="icon-button"
            aria-label="Random seed"
            title="Another seed"
            onClick={() => actions.change({ seed: crypto.getRandomValues(new Uint16Array(1))[0] % 10_000 })}
          >
            <Dices size={14} />
          </button>
        </div>
        <HoldOut />
        <RangeField
          name="initialNoise"
          label="Initial noise"
          unit="%"
          shown={100}
          info="How far the first guess scatters, as a share of the rating span."
        />
        <Choice
          name="alsInitial"
          label="ALS starts"
          info="Small normal numbers around zero, or all-positive uniform ones, as in the post."
          options={starts}
        />
        <Choice
          name="sgdInitial"
          label="B-SGD starts"
          info="Small normal numbers around zero, or all-positive uniform ones, as in the post."
          options={starts}
        />
        <RangeField
          name="iterations"
          label="ALS iterations"
          info="Where ALS stops. One iteration solves all users, then all items."
        />
        <RangeField
          name="epochs"
          label="B-SGD epochs"
          info="Where B-SGD stops. One epoch visits every training rating once."
        />
      </details>
      <Computing />
    </section>
  );
}

const two = (value: number) => String(Number(value.toPrecision(2)));

/** One slider, two conventions: what λ means to each method. */
function LambdaTranslation() {
  const settings = useWorkbench((state) => state.settings);
  const data = useWorkbench((state) => state.data);
  if (!data) return null;
  return (
    <p className="field-note">
      plain {two(plainLambda(settings, data))} = weighted {two(weightedLambda(settings, data))}; B-SGD uses{' '}
      {two(weightedLambda(settings, data))} per rating
    </p>
  );
}
