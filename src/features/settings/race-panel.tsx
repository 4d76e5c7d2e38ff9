import { Dices } from 'lucide-react';
import { methodOf } from '../../methods';
import { racePanels, raceSettings, racingOf, type SettingName } from '../../settings/race';
import { lambdasOf, possibleHoldOuts, saysHow } from '../../state/run-configs';
import { significant } from '../../words/numbers';
import { useBench, useWorkbench } from '../workbench-context';
import { RaceField } from './race-field';
import { fieldsOf } from './setting-field';

/** The settings of a panel, one below the other. */
export function RacePanel({ name }: { readonly name: keyof typeof racePanels }) {
  return fieldsOf<SettingName>(racePanels[name], RaceField, {
    lambda: Lambda,
    speed: Speed,
    seed: Seed,
    holdOut: HoldOut,
    workers: Workers,
  });
}

/** One slider, two conventions: what λ means to each method. */
function Lambda() {
  const settings = useWorkbench((state) => state.settings);
  const data = useWorkbench((state) => state.data);
  const perRating = useWorkbench((state) =>
    racingOf(state.settings)
      .filter((method) => !saysHow(method))
      .map((method) => methodOf(method).name)
      .join(' and '),
  );
  const lambdas = data && lambdasOf(settings, data);
  const weighted = lambdas && significant(lambdas.weighted);
  return (
    <>
      <RaceField name="lambda" />
      {lambdas && (
        <p className="field-note">
          plain {significant(lambdas.plain)} = weighted {weighted}
          {perRating && `; ${perRating} uses ${weighted} per rating`}
        </p>
      )}
    </>
  );
}

/** Below one rating per frame it is slow motion, in ratings per second. */
function Speed() {
  const slow = useWorkbench((state) => state.settings.speed < 1);
  return <RaceField name="speed" {...(slow && { instead: { unit: 'a second', shown: 60 } })} />;
}

function Seed() {
  const { actions } = useBench();
  return (
    <div className="field-seed">
      <RaceField name="seed" />
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
  );
}

/** Which ratings training never sees, where there is a choice. */
function HoldOut() {
  const ratings = useWorkbench((state) => state.data?.ratings ?? null);
  const possible = ratings ? possibleHoldOuts(ratings) : [];
  if (possible.length < 2) return null;
  const { options } = raceSettings.holdOut;
  const here = Object.fromEntries(possible.map((kind) => [kind, options[kind]]));
  return <RaceField name="holdOut" instead={{ options: here }} />;
}

/** How many there are can only be said where they can share memory. */
function Workers() {
  const isAlone = useWorkbench((state) => state.computing.alone);
  if (!isAlone) return <RaceField name="workers" />;
  return (
    <p className="field-note">
      One worker per method: this page was served without the headers that let workers share memory.
    </p>
  );
}
