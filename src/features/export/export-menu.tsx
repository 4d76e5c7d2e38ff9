import { Dialog } from '@base-ui/react/dialog';
import { Menu } from '@base-ui/react/menu';
import { Toolbar } from '@base-ui/react/toolbar';
import { Clapperboard, Download, type LucideIcon } from 'lucide-react';
import { type ComponentType, Fragment, useEffect, useState } from 'react';
import { EmbedDialog } from '../embed/embed-dialog';
import { useBench, useStream, useWorkbench } from '../workbench-context';
import './export.css';
import { FilmForm } from './film-form';
import { PredictionsForm } from './predictions-form';
import { Saving } from './saving';
import type { FormProps, HeldSubject, Offered } from './slice';
import { useExporting } from './use-exporting';

/** The forms of the exports that have one, by the ids of the exports. */
const forms: Readonly<Record<string, { Form: ComponentType<FormProps>; Icon?: LucideIcon }>> = {
  film: { Form: FilmForm, Icon: Clapperboard },
  'predictions-csv': { Form: PredictionsForm },
};

/** The menu of everything that can be saved. Most is saved at once; where there is much to choose, a dialog opens. */
export function ExportMenu() {
  const exporting = useExporting();
  const [scale, setScale] = useState(2);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [embedding, setEmbedding] = useState(false);
  const { workbench } = useBench();
  function choose({ id, options }: Offered) {
    if (!(id in forms) || options) return void exporting.save(id, { scale, ...options });
    const held = exporting.hold();
    setAsked(held && { id, held });
  }
  return (
    <>
      <Menu.Root>
        <Toolbar.Button
          render={<Menu.Trigger />}
          className="button"
          title="Save pictures, films, numbers and runs"
        >
          <Download size={14} /> <span className="button-words">Export</span>
        </Toolbar.Button>
        <Menu.Portal>
          <Menu.Positioner sideOffset={6} align="end">
            <Menu.Popup className="popup menu export-menu">
              <Offers choose={choose} scale={scale} onScale={setScale} />
              <Menu.Separator className="menu-separator" />
              <Menu.Item onClick={() => setEmbedding(true)}>Copy embed code…</Menu.Item>
              <Menu.Item onClick={() => workbench.setState({ presenting: true })}>Present (P)</Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {asked && <FormDialog {...asked} close={() => setAsked(null)} />}
      {embedding && <EmbedDialog close={() => setEmbedding(false)} />}
      <Saving />
    </>
  );
}

/** An export that asks for its options, and what it is of. */
interface Asked {
  readonly id: string;
  readonly held: HeldSubject;
}

function FormDialog({ id, held, close }: Asked & { close: () => void }) {
  const exporting = useExporting();
  const { Form } = forms[id];
  function leave() {
    held.letGo();
    close();
  }
  return (
    <Dialog.Root open onOpenChange={leave}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="popup dialog export-dialog">
          <Form
            subject={held.subject}
            save={(options) => {
              close();
              void exporting.save(id, options, held);
            }}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface OffersProps {
  readonly choose: (offer: Offered) => void;
  readonly scale: number;
  readonly onScale: (scale: number) => void;
}

/** What is offered now. It is asked for again whenever something may have become possible that was not. */
function Offers({ choose, scale, onScale }: OffersProps) {
  const exporting = useExporting();
  useEffect(() => void exporting.ask().catch(() => {}), [exporting]);
  useWorkbench(({ unableToFilm }) => unableToFilm);
  useWorkbench(({ runs }) => Object.values(runs).some(({ moments }) => moments > 0));
  useWorkbench(({ data }) => data);
  useStream(({ batch }) => batch > 0);
  const sections = exporting.offers();
  if (sections.length === 0) return <Menu.Item disabled>Nothing is there yet</Menu.Item>;
  return sections.map((offers, i) => (
    <Fragment key={offers[0]?.id}>
      {i > 0 && <Menu.Separator className="menu-separator" />}
      {offers.map((offer) => (
        <OfferItem key={offer.label} offer={offer} choose={() => choose(offer)} />
      ))}
      {offers.some(({ scaled }) => scaled) && <Scales scale={scale} onScale={onScale} />}
    </Fragment>
  ));
}

function OfferItem({ offer, choose }: { offer: Offered; choose: () => void }) {
  const { id, label, note, ready, options } = offer;
  const Icon = options ? undefined : forms[id]?.Icon;
  const words = ready === true ? note : ready;
  return (
    <Menu.Item disabled={ready !== true} onClick={choose}>
      {Icon && (
        <>
          <Icon size={13} />{' '}
        </>
      )}
      {label}
      {words && <span className="menu-note">{words}</span>}
    </Menu.Item>
  );
}

function Scales({ scale, onScale }: Pick<OffersProps, 'scale' | 'onScale'>) {
  return (
    <Menu.RadioGroup value={scale} onValueChange={onScale} aria-label="Scale" className="menu-scales">
      {[1, 2, 3, 4].map((factor) => (
        <Menu.RadioItem key={factor} value={factor} closeOnClick={false}>
          {factor}×
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
