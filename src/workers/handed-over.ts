/** Where the service worker keeps files that another app shares, for as long as it takes the page to open. */
const cacheName = 'shared-files';

/** Keeps shared files until the page asks for them. */
export async function keepShared(files: readonly File[]): Promise<void> {
  await caches.delete(cacheName);
  const cache = await caches.open(cacheName);
  await Promise.all(
    files.map((file, i) => cache.put(`/shared/${i}/${encodeURIComponent(file.name)}`, new Response(file))),
  );
}

/** The files that were shared, which are kept no longer. */
export async function handedOver(): Promise<File[]> {
  const cache = await caches.open(cacheName);
  const files = await Promise.all(
    (await cache.keys()).map(async ({ url }) => {
      const answer = await cache.match(url);
      const name = decodeURIComponent(url.slice(url.lastIndexOf('/') + 1));
      return new File([(await answer?.blob()) ?? ''], name);
    }),
  );
  await caches.delete(cacheName);
  return files;
}
