import type { Mode } from '../../state/looks';
import { useBench, useWorkbench } from '../workbench-context';
import './mode-tabs.css';

const modes: [Mode, string][] = [
  ['race', 'Race'],
  ['recommend', 'Recommend'],
  ['factors', 'Factors'],
  ['stream', 'Stream lab'],
];

/**
 * The workbench's two experiments, on the same ratings, and what comes of the first.
 *
 * @param onApproach called when somebody is about to choose
 */
export function ModeTabs({ onApproach }: { onApproach: () => void }) {
  const { actions } = useBench();
  const mode = useWorkbench((state) => state.looks.mode);
  return (
    <fieldset className="choices mode-tabs" onPointerEnter={onApproach} onFocus={onApproach}>
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
