import type { List, ListItem, Paragraph, PhrasingContent, RootContent } from 'mdast';
import type { MarkdownBody } from '../markdown/markdown.ts';
import { positionOf, visibleText, withoutInvisible } from '../markdown/markdown.ts';
import type { Position, Report, Suggestion } from '../rules.ts';
import { nearest } from '../yaml/suggest.ts';
import type { LabelName } from '../../core/labels.ts';
import { LABEL_NAMES, LABELS } from '../../core/labels.ts';

/** Shorter labels differ from ordinary words by a letter or two: “Added”, “Edit”, “Area”. */
const LONG = 8;

/** Labels by what people call them elsewhere. */
const SYNONYMS = new Map(
  LABEL_NAMES.flatMap((name) => (LABELS[name].synonyms ?? []).map((word) => [word, name] as const)),
);

/** The label a text writes, without regard to case and spacing. */
export function labelOf(text: string): LabelName | undefined {
  const written = text.trim().replace(/\s+/g, ' ').toLowerCase();
  return LABEL_NAMES.find((name) => LABELS[name].label.toLowerCase() === written);
}

/** The label a text writes or nearly writes; short ones are only guessed where they are bold. */
export function nearMissLabel(text: string, bold: boolean): LabelName | undefined {
  const guessable = LABEL_NAMES.map((name) => LABELS[name].label).filter((label) => bold || label.length >= LONG);
  const written = text.trim().replace(/\s+/g, ' ');
  const meant = nearest(written, guessable, (label) => (label.length >= LONG ? 2 : 1));
  const synonym = bold ? SYNONYMS.get(written.toLowerCase()) : undefined;
  return labelOf(text) ?? synonym ?? (meant === undefined ? undefined : labelOf(meant));
}

/** The line to write. */
export function labelLine(name: LabelName, value: string): string {
  return `- **${LABELS[name].label}:** ${value}`;
}

/** A labelled line as it stands: what it labels, its text, and where. */
export interface LabelledLine {
  name: LabelName;
  value: string;
  position: Position;
  /** Where its value begins. */
  valuePosition: Position;
}

interface Taken {
  /** What is left of the text. */
  rest: RootContent[];
  labels: LabelledLine[];
  /** Whether text was left out because labels stand in it. */
  isRefused: boolean;
}

/**
 * Takes the labelled lines out of an update's text. They count at the start of a list item, or of a line of a
 * top-level paragraph that holds nothing but labels; among prose they are reported.
 * @param taken collects the lines of the file that need no further look
 */
export function takeLabels(
  nodes: readonly RootContent[],
  body: MarkdownBody,
  taken: Set<number>,
  report: Report,
): Taken {
  const labels: LabelledLine[] = [];
  const take = (found: LabelledLine[]) => {
    labels.push(...found);
    for (const { position } of found) taken.add(position.line);
  };
  let isRefused = false;
  const refuse = (line: LabelledLine, suggestion: Suggestion) => {
    isRefused = true;
    taken.add(line.position.line);
    const reason = `“${LABELS[line.name].label}” is mixed with other text. Put it in its own list item, with an empty line before and after the list.`;
    report('label-mixed', line.position, reason, suggestion);
  };
  const rest = nodes.flatMap((node): RootContent[] => {
    if (node.type === 'list') return fromList(node, body, take, refuse);
    if (node.type === 'paragraph') return fromParagraph(node, body, take, refuse);
    return [node];
  });
  reportTwice(labels, report);
  return { rest, labels, isRefused };
}

type Take = (found: LabelledLine[]) => void;
type Refuse = (line: LabelledLine, suggestion: Suggestion) => void;

function fromList(list: List, body: MarkdownBody, take: Take, refuse: Refuse): RootContent[] {
  const children = list.children.filter((item) => {
    const line = labelOfItem(item, body);
    if (!line) return true;
    const [paragraph] = item.children as [Paragraph];
    if (item.children.length > 1 || linesOf(paragraph, body).length > 1) refuse(line, apart(line, item, body));
    else take([line]);
    return false;
  });
  if (children.length === list.children.length) return [list];
  return children.length > 0 ? [{ ...list, spread: isSpread(children), children }] : [];
}

