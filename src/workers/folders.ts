import type { Folder } from '../files/run-folder/reader';

/** Where a run folder is: beside the app on its own server, or on this machine, where the user has opened it. */
export type FolderPlace = FileSystemDirectoryHandle | 'server';

/** A run folder, and when it is worth while to look at it. */
export interface WatchedFolder extends Folder {
  /** Ends when something may be new, at once the first time; with false where the folder cannot be reached any more. */
  changed(): Promise<boolean>;
}

/** Milliseconds between two looks at a folder that nobody tells of. */
const lookEvery = 500;

export const folderAt = (place: FolderPlace): WatchedFolder =>
  place === 'server' ? onServer() : opened(place);

/** The folder that the app's server watches: it tells of what has grown, and serves the files. */
function onServer(): WatchedFolder {
  const events = new EventSource('/watch/events');
  let said: 'new' | 'lost' | null = null;
  let wake = () => {};
  const says = (what: 'new' | 'lost') => () => {
    said = what;
    wake();
  };
  events.onmessage = says('new');
  // The browser connects again by itself, and what is there is told anew.
  events.onerror = says('lost');
  return {
    async changed() {
      while (!said)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      const isNew = said === 'new';
      said = null;
      return isNew;
    },
    async read(name, from = 0) {
      const response = await fetch(
        `/watch/files/${name}`,
        from > 0 ? { headers: { Range: `bytes=${from}-` } } : {},
      );
      if (response.status === 404) return null;
      if (!response.ok) throw new Error(`status ${response.status}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const size = Number(response.headers.get('Content-Range')?.split('/')[1] ?? bytes.length);
      return { bytes, size };
    },
  };
}

/** A folder that the user has opened. Nobody tells of changes in it, so it is looked at again and again. */
function opened(root: FileSystemDirectoryHandle): WatchedFolder {
  let isFirst = true;
  return {
    async changed() {
      if (!isFirst) await new Promise((resolve) => setTimeout(resolve, lookEvery));
      isFirst = false;
      return true;
    },
    async read(name, from = 0) {
      try {
        const path = name.split('/');
        const fileName = path.pop() as string;
        let folder = root;
        for (const part of path) folder = await folder.getDirectoryHandle(part);
        const file = await (await folder.getFileHandle(fileName)).getFile();
        return { bytes: new Uint8Array(await file.slice(from).arrayBuffer()), size: file.size };
      } catch (error) {
        if ((error as Error).name === 'NotFoundError') return null;
        throw error;
      }
    },
  };
}
