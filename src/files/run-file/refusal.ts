/** A file is not taken, for a reason with a stable code; the interface has a sentence for each. */
export class Refusal extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}
