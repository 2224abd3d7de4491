import type { BlockContent, PhrasingContent, Root, RootContent } from 'mdast';
import { escapeMarkup } from '../../src/formats/xml.ts';
import { visibleText } from '../../src/reader/markdown/markdown.ts';
import { defuse, defused } from './defuse.ts';
import type { Block, Inline } from './outline.ts';

/** From so many characters on, a text is folded. */
const FOLDED = 1_500;

/** How much is shown: of each text so many characters, of each list and section so many things. */
export interface Room {
  text: number;
  things: number;
}

/** A block as Markdown's tree, defused. */
export function blockNodes(block: Block, room: Room): RootContent[] {
  switch (block.kind) {
    case 'heading':
      return [{ type: 'paragraph', children: [{ type: 'strong', children: inline(block.text, room) }] }];
    case 'text':
      return [paragraph(block.text, room)];
    case 'list':
      return [listOf(block.items, room)];
    case 'table':
      return [tableOf([block.head, ...block.rows.slice(0, room.things)], room), ...moreRows(block.rows, room)];
    case 'code':
      return [{ type: 'code', value: clipped(block.text, room) }];
    case 'message':
      return messageNodes(block, room);
    case 'words':
      return [{ type: 'blockquote', children: [paragraph(block.head, room), paragraph(wordsIn(block, room), room)] }];
  }
}

function messageNodes({ head, body, facts }: Block & { kind: 'message' }, room: Room): RootContent[] {
  const whole = visibleText(body);
  const short: Root = { type: 'root', children: [paragraph([clipped(whole, room)], room)] };
  const shown = whole.length > room.text ? short : defuse(body);
  const list =
    facts.length > 0
      ? [
          listOf(
            facts.map((fact) => [fact]),
            room,
          ),
        ]
      : [];
  const text = shown.children as BlockContent[];
  const quoted = (...children: BlockContent[]): RootContent => ({ type: 'blockquote', children });
  if (whole.length <= FOLDED) return [quoted(paragraph(head, room), ...text, ...list)];
  const summary = `${clipped(whole.slice(0, 120), room)}…`;
  return [
    quoted(paragraph(head, room), ...list),
    { type: 'html', value: `<details><summary>${escapeMarkup(defused(summary.replace(/\s+/g, ' ')))}</summary>` },
    quoted(...text),
    { type: 'html', value: '</details>' },
  ];
}

/** What changed, with a few words around it. */
function wordsIn({ words }: Block & { kind: 'words' }, room: Room): Inline[] {
  const around = 8;
  return words.flatMap(({ kind, text }, index): Inline[] => {
    const gap = index > 0 ? [' '] : [];
    if (kind !== 'same') return [...gap, { kind, text: clipped(text, room) }];
    const list = text.split(' ');
    const [first, last] = [index === 0, index === words.length - 1];
    if (list.length <= (first || last ? around : 2 * around)) return [...gap, text];
    const head = first ? [] : list.slice(0, around);
    const tail = last ? [] : list.slice(-around);
    return [...gap, [...head, '…', ...tail].join(' ')];
  });
}

function moreRows(rows: readonly unknown[], room: Room): RootContent[] {
  return rows.length > room.things ? [paragraph([`And ${rows.length - room.things} more.`], room)] : [];
}

function listOf(items: readonly Inline[][], room: Room): BlockContent {
  const left = items.length - room.things;
  const shown = [...items.slice(0, room.things), ...(left > 0 ? [[`And ${left} more.`]] : [])];
  const children = shown.map((item) => ({
    type: 'listItem' as const,
    spread: false,
    children: [paragraph(item, room)],
  }));
  return { type: 'list', ordered: false, spread: false, children };
}

function tableOf(rows: readonly string[][], room: Room): RootContent {
  const children = rows.map((row) => ({
    type: 'tableRow' as const,
    children: row.map((cell) => ({ type: 'tableCell' as const, children: inline([cell], room) })),
  }));
  return { type: 'table', children };
}

export function paragraph(text: readonly Inline[], room: Room) {
  return { type: 'paragraph' as const, children: inline(text, room) };
}

export function inline(pieces: readonly Inline[], room: Room): PhrasingContent[] {
  const text = (value: string) => ({
    type: 'text' as const,
    value: defused(clipped(value, room).replace(/\s+/g, ' ')),
  });
  return pieces.map((piece): PhrasingContent => {
    if (typeof piece === 'string') return text(piece);
    if ('strong' in piece) return { type: 'strong', children: [text(piece.strong)] };
    if ('code' in piece) return { type: 'inlineCode', value: clipped(piece.code, room).replace(/\s+/g, ' ') };
    if ('href' in piece) return { type: 'link', url: piece.href, children: [text(piece.text)] };
    if (piece.kind === 'same') return text(piece.text);
    return { type: piece.kind === 'removed' ? 'delete' : 'strong', children: [text(piece.text)] };
  });
}

function clipped(text: string, { text: most }: Room): string {
  return text.length <= most ? text : `${text.slice(0, most).toWellFormed()}…`;
}
