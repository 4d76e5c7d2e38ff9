import type { Folder } from './reader';

/** User and item of a rating, 32 bits each, by their rows. */
const bytesOfPair = 8;

/**
 * Reads from `rated.bin` what one user has rated, as it grows: at every call the items so far, by their rows. A folder
 * without that file does not tell.
 *
 * @param user by its row in the folder
 */
export function ratedReader(folder: Folder, user: number) {
  const items = new Set<number>();
  let at = 0;
  return async (): Promise<ReadonlySet<number>> => {
    let found = await folder.read('rated.bin', at);
    if (at > 0 && (!found || found.size < at)) {
      // Somebody began it anew.
      items.clear();
      at = 0;
      found = await folder.read('rated.bin');
    }
    if (!found) return items;
    const { bytes } = found;
    const whole = bytes.length - (bytes.length % bytesOfPair);
    const pairs = new Uint32Array(bytes.buffer, bytes.byteOffset, whole / 4);
    for (let j = 0; j < pairs.length; j += 2) if (pairs[j] === user) items.add(pairs[j + 1]);
    at += whole;
    return items;
  };
}
