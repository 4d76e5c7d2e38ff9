import { Dialog } from '@base-ui/react/dialog';
import { useRef, useState } from 'react';
import { linkNow } from '../link/link-now';
import { useBench } from '../workbench-context';
import { embedCode } from './embedded';

/** The code that frames what is on the stage in another page, to be copied. */
export function EmbedDialog({ close }: { close: () => void }) {
  const { workbench } = useBench();
  const [code] = useState(() => {
    const state = workbench.getState();
    const link = linkNow(state, true);
    const title = `Factorscope: ${state.data?.ratings.name ?? ''}`;
    return link && embedCode(location.origin, link, title);
  });
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  async function copy() {
    field.current?.select();
    await navigator.clipboard.writeText(code ?? '');
    setCopied(true);
  }
  return (
    <Dialog.Root open onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="popup dialog">
          <Dialog.Title>Embed code</Dialog.Title>
          <Dialog.Description>
            Put this into a page of yours: it frames the stage, the chart and the transport, from this very
            frame on. Where a browser does not let frames share memory, each method has one worker there.
          </Dialog.Description>
          {code === null ? (
            <p>There is nothing to link to: the ratings of an opened run are not here.</p>
          ) : (
            <textarea
              ref={field}
              className="embed-code"
              aria-label="Embed code"
              rows={6}
              readOnly
              value={code}
            />
          )}
          <div className="dialog-actions">
            <span role="status">{copied && 'The code is on the clipboard.'}</span>
            <Dialog.Close className="button">Close</Dialog.Close>
            <button
              type="button"
              className="button primary"
              disabled={code === null}
              onClick={() => copy().catch(() => setCopied(false))}
            >
              Copy embed code
            </button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
