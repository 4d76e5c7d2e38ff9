/** The script of a part of the page did not come. */
export class Unloaded extends Error {
  override name = 'Unloaded';
}

const unloaded = new Set<() => void>();

/** Notes how a part is made ready to be asked for again. */
export const noteUnloaded = (again: () => void) => void unloaded.add(again);

/** Makes all parts that did not come ready to be asked for again. */
export function readyAgain(): void {
  for (const again of unloaded) again();
  unloaded.clear();
}