/** Whether empty lines part the items: the one that stood above a labelled line is not theirs. */
function isSpread(items: readonly ListItem[]): boolean {
  return items.some(({ position }, index) => {
    const above = items[index - 1]?.position;
    return above && position && position.start.line > above.end.line + 1;
  });
}

function labelOfItem(item: ListItem, body: MarkdownBody): LabelledLine | undefined {
  const first = item.children[0];
  const line = first?.type === 'paragraph' ? linesOf(first, body)[0] : undefined;
  return line && readLine(line, body);
}

function fromParagraph(paragraph: Paragraph, body: MarkdownBody, take: Take, refuse: Refuse): RootContent[] {
  const lines = linesOf(paragraph, body).map((line) => readLine(line, body));
  const found = lines.filter((line) => line !== undefined);
  if (found.length === 0) return [paragraph];
  if (found.length === lines.length) take(found);
  else found.forEach((line) => refuse(line, withSpace(line, body)));
  return [];
}

/** Moves a label out of its list item; the rest of the item follows as text. */
function apart(line: LabelledLine, item: ListItem, body: MarkdownBody): Suggestion {
  const endLine = (item.position?.end.line ?? 1) + body.firstLine - 1;
  const rest = body.lines.slice(line.position.line - body.firstLine + 1, endLine - body.firstLine + 1);
  const text = rest
    .map((one) => one.replace(/^\s+/, ''))
    .join('\n')
    .trim();
  return { text: `${labelLine(line.name, line.value)}\n\n${text}`, endLine };
}

/** Moves a label out of its paragraph into a list item, with an empty line next to text. */
function withSpace({ name, value, position }: LabelledLine, body: MarkdownBody): string {
  const isText = (line: number) => /^\s*[^\s-]/.test(body.lines[line - body.firstLine] ?? '');
  const [above, below] = [isText(position.line - 1) ? '\n' : '', isText(position.line + 1) ? '\n' : ''];
  return `${above}${labelLine(name, value)}${below}`;
}

interface Line {
  children: PhrasingContent[];
  /** Counted from 1 in the body. */
  number: number;
}

/** A paragraph's content, line by line as it stands in the file. */
function linesOf(paragraph: Paragraph, body: MarkdownBody): Line[] {
  const first = paragraph.position?.start.line ?? 1;
  const lines: Line[] = [{ children: [], number: first }];
  const next = () => lines.push({ children: [], number: first + lines.length });
  for (const child of paragraph.children) {
    if (child.type === 'break') next();
    else if (child.type === 'text') {
      child.value.split('\n').forEach((value, index) => {
        if (index > 0) next();
        if (value.trim() !== '') lines.at(-1)?.children.push({ type: 'text', value });
      });
    } else lines.at(-1)?.children.push(child);
  }
  return lines.filter(({ children, number }) => children.length > 0 || (body.lines[number - 1] ?? '').trim() === '');
}

function readLine({ children, number }: Line, body: MarkdownBody): LabelledLine | undefined {
  const [label, ...value] = children;
  if (label?.type !== 'strong') return undefined;
  const name = labelOf(/^(.*):$/.exec(withoutInvisible(visibleText(label)).trim())?.[1] ?? '');
  if (!name) return undefined;
  const source = body.lines[number - 1] ?? '';
  const text = value.map(visibleText).join('').trim();
  const line = number + body.firstLine - 1;
  const column = positionOf(label, body).column;
  const valueColumn =
    text === '' ? -1 : source.indexOf(text.split(/\s/)[0] ?? text, (label.position?.end.column ?? 1) - 1);
  return {
    name,
    value: text,
    position: { line, column },
    valuePosition: { line, column: valueColumn < 0 ? column : valueColumn + 1 },
  };
}

function reportTwice(labels: readonly LabelledLine[], report: Report): void {
  labels.forEach(({ name, position }, index) => {
    const earlier = labels.findIndex((label) => label.name === name) < index;
    if (earlier) report('label-twice', position, `This update has two “${LABELS[name].label}” lines. Delete one.`);
  });
}
