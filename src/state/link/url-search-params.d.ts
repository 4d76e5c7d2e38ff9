/** What is used of it here: browsers, workers and Node all have it, but no DOM-free library of types. */
declare class URLSearchParams {
  constructor(init: string | Record<string, string>);
  set(name: string, value: string): void;
  toString(): string;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}
