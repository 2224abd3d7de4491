import type { Tree } from './compare.ts';

/**
 * A table of CSV as RFC 4180 has it.
 * @throws when it is none, or when a spreadsheet would take a cell for a formula
 */
export function csvTree(text: string): Tree {
  const rows: string[][] = [[]];
  const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let end = 0;
  for (const match of text.matchAll(CELL)) {
    end = match.index + match[0].length;
    const cell = match[1]?.replaceAll('""', '"') ?? match[2] ?? '';
    if (/^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell)) throw new Error(`a formula ${cell}`);
    rows.at(-1)?.push(cell);
    if (match[3] === '\r\n' && end < text.length) rows.push([]);
  }
  if (end !== text.length) throw new Error(`no CSV from ${text.slice(end, end + 80)}`);
  const parts = rows.map((row): Tree => ({ name: 'row', properties: {}, parts: row.map((cell): Tree => ({ name: 'cell', properties: {}, parts: [cell] })) })); // prettier-ignore
  return { name: 'csv', properties: {}, parts };
}
