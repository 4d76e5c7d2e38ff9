import { Popover } from '@base-ui/react/popover';
import { Toolbar } from '@base-ui/react/toolbar';
import { Columns3, Eye, EyeOff, Layers, PanelLeft, PanelRight, Pin, PinOff, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MethodId } from '../../methods/method';
import { toldMetric } from '../../metrics';
import type { Metric } from '../../metrics/metric';
import { errorsWords } from '../../metrics/parts';
import { runWords } from '../../settings/history';
import type { RecordedRun } from '../../state/recorded-run';
import { LiveText } from '../shell/live-text';
import { useBench, useRacing, useWorkbench } from '../workbench-context';
import { NameField } from './mark-list';
import type { PastRun } from './slice';

/** Every run there is: those that go on, and those that were left for others. */
export function RunList() {
  const shelf = useWorkbench((state) => state.shelf);
  const racing = useRacing();
  return (
    <Popover.Root>
      <Toolbar.Button render={<Popover.Trigger />} className="quiet-button">
        <Layers size={14} /> <span className="replay-words">Runs</span> {racing.length + shelf.length}
      </Toolbar.Button>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} side="top" align="end">
          <Popover.Popup className="popup replay-list" aria-label="Runs">
            <ul>
              {racing.map((method) => (
                <LiveRun key={method} method={method} />
              ))}
              {shelf.toReversed().map((run) => (
                <Past key={run.id} run={run} />
              ))}
            </ul>
            <p>
              {shelf.length === 0
                ? 'Change a parameter, or look back and change λ or γ there: the run that was stays in this list.'
                : 'The oldest runs keep their curve and last frame only, then go. Pinned ones stay whole.'}
            </p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function LiveRun({ method }: { method: MethodId }) {
  const id = useWorkbench((state) => state.runs[method].id);
  const name = useWorkbench((state) => state.runs[method].name);
  return (
    <li>
      <Swatch colour={`var(--method-${method})`} />
      <span className="replay-name">{name}</span>
      <LiveText className="replay-facts" of={({ runs, looks }) => factsOf(runs[method], toldMetric(looks))} />
      <PaneButtons id={id} own={method} name={name} />
    </li>
  );
}

function Past({ run }: { run: PastRun }) {
  const { actions } = useBench();
  const { id, name, colour, visible, pinned } = run;
  const metric = useWorkbench((state) => toldMetric(state.looks));
  return (
    <li>
      <Swatch colour={colour} />
      <NameField
        name={name}
        label={`Name of ${name}`}
        onChange={(to) => actions.changeRun(id, { name: to })}
      />
      <span className="replay-facts">{factsOf(run, metric)}</span>
      <PaneButtons id={id} own={null} name={name} />
      <Toggle
        label={`${name} on the chart`}
        pressed={visible}
        onClick={() => actions.changeRun(id, { visible: !visible })}
      >
        {visible ? <Eye size={13} /> : <EyeOff size={13} />}
      </Toggle>
      <Toggle
        label={`Pin ${name}`}
        pressed={pinned}
        onClick={() => actions.changeRun(id, { pinned: !pinned })}
      >
        {pinned ? <Pin size={13} /> : <PinOff size={13} />}
      </Toggle>
      <button
        type="button"
        className="icon-button"
        aria-label={`Delete ${name}`}
        onClick={() => actions.dropRun(id)}
      >
        <Trash2 size={13} />
      </button>
    </li>
  );
}

/** Where the pane of a method is, of so many side by side. */
function paneAt(i: number, count: number) {
  if (i === 0) return { where: 'left', Icon: PanelLeft };
  if (i === count - 1) return { where: 'right', Icon: PanelRight };
  return { where: 'middle', Icon: Columns3 };
}

/** Puts a run into one of the panes. */
function PaneButtons({ id, own, name }: { id: number; own: MethodId | null; name: string }) {
  const { actions } = useBench();
  const racing = useRacing();
  const panes = useWorkbench((state) => state.panes);
  return racing.map((pane, i) => {
    const { where, Icon } = paneAt(i, racing.length);
    const shown = panes[pane] === null ? own === pane : panes[pane] === id;
    return (
      <Toggle
        key={pane}
        label={`${name} in the ${where} pane`}
        pressed={shown}
        onClick={() => actions.showIn(pane, own === pane ? null : id)}
      >
        <Icon size={13} />
      </Toggle>
    );
  });
}

function Toggle({
  label,
  pressed,
  onClick,
  children,
}: {
  label: string;
  pressed: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

function Swatch({ colour }: { colour: string }) {
  return (
    <svg className="replay-line" width="14" height="4" aria-hidden="true">
      <rect width="14" height="4" rx="2" fill={colour} />
    </svg>
  );
}

/** 'rank 20 · plain λ 15 · iteration 30 · RMSE 9.312' */
function factsOf({ config, changes, track }: RecordedRun, metric: Metric): string {
  const { latest } = track;
  if (!config || !latest) return '';
  return [
    runWords({ config, changes }, latest),
    ...(track.snapshots.length < 2 && latest.step > 0 ? ['last frame only'] : []),
    ...errorsWords(latest, metric).slice(0, 1),
  ].join(' · ');
}
