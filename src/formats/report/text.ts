import type { ReportOutline, ReportRow, ReportSection } from './outline.ts';
import { escapeBars, escapeMarkdown } from '../markdown-text.ts';

/** A longer name gets its own line, so that the columns after it stay close. */
const WIDEST = 48;

/** A report as plain text with its columns one below the other. */
export function reportText({ title, asOf, sections }: ReportOutline): string {
  const head = [title, ...(asOf ? [asOf] : [])].join('\n');
  return `${[head, ...sections.map(sectionText)].join('\n\n')}\n`;
}

function sectionText({ title, table, notes }: ReportSection): string {
  return [title, ...(table ? [tableText(table.head, table.rows)] : []), ...notes.map((note) => `  ${note}`)].join('\n');
}

function tableText(head: readonly string[], rows: readonly ReportRow[]): string {
  const lines = [...(head.length > 0 ? [head] : []), ...rows.map(({ cells }) => cells)].map((cells) =>
    cells.map(oneLine),
  );
  const widths = lines.reduce<number[]>((widest, cells) => {
    return cells.map((cell, index) => Math.max(widest[index] ?? 0, cell.length > WIDEST ? 0 : cell.length));
  }, []);
  return lines.map((cells) => lineOf(cells, widths)).join('\n');
}

function lineOf(cells: readonly string[], widths: readonly number[]): string {
  const [first = '', ...others] = cells;
  const [indent = 0, ...rest] = widths;
  const tail = others.map((cell, index) => cell.padEnd(rest[index] ?? 0)).join('  ');
  if (first.length > indent) return `  ${first}\n${`  ${' '.repeat(indent)}  ${tail}`.trimEnd()}`;
  return `  ${first.padEnd(indent)}  ${tail}`.trimEnd();
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** A report as Markdown, to be put into a page or a message. */
export function reportMarkdown({ title, asOf, sections }: ReportOutline): string {
  const head = [`# ${escapeMarkdown(title)}`, ...(asOf ? [escapeMarkdown(asOf)] : [])];
  return `${[...head, ...sections.flatMap(sectionBlocks)].join('\n\n')}\n`;
}

function sectionBlocks({ title, table, notes }: ReportSection): string[] {
  return [
    `## ${escapeMarkdown(title)}`,
    ...(table ? [tableBlock(table.head, table.rows)] : []),
    ...(notes.length > 0 ? [notes.map((note) => `- ${escapeMarkdown(note)}`).join('\n')] : []),
  ];
}

function tableBlock(head: readonly string[], rows: readonly ReportRow[]): string {
  const width = Math.max(head.length, ...rows.map(({ cells }) => cells.length));
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, index) => cells[index] ?? '').join(' | ')} |`;
  return [
    line(head.map(cellText)),
    line(Array.from({ length: width }, () => '---')),
    ...rows.map(({ cells: [first = '', ...others], url }) =>
      line([url ? `[${cellText(first)}](<${url}>)` : cellText(first), ...others.map(cellText)]),
    ),
  ].join('\n');
}

function cellText(text: string): string {
  return escapeBars(escapeMarkdown(text));
}
