import { Dialog } from '@base-ui/react/dialog';
import { useRef } from 'react';
import { GlossaryLink } from '../glossary/glossary-link';

const keys: [string, string][] = [
  ['Space', 'play or pause'],
  ['→', 'one step: an ALS iteration and a B-SGD epoch; the next frame while you look back'],
  ['←', 'look back, frame by frame (also , and .)'],
  ['Home, End', 'the first frame, and the newest'],
  ['M', 'name the frame on the stage'],
  ['Shift →', 'the smallest step: a half-sweep and a single rating'],
  ['R', 'back to the first guess'],
  ['Tab to the matrices, then arrows', 'move the crosshair (Shift: by ten)'],
  ['There, + − 0', 'zoom in, out, back to the whole; wheel, pinch and drag do too'],
  [
    'Tab to the chart, then arrows',
    'read the curves place by place; Page ↑ ↓ by ten; Enter looks back there',
  ],
  ['P', 'present: large, without panels; Page ↓ and Page ↑ go from mark to mark, Esc ends it'],
  ['S', 'hear the curves as they go down'],
  ['Ctrl V', 'load a table of ratings from the clipboard'],
  ['?', 'this list'],
];

/** What there is to see, and every key. */
export function Shortcuts({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  // What could be focused first stands at its end: on a phone, it would open there.
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="popup dialog" ref={popup} initialFocus={popup}>
          <Dialog.Title>What you see</Dialog.Title>
          <Dialog.Description>
            A ratings matrix R is approximated by U·P: a few numbers per user (the strip at the left) times a
            few per item (the strip on top). <b>ALS</b> solves all users exactly, then all items, in turn.{' '}
            <b>B-SGD</b> also has biases and looks at one rating at a time, nudging one user and one item. All
            methods get the same number of ratings per frame.
          </Dialog.Description>
          <dl className="facts">
            {keys.map(([key, what]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
          <p>
            <b>λ</b> is the price of large factors: more of it flattens the picture. <b>γ</b> is how far B-SGD
            moves after each rating: larger learns faster, until it diverges.
          </p>
          <p>
            B-SGD’s biases are worth up to two ranks more, so it can end a little below the dashed line of
            least error. Runs pause while the tab is hidden. Nothing that you load leaves this tab.
          </p>
          <p>
            In the <b>stream lab</b> the same ratings arrive batch by batch: every method predicts a batch,
            then learns it. Batch ALS must be redone; B-SGD moves one row and one column per rating and keeps
            none. There, → takes one batch.
          </p>
          <p>
            <b>Recommend</b> says what the frame on the stage would offer somebody, or you, and why;{' '}
            <b>Factors</b>, which items lie at the ends of each factor. <b>Search</b> tries many settings and
            maps their errors.
          </p>
          <p>
            <GlossaryLink>Glossary</GlossaryLink>: every term, with its formula.
          </p>
          <Dialog.Close className="button primary">Close</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
