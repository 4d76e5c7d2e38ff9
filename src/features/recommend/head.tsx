import type { LoadedData } from '../../state/loaded-data';
import { counted } from '../../words/numbers';
import { Choices } from '../chart/choices';
import { paneName } from '../replay/replay';
import { useRacing, useWorkbench } from '../workbench-context';
import { sortsOf } from './names';
import { paneNow } from './pane';
import { useWant } from './parts';
import './head.css';

/** Which run is asked, at which frame, of which items. */
export function Head({
  data,
  label,
  place,
}: {
  readonly data: LoadedData;
  readonly label: string;
  /** Null where nothing was learnt yet. */
  readonly place: string | null;
}) {
  const want = useWant();
  const pane = useWorkbench(paneNow);
  const racing = useRacing();
  const names = useWorkbench((state) => racing.map((id) => paneName(state, id)).join('\n')).split('\n');
  const atLeast = useWorkbench((state) => state.wanted.atLeast);
  const { item } = sortsOf(data);
  return (
    <header className="run-head">
      <Choices
        name={label}
        options={racing.map((id, i) => ({ id, name: names[i] }))}
        value={pane}
        onChange={(by) => want({ by })}
      />
      {place !== null && <p>after {place}</p>}
      {data.source !== 'picture' && (
        <label title="Ratings that were learnt count, not those that are held out.">
          {item}s rated by{' '}
          <select
            aria-label="Rated by at least"
            value={atLeast}
            onChange={(event) => want({ atLeast: Number(event.currentTarget.value) })}
          >
            {[1, 5, 20, 50].map((count) => (
              <option key={count} value={count}>
                {counted(count, 'user')}
                {count > 1 && ' or more'}
              </option>
            ))}
          </select>
        </label>
      )}
    </header>
  );
}
