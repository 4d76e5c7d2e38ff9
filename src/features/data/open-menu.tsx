import { Menu } from '@base-ui/react/menu';
import { Toolbar } from '@base-ui/react/toolbar';
import { FolderOpen } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useBench, useWorkbench } from '../workbench-context';
import './data.css';
import { SplitButton } from './split-button';

/** Opens files; at its side, what is on the clipboard. Pasting anywhere on the page does the same. */
export function OpenMenu() {
  const { actions } = useBench();
  const readable = useWorkbench((state) => state.readable);
  const picker = useRef<HTMLInputElement>(null);
  usePaste();
  const button = (
    <Toolbar.Button
      className="button"
      title="Your ratings, or a picture"
      onClick={() => picker.current?.click()}
    >
      <FolderOpen size={14} /> <span className="button-words">Open file</span>
    </Toolbar.Button>
  );
  return (
    <>
      <input
        ref={picker}
        id="open-files"
        type="file"
        multiple
        className="visually-hidden"
        aria-label="Open a ratings file or a picture"
        tabIndex={-1}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) actions.openFiles(files);
        }}
      />
      <SplitButton button={button} more="More to open" className="open-menu" onOpen={actions.askReadable}>
        <Menu.Item
          onClick={() => {
            // Refused, or nothing there: the browser has asked, so there is nothing to add.
            navigator.clipboard.readText().then(actions.paste, () => {});
          }}
        >
          Paste ratings
          <span className="menu-note">from the clipboard; Ctrl V anywhere does it too</span>
        </Menu.Item>
        {'showDirectoryPicker' in globalThis && (
          <Menu.Item onClick={actions.openFolder}>
            Open folder…
            <span className="menu-note">a run that another program writes, watched as it learns</span>
          </Menu.Item>
        )}
        <Menu.Separator className="menu-separator" />
        <p className="menu-note">
          {readable && `${readable}. `}Pictures. Ratings together with their titles (movies.csv) or a test set
          (u1.base, u1.test).
        </p>
      </SplitButton>
    </>
  );
}

/** What is pasted outside of a field: files, or text as a table of ratings. */
function usePaste() {
  const { actions } = useBench();
  useEffect(() => {
    function onPaste(event: ClipboardEvent) {
      if (event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]'))
        return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (files.length > 0) actions.openFiles(files);
      else if (text.trim() !== '') actions.paste(text);
      else return;
      event.preventDefault();
    }
    addEventListener('paste', onPaste);
    return () => removeEventListener('paste', onPaste);
  }, [actions]);
}
