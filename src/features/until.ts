import type { Workbench } from './workbench';

/** Ends as soon as the state is as it is waited for. */
export async function until({ subscribe }: Pick<Workbench, 'subscribe'>, isSo: () => boolean): Promise<void> {
  if (isSo()) return;
  await new Promise<void>((resolve) => {
    const stop = subscribe(() => {
      if (!isSo()) return;
      stop();
      resolve();
    });
  });
}
