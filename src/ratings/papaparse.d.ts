/** The part of Papa Parse that is used here. (Its published types pull all of Node's into this folder.) */
declare module 'papaparse' {
  interface ParserConfig {
    readonly delimiter: string;
    readonly newline: string;
    readonly quoteChar: string;
    readonly escapeChar?: string;
  }
  class Parser {
    constructor(config: ParserConfig);
    /** Rows of fields; with `ignoreLastRow` an unfinished last row is left, and `meta.cursor` is where it begins. */
    parse(
      input: string,
      baseIndex: number,
      ignoreLastRow: boolean,
    ): { data: string[][]; errors: readonly { readonly row: number }[]; meta: { cursor: number } };
  }
  const Papa: {
    readonly Parser: typeof Parser;
    unparse(
      rows: readonly (readonly (string | number | null)[])[],
      config: { readonly escapeFormulae: RegExp },
    ): string;
  };
  export default Papa;
}
