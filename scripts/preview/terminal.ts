import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { printable } from '../../src/core/printable.ts';
import type { Block, Inline, Outline } from './outline.ts';

const PAINT = { bold: 1, dim: 2, removed: 31, added: 32 } as const;

interface Painter {
  colour: boolean;
  paint: (style: keyof typeof PAINT, text: string) => string;
}

const writer = unified().use(remarkGfm).use(remarkStringify, { bullet: '-', emphasis: '_', rule: '-' }).freeze();

/** A preview for a terminal: the same things in the same order as in a comment. */
export function printTerminal({ headline, lead, sections, foot }: Outline, colour: boolean): string {
  const paint: Painter['paint'] = (style, text) => (colour ? `\u001b[${PAINT[style]}m${text}\u001b[0m` : text);
  const painter: Painter = { colour, paint };
  const blocks = [
    paint('bold', printable(headline)),
    ...lead.map((text) => inline(text, painter)),
    ...sections.flatMap(({ title, blocks: own }) => [
      paint('bold', printable(title)),
      ...own.map((block) => blockText(block, painter).replace(/^(?=.)/gm, '  ')),
    ]),
    ...foot.map((text) => paint('dim', inline(text, painter))),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function blockText(block: Block, painter: Painter): string {
  switch (block.kind) {
    case 'heading':
      return painter.paint('bold', inline(block.text, painter));
    case 'text':
      return inline(block.text, painter);
    case 'list':
      return block.items.map((item) => `- ${inline(item, painter)}`).join('\n');
    case 'table':
      return tableText([block.head, ...block.rows]);
    case 'code':
      return printable(block.text).replace(/^/gm, '  ');
    case 'message': {
      const facts = block.facts.map((fact) => `- ${printable(fact)}`).join('\n');
      return barred([inline(block.head, painter), bodyText(block.body), facts], painter);
    }
    case 'words': {
      const words = block.words.flatMap((word, index): Inline[] => (index > 0 ? [' ', word] : [word]));
      return barred([inline(block.head, painter), inline(words, painter)], painter);
    }
  }
}

function bodyText(body: Root): string {
  return printable(writer.stringify(body)).trim();
}

function barred(parts: readonly string[], { paint }: Painter): string {
  const text = parts.filter(Boolean).join('\n\n');
  return text.replace(/^.*$/gm, (line) => `${paint('dim', '│')} ${line}`.trimEnd());
}

function tableText(rows: readonly string[][]): string {
  const cells = rows.map((row) => row.map(printable));
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? [];
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}

/** Without colour, words that go and come stand in brackets, as Git has them. */
function inline(pieces: readonly Inline[], { colour, paint }: Painter): string {
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return printable(piece);
      if ('strong' in piece) return paint('bold', printable(piece.strong));
      if ('code' in piece) return printable(piece.code);
      if ('href' in piece) return `${printable(piece.text)} (${printable(piece.href)})`;
      const text = printable(piece.text);
      if (piece.kind === 'removed') return colour ? paint('removed', text) : `[-${text}-]`;
      if (piece.kind === 'same') return text;
      return colour ? paint('added', text) : `{+${text}+}`;
    })
    .join('');
}
