/**
 * What a user can cause is a value: what was wanted, or a problem, which is a code and whatever there is to say with it.
 * There is a sentence for every code where the problem is shown. Mistakes of ours throw.
 */
export type Result<T extends object, Code extends string, Facts extends object = object> =
  | ({ readonly ok: true } & T)
  | Failure<Code, Facts>;

export interface Failure<Code extends string, Facts extends object = object> {
  readonly ok: false;
  readonly problem: { readonly code: Code } & Facts;
}

export const failure = <Code extends string, Facts extends object>(
  code: Code,
  facts: Facts,
): Failure<Code, Facts> => ({ ok: false, problem: { code, ...facts } });
