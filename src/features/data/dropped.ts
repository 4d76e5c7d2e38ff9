/** So many files of folders are taken. */
const mostFiles = 5000;

/** The files that were dropped, and those in folders that were, but for what only systems want there (_SUCCESS, .crc). */
export function filesDropped({ items, files }: DataTransfer): Promise<File[]> {
  // Entries have to be asked for before the event is over.
  const entries = [...items].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (!entries.some((entry) => entry?.isDirectory)) return Promise.resolve([...files]);
  return Promise.all(entries.map((entry) => filesOf(entry))).then((all) => all.flat().slice(0, mostFiles));
}

async function filesOf(entry: FileSystemEntry | null): Promise<File[]> {
  if (entry?.isFile) return [await fileOf(entry as FileSystemFileEntry)];
  if (!entry?.isDirectory) return [];
  const files: File[] = [];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives some at a time, and none once there are no more.
  for (let some = await read(reader); some.length > 0 && files.length < mostFiles; some = await read(reader))
    for (const one of some) if (!/^[._]/.test(one.name)) files.push(...(await filesOf(one)));
  return files;
}

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject));

const read = (reader: FileSystemDirectoryReader) =>
  new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
