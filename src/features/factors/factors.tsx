import { stepWords } from '../../settings/history';
import type { LoadedData } from '../../state/loaded-data';
import { fixed, percent } from '../../words/numbers';
import { Head } from '../recommend/head';
import { itemNameOf, sortsOf } from '../recommend/names';
import { NothingYet } from '../recommend/nothing-yet';
import { useWorkbench } from '../workbench-context';
import { ItemMap } from './item-map';
import { useMapLook } from './look';
import type { FactorsMeant } from './slice';
import '../shell/name-button.css';
import './factors.css';

/** What the factors of the frame on the timeline mean. */
export function Factors() {
  const data = useWorkbench((state) => state.data);
  return (
    <section className="box factors" aria-label="What factors mean">
      {data ? <Panels data={data} /> : <p className="field-note">Waiting for ratings.</p>}
    </section>
  );
}

function Panels({ data }: { readonly data: LoadedData }) {
  const meant = useWorkbench((state) => state.meant);
  const place = meant && stepWords(meant.method, meant.step);
  return (
    <>
      <Head data={data} label="Whose factors" place={place} />
      {meant ? (
        <div className="factors-parts">
          <DirectionList data={data} meant={meant} />
          <ItemMap data={data} meant={meant} />
        </div>
      ) : (
        <NothingYet />
      )}
    </>
  );
}

interface Props {
  readonly data: LoadedData;
  readonly meant: FactorsMeant;
}

/** Every direction: how much of what the factors say is along it, and which items lie farthest out at both ends. */
function DirectionList({ data, meant }: Props) {
  const { item } = sortsOf(data);
  return (
    <section aria-label="Directions">
      <p className="field-note">
        Directions of U·P, the strongest first: any mix of the factors says the same, these do not change with
        it. How far out: what the direction adds to r̂ of the {item}, root mean square over all{' '}
        {sortsOf(data).user}s.
      </p>
      <ol className="factors-list" aria-label="Directions">
        {meant.ends.map(({ low, high }, f) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a direction is its place
          <li key={f}>
            <h3>
              Direction {f + 1} <span className="factors-share">{percent(meant.shares[f], 1)}</span>
            </h3>
            <meter
              aria-label={`Share of direction ${f + 1}`}
              min={0}
              max={meant.shares[0] || 1}
              value={meant.shares[f]}
            />
            <End data={data} name="High" items={high} />
            <End data={data} name="Low" items={low} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function End({
  data,
  name,
  items,
}: {
  readonly data: LoadedData;
  readonly name: string;
  readonly items: FactorsMeant['ends'][number]['low'];
}) {
  const draw = useMapLook();
  const found = useWorkbench((state) => state.mapLook.found);
  return (
    <ul aria-label={name} className="factors-end">
      {items.map(({ item, at }) => (
        <li key={item}>
          <button
            type="button"
            className="name-button"
            aria-pressed={item === found}
            onClick={() => draw({ found: item === found ? null : item })}
          >
            <bdi>{itemNameOf(data, item)}</bdi>
          </button>
          <data value={at}>{fixed(at, 2)}</data>
        </li>
      ))}
    </ul>
  );
}
