import { Popover } from '@base-ui/react/popover';
import { CircleHelp } from 'lucide-react';

/** What a control does to the picture: on hover, focus and tap. */
export function Info({ label, text }: { label: string; text: string }) {
  return (
    <Popover.Root>
      <Popover.Trigger className="icon-button" aria-label={`About ${label}`} openOnHover delay={250}>
        <CircleHelp size={12} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} side="right">
          <Popover.Popup className="popup info-popup">{text}</Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
