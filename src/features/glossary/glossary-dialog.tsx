import { Dialog } from '@base-ui/react/dialog';
import { Suspense } from 'react';
import { glossary } from '../../words/glossary';
import { Formula } from './formula';
import './glossary.css';

/** All terms, brought to one of them. */
export default function GlossaryDialog({ at, close }: { at: string; close: () => void }) {
  return (
    <Dialog.Root open onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="popup dialog">
          <Dialog.Title>Glossary</Dialog.Title>
          <dl className="glossary" tabIndex={0}>
            {glossary.map(({ id, name, tex, words }) => (
              <div
                key={id}
                data-sought={id === at}
                ref={(element) => {
                  if (id === at) element?.scrollIntoView({ block: 'center' });
                }}
              >
                <dt>{name}</dt>
                <dd>
                  {tex && (
                    <Suspense fallback={<span className="formula">…</span>}>
                      <Formula tex={tex} />
                    </Suspense>
                  )}
                  <p>{words}</p>
                </dd>
              </div>
            ))}
          </dl>
          <Dialog.Close className="button primary">Close</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
