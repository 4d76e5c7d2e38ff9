import { Toolbar } from '@base-ui/react/toolbar';
import { type LucideIcon, Pause, Play, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import './transport.css';

/** Something that a transport can be told to do. */
export interface Press {
  readonly name: string;
  readonly title: string;
  readonly icon?: LucideIcon;
  readonly disabled?: boolean;
  press(): void;
}

/** Play or pause, steps, and back to the beginning; beside them what the experiment puts there. */
export function Transport({
  label,
  going,
  toggle,
  steps,
  jump,
  restart,
  children,
}: {
  label: string;
  going: boolean;
  /** Goes on, by this name, or pauses. */
  toggle: Press;
  steps: readonly Press[];
  /** Stands after the steps. */
  jump?: ReactNode;
  restart: Press;
  children: ReactNode;
}) {
  const PlayOrPause = going ? Pause : Play;
  return (
    <section className="box" aria-label={label}>
      {/* Up and down lead from one to the next: left and right are frames. */}
      <Toolbar.Root className="transport" orientation="vertical" aria-label={label}>
        <div className="transport-buttons">
          <Toolbar.Button
            className="button primary"
            disabled={toggle.disabled}
            onClick={toggle.press}
            title={toggle.title}
          >
            <PlayOrPause size={15} />
            {going ? 'Pause' : toggle.name}
          </Toolbar.Button>
          {steps.map((step) => (
            <PressButton key={step.name} press={step} size={15} />
          ))}
          {jump}
          <PressButton press={{ icon: RotateCcw, ...restart }} size={14} />
        </div>
        {children}
      </Toolbar.Root>
    </section>
  );
}

function PressButton({
  press: { name, title, icon: Icon, disabled, press },
  size,
}: {
  press: Press;
  size: number;
}) {
  return (
    <Toolbar.Button className="button" disabled={disabled} onClick={press} title={title}>
      {Icon && <Icon size={size} />}
      {name}
    </Toolbar.Button>
  );
}
