import { Popover } from '@base-ui/react/popover';
import { Toolbar } from '@base-ui/react/toolbar';
import { CircleHelp } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { termOf } from '../../words/glossary';
import { GlossaryLink } from '../glossary/glossary-link';

const Formula = lazy(async () => ({ default: (await import('../glossary/formula')).Formula }));

/** What a control does to the picture: on hover, focus and tap. Stands in the toolbar of the control. */
export function Info({ label, text }: { label: string; text: string }) {
  const term = termOf(label);
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
          <Popover.Popup className="popup info-popup">
            {text}
            {term && (
              <>
                {term.tex && (
                  <Suspense>
                    <Formula tex={term.tex} />
                  </Suspense>
                )}
                <GlossaryLink at={term.id}>Glossary</GlossaryLink>
              </>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
