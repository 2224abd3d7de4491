/** The value of a cell. Undefined is an empty cell. */
export type CsvValue = string | number | boolean | undefined;

/**
 * A table as CSV: RFC 4180, with CRLF. A text that a spreadsheet could run as a formula gets an apostrophe before it.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csv(head: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: CsvValue = ''): string {
  const text = typeof value === 'string' ? harmless(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Includes the full-width forms of the four signs, which some spreadsheets treat the same, and signs after a semicolon,
 * which separates cells where a comma is the decimal sign.
 */
function harmless(text: string): string {
  const head = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return head.replace(/;(?=[=+\-@＝＋－＠])/g, ";'");
}
