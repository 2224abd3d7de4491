import { escapeBars, escapeMarkdown } from '../markdown-text.ts';
import type { ReportOutline, ReportRow, ReportSection } from './outline.ts';

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
