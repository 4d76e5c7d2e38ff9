import Papa from 'papaparse';

/** What spreadsheets would run rather than show: also behind blanks, and in full-width forms. */
const formula = /^[\s\0]*[=+\-@\t\r\0\uff1d\uff0b\uff0d\uff20]/;

/**
 * Rows as CSV (RFC 4180) by Papa Parse, a line end after each. Numbers are written with a point; a text that a
 * spreadsheet would take for a formula gets an apostrophe in front.
 */
export function csvOf(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.length === 0 ? '' : `${Papa.unparse(rows, { escapeFormulae: formula })}\r\n`;
}
