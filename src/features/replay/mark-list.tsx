import { Popover } from '@base-ui/react/popover';
import { Toolbar } from '@base-ui/react/toolbar';
import { Bookmark, Images, Trash2 } from 'lucide-react';
import { stepWords } from '../../settings/history';
import { longestMark } from '../../state/link/marks';
import { useBench, useWorkbench } from '../workbench-context';

/** The frames that were given a name: to go to, rename and drop. */
export function MarkList() {
  const { actions } = useBench();
  const marks = useWorkbench((state) => state.marks);
  const saveSlides = async () => (await actions.exporting()).save('slides', {});
  return (
    <Popover.Root>
      <Toolbar.Button render={<Popover.Trigger />} className="quiet-button" disabled={marks.length === 0}>
        <Bookmark size={14} /> <span className="replay-words">Marks</span> {marks.length}
      </Toolbar.Button>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} side="top" align="end">
          <Popover.Popup className="popup replay-list" aria-label="Marks">
            <ul>
              {marks.map(({ id, name, steps }) => (
                <li key={id}>
                  <NameField
                    name={name}
                    label={`Name of ${name}`}
                    onChange={(to) => actions.renameMark(id, to)}
                  />
                  <button type="button" className="link-button" onClick={() => actions.goToMark(id)}>
                    {Object.entries(steps)
                      .map(([method, step]) => stepWords(method, step))
                      .join(' · ')}
                  </button>
                  <button
                    type="button"
                    className="icon-button"
                    aria-label={`Delete ${name}`}
                    onClick={() => actions.dropMark(id)}
                  >
                    <Trash2 size={13} />
                  </button>
                </li>
              ))}
            </ul>
            {marks.length === 0 ? (
              <p>No marks left. M names the frame on the stage.</p>
            ) : (
              <button type="button" className="button" onClick={() => void saveSlides()}>
                <Images size={14} /> Save slides
              </button>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** A name to edit; an empty one is not taken. */
export function NameField({
  name,
  label,
  onChange,
}: {
  name: string;
  label: string;
  onChange: (name: string) => void;
}) {
  return (
    <input
      key={name}
      className="quiet-field replay-name"
      aria-label={label}
      defaultValue={name}
      maxLength={longestMark}
      onBlur={(event) => {
        const next = event.currentTarget.value.trim();
        if (next && next !== name) onChange(next);
        else event.currentTarget.value = name;
      }}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
}
