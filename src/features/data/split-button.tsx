import { Menu } from '@base-ui/react/menu';
import { Toolbar } from '@base-ui/react/toolbar';
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';

/** A button of the header, and a menu at its side: what that is called, and what is in it. */
export function SplitButton(props: {
  button: ReactNode;
  more: string;
  className?: string;
  onOpen?: () => void;
  children: ReactNode;
}) {
  return (
    <div className="split-button">
      {props.button}
      <Menu.Root onOpenChange={(isOpen) => isOpen && props.onOpen?.()}>
        <Toolbar.Button
          render={<Menu.Trigger />}
          className="button"
          aria-label={props.more}
          title={props.more}
        >
          <ChevronDown size={14} />
        </Toolbar.Button>
        <Menu.Portal>
          <Menu.Positioner sideOffset={6} align="end">
            <Menu.Popup className={`popup menu ${props.className ?? ''}`}>{props.children}</Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}
