import { Popover } from '@base-ui/react/popover';
import { Toolbar } from '@base-ui/react/toolbar';
import { CircleHelp } from 'lucide-react';

/** What a control does to the picture: on hover, focus and tap. Stands in the toolbar of the control. */
export function Info({ label, text }: { label: string; text: string }) {
  return (
    <Popover.Root>
      <Toolbar.Button
        render={<Popover.Trigger openOnHover delay={250} />}
        className="icon-button"
        aria-label={`About ${label}`}
      >
        <CircleHelp size={12} />
      </Toolbar.Button>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} side="right">
          <Popover.Popup className="popup info-popup">{text}</Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
