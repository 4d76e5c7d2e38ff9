/** Ids that are numbers below this are looked up in a table (64 MB at worst) rather than as text. */
export const plainBelow = 1 << 24;

/** Numbers the ids of users or items 0, 1, … in order of first appearance. Ids are text: 007 is not 7. */
export function idIndex() {
  const texts = new Map<string, number>();
  /** At the place of a number stands its index plus one; 0 where it was never seen. */
  let numbers = new Uint32Array(1 << 10);
  const names: (string | number)[] = [];

  /** The same as `of`, for an id whose text is that of a whole number below `plainBelow`, without leading zeros. */
  function ofNumber(id: number): number {
    if (id >= numbers.length) {
      const longer = new Uint32Array(Math.max(2 * numbers.length, 2 ** Math.ceil(Math.log2(id + 1))));
      longer.set(numbers);
      numbers = longer;
    }
    const known = numbers[id];
    if (known > 0) return known - 1;
    numbers[id] = names.push(id);
    return names.length - 1;
  }

  return {
    get count() {
      return names.length;
    },
    of(id: string): number {
      const plain = plainNumber(id);
      if (plain >= 0) return ofNumber(plain);
      const known = texts.get(id);
      if (known !== undefined) return known;
      // The map gets a copy, because a slice would keep the whole text alive that it was cut from.
      const own = ` ${id}`.slice(1);
      texts.set(own, names.length);
      return names.push(own) - 1;
    },
    ofNumber,
    /** The same of many, written to `indices` from `at` on. */
    ofNumbers(ids: Uint32Array, indices: Uint32Array, at: number) {
      for (let j = 0; j < ids.length; j++) {
        const id = ids[j];
        const known = id < numbers.length ? numbers[id] : 0;
        indices[at + j] = known > 0 ? known - 1 : ofNumber(id);
      }
    },
    names: () => names.map(String),
  };
}

/** The number that a text is the only way to write; −1 where there is none below `plainBelow`. */
function plainNumber(text: string): number {
  if (text.length > 8 || text.length === 0 || (text.length > 1 && text.charCodeAt(0) === 48)) return -1;
  let number = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = 10 * number + digit;
  }
  return number < plainBelow ? number : -1;
}
