import type { Mode } from '../../state/looks';
import { useBench, useWorkbench } from '../workbench-context';

const modes: [Mode, string][] = [
  ['race', 'Race'],
  ['stream', 'Stream lab'],
];

/** The workbench's two experiments, on the same ratings. */
export function ModeTabs() {
  const { actions } = useBench();
  const mode = useWorkbench((state) => state.looks.mode);
  return (
    <fieldset className="choices mode-tabs">
      <legend className="visually-hidden">Experiment</legend>
      {modes.map(([id, name]) => (
        <label key={id}>
          <input
            type="radio"
            name="Experiment"
            checked={mode === id}
            onChange={() => actions.look({ mode: id })}
          />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}
