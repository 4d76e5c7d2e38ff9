import { handedOver } from '../../workers/handed-over';

interface LaunchQueue {
  setConsumer(consumer: (launch: { files: readonly { getFile(): Promise<File> }[] }) => void): void;
}

/**
 * Opens files that the system hands over: opened with the installed app in the file manager, or shared with it by
 * another app, which the service worker has kept until the page is there.
 */
export function launchedFiles(
  open: (files: readonly File[]) => unknown,
  { launchQueue }: { readonly launchQueue?: LaunchQueue } = globalThis as never,
): void {
  launchQueue?.setConsumer(async ({ files }) => {
    if (files.length > 0) await open(await Promise.all(files.map((file) => file.getFile())));
  });
  if (!new URLSearchParams(location.search).has('shared')) return;
  void handedOver().then((files) => files.length > 0 && open(files));
}
