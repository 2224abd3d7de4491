import { formatTime, parseTime } from '../core/time-text.ts';
import type { HeadingContext } from './headings.ts';
import { headingLine } from './headings.ts';
import { labelLine, LABELS, nearlyLabel } from './label-names.ts';
import type { MarkdownBody } from './markdown.ts';
import { walk } from './markdown.ts';
import type { Report } from './rules.ts';
import { wordOf } from './status-words.ts';
import { nearest } from './suggest.ts';

const LEAD = String.raw`^[>\s]*(?:[-*+]\s+|\d+[.)]\s+)?(?<hashes>#{0,6})\s*(?<bold>[*_]*)\s*`;
const HEADING_THEN_TIME = new RegExp(
  String.raw`${LEAD}(?<word>\p{L}[\p{L} ]{2,20}?)[*_]*\s*(?:[·—–|:,(-]|\bat\b)?\s*[*_]*\s*(?<time>\d{4}-\d.{4,30}?)[)*_#\s]*$`,
  'u',
);
const TIME_THEN_HEADING = new RegExp(
  String.raw`${LEAD}(?<time>\d{4}-\d.{4,30}?)\s*[·—–|:,-]+\s*[*_]*(?<word>\p{L}[\p{L} ]{2,20}?)[*_#\s]*$`,
  'u',
);
const HASHES_AND_WORD = new RegExp(String.raw`${LEAD}(?<word>\p{L}[\p{L} ]{2,20}?)[*_\s]*#*\s*$`, 'u');
const LABEL = new RegExp(
  String.raw`${LEAD}(?<label>\p{L}[\p{L} ]{2,20}?)\s*(?:(?<close>[*_]*)\s*[:：]|(?<=\p{L})(?<end>[*_]+)\s)\s*[*_]*\s*(?<value>.*)$`,
  'u',
);

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
  body.lines.forEach((line, index) => {
    const number = index + body.firstLine;
    if (taken.has(number) || literal.has(index + 1)) return;
    const position = { line: number, column: line.search(/\S/) + 1 };
    const heading = nearlyHeading(line, context);
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

function nearlyHeading(line: string, context: HeadingContext): string | undefined {
  const dated = (HEADING_THEN_TIME.exec(line) ?? TIME_THEN_HEADING.exec(line))?.groups;
  if (dated) {
    const { word = '', time = '' } = dated;
    const meant = nearest(word.trim(), context.vocabulary);
    if (!meant) return undefined;
    const parsed = parseTime(time, context.zone);
    return headingLine(meant, 'instant' in parsed ? time : (parsed.problem.expected ?? formatTime(context.now)));
  }
  const bare = HASHES_AND_WORD.exec(line)?.groups;
  if (!bare?.['hashes']) return undefined;
  const glued = /^[>\s]*#+[^#\s]/.test(line);
  const word =
    wordOf(bare['word'] ?? '', context.vocabulary) ??
    (glued ? nearest(bare['word'] ?? '', context.vocabulary) : undefined);
  return word && headingLine(word, formatTime(Math.floor(context.now / 60_000) * 60_000));
}

function nearlyLabelLine(line: string): { name: keyof typeof LABELS; value: string } | undefined {
  const { bold = '', close = '', end = '', label = '', value = '' } = LABEL.exec(line)?.groups ?? {};
  if (end && !bold) return undefined;
  const name = nearlyLabel(label, bold.length > 1 || close.length > 1);
  return name && { name, value: value.replace(/[*_\s]+$/, '') };
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
