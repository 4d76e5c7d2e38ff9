/** Whom or what one can name. */
export interface Named {
  readonly count: number;
  nameOf(index: number): string;
  /** As its source has it, without a word before it; where that is another than the name. */
  idOf?(index: number): string;
}

const plain = (text: string) => text.trim().toLowerCase();

/** Who is called just so, by name or by id; null: nobody. */
export function called({ count, nameOf, idOf }: Named, text: string): number | null {
  const wanted = plain(text);
  if (wanted === '') return null;
  for (let i = 0; i < count; i++)
    if (plain(nameOf(i)) === wanted || (idOf && plain(idOf(i)) === wanted)) return i;
  return null;
}

/** Some whose names have what was typed in them, in their order. */
export function likely({ count, nameOf }: Named, text: string, most: number): number[] {
  const wanted = plain(text);
  const found: number[] = [];
  for (let i = 0; i < count && found.length < most; i++) if (plain(nameOf(i)).includes(wanted)) found.push(i);
  return found;
}

/** Who is meant by what was typed: who is called so, or else the only one whose name has it in it; null: nobody, or several. */
export function meant(all: Named, text: string): number | null {
  const exact = called(all, text);
  if (exact !== null || plain(text) === '') return exact;
  const [one, another] = likely(all, text, 2);
  return one !== undefined && another === undefined ? one : null;
}
