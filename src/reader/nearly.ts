import { formatTime, parseTime, TIME_FORM } from '../core/time-text.ts';
import type { HeadingContext } from './headings.ts';
import { headingLine } from './headings.ts';
import type { LabelName } from './label-names.ts';
import { labelLine, labelOf, LABELS, nearlyLabel } from './label-names.ts';
import type { MarkdownBody } from './markdown.ts';
import { walk } from './markdown.ts';
import { splitPinnedId } from './pinned-id.ts';
import type { Report } from './rules.ts';
import { wordOf } from './status-words.ts';
import { nearest } from './suggest.ts';

/** What is longer is prose. The expressions below take time that grows with the square of a line, or worse with spaces. */
const LONGEST = 1000;

const LEAD = String.raw`^\s*(?<item>[-*+]\s+|\d+[.)]\s+)?(?<hashes>#{0,6})\s*(?<bold>[*_]*)\s*`;
const WORD = String.raw`(?<word>\p{L}[\p{L} ]{2,20}?)`;
/** A day with a time of day and perhaps a zone, and nothing behind it. */
const TIME = String.raw`(?<time>\d{4}-\d{1,2}-\d{1,2}[T ,]+\d{1,2}:\d{2}[^\s)]*(?:\s+[^\s)]{1,20})?)`;
const HEADING_THEN_TIME = new RegExp(
  String.raw`${LEAD}${WORD}[*_]*\s*(?:[·・—–|:,(-]|\bat\b)?\s*[*_]*\s*${TIME}[)*_#\s]*$`,
  'u',
);
const TIME_THEN_HEADING = new RegExp(String.raw`${LEAD}${TIME}\s*[·—–|:,-]+\s*[*_]*${WORD}[*_#\s]*$`, 'u');
const HASHES_AND_WORD = new RegExp(String.raw`${LEAD}${WORD}[*_\s]*#*\s*$`, 'u');
const LABEL = new RegExp(
  String.raw`${LEAD}(?<label>\p{L}[\p{L} ]{2,20}?)\s*(?:(?<close>[*_]*)\s*[:：]|(?<=\p{L})(?<end>[*_]+)\s)\s*[*_]*\s*(?<value>.*)$`,
  'u',
);
/** What the value of a label that is not bold looks like when it was meant as one, and not as prose. */
const DATA: Readonly<Record<LabelName, RegExp>> = {
  nextUpdate: /^\S*\d{1,2}:\d{2}|^\d{4}-\d/,
  expectedFix: /^\S*\d{1,2}:\d{2}|^\d{4}-\d/,
  window: /^\d{4}-\d/,
  postmortemBy: /^\S*\d{1,2}:\d{2}|^\d{4}-\d/,
  ended: /^\S*\d{1,2}:\d{2}|^\d{4}-\d/,
  edited: /^\S*\d{1,2}:\d{2}|^\d{4}-\d/,
  components: /^[\w-]+\s*:\s*\p{L}/u,
  areas: /^[^.]{1,60}$/,
};

/**
 * Reports every line that nearly is the heading of an update or a labelled line: what its author took for
 * data would be shown as text, and a promise or a status would be lost.
 * @param taken lines of the file that were read as data or are reported already
 */
export function reportNearly(
  body: MarkdownBody,
  taken: ReadonlySet<number>,
  context: HeadingContext,
  report: Report,
): void {
  const literal = literalLines(body);
  body.lines.forEach((source, index) => {
    const number = index + body.firstLine;
    if (taken.has(number) || literal.has(index + 1)) return;
    const line = source.replace(/\s+/g, ' ');
    if (line.length > LONGEST) return;
    const position = { line: number, column: source.search(/\S/) + 1 };
    const heading = PROMISED_POSTMORTEM.test(line) ? undefined : nearlyHeading(line, context);
    const label = heading ? undefined : nearlyLabelLine(line);
    if (heading) {
      report(
        'heading-nearly',
        position,
        'This line nearly is the heading of an update, but would be shown as text.',
        heading,
      );
    } else if (label) {
      const reason = `This line nearly is the labelled line “${LABELS[label.name]}”, but would be shown as text.`;
      report('label-nearly', position, reason, labelLine(label.name, label.value));
    }
  });
}

function nearlyHeading(source: string, context: HeadingContext): string | undefined {
  const { text: line, id } = splitPinnedId(source);
  const dated = (HEADING_THEN_TIME.exec(line) ?? TIME_THEN_HEADING.exec(line))?.groups;
  if (dated) {
    const { word = '', time = '' } = dated;
    const meant = nearest(word.trim(), context.vocabulary);
    if (!meant) return undefined;
    const parsed = parseTime(time, context.zone);
    return headingLine(meant, 'instant' in parsed ? time : (parsed.problem.expected ?? TIME_FORM), id);
  }
  const bare = HASHES_AND_WORD.exec(line)?.groups;
  if (!bare?.['hashes']) return undefined;
  const glued = /^\s*#+[^#\s]/.test(line);
  const word =
    wordOf(bare['word'] ?? '', context.vocabulary) ??
    (glued ? nearest(bare['word'] ?? '', context.vocabulary) : undefined);
  return word && headingLine(word, formatTime(Math.floor(context.now / 60_000) * 60_000));
}

/** A list item that is a label and a time, with nothing between or behind. */
const BARE_LABEL = new RegExp(
  String.raw`^\s*(?:[-*+]|\d+[.)])\s+(?<label>next update|expected fix|ended|postmortem by|edited)\s+(?<value>(?:\d{4}-\d{2}-\d{2}[T ])?\d{1,2}:\d{2}(?:\s*(?:UTC|Z|[+-]\d{2}:\d{2}))?)\s*$`,
  'i',
);

/** A label, although “Postmortem” and a time make a heading too: the list item tells them apart. */
const PROMISED_POSTMORTEM = /^\s*(?:[-*+]|\d+[.)])\s+\*\*post-?mortem(?:\*\*:|:\*\*)/i;

function nearlyLabelLine(line: string): { name: LabelName; value: string } | undefined {
  const bare = BARE_LABEL.exec(line)?.groups;
  const bareName = bare && labelOf(bare['label'] ?? '');
  if (bareName) return { name: bareName, value: bare['value'] ?? '' };
  const { item, bold = '', close = '', end = '', label = '', value: rest = '' } = LABEL.exec(line)?.groups ?? {};
  if (end && !bold) return undefined;
  const strong = bold.length > 1 || close.length > 1;
  const name = nearlyLabel(label, strong);
  const value = rest.replace(/[*_\s]+$/, '');
  if (!name) return undefined;
  const meant = DATA[name].test(value) && (name !== 'areas' || strong || item !== undefined);
  return meant || (strong && !end) ? { name, value } : undefined;
}

/** Lines, counted from 1 in the body, that are code between fences, or HTML. */
function literalLines(body: MarkdownBody): Set<number> {
  const lines = new Set<number>();
  walk(body.tree, (node) => {
    if ((node.type !== 'html' && node.type !== 'code') || !node.position) return;
    const { start, end } = node.position;
    const opening = (body.lines[start.line - 1] ?? '').slice(start.column - 1);
    if (node.type === 'code' && !/^(`{3}|~{3})/.test(opening)) return;
    for (let line = start.line; line <= end.line; line += 1) lines.add(line);
  });
  return lines;
}
