import type { Instant } from '../../core/days.ts';
import { parseTime } from '../../core/time-text.ts';
import type { HeadingContext } from './headings.ts';
import { headingLine, headingTime, timeNow, suggestWord, wordOf, splitPinnedId } from './headings.ts';
import type { LabelName } from '../../core/labels.ts';
import { LABELS } from '../../core/labels.ts';
import { labelLine, labelOf, labelTime, nearMissLabel } from './labels.ts';
import type { MarkdownBody } from '../markdown/markdown.ts';
import { walk, withoutInvisible } from '../markdown/markdown.ts';
import type { Report, Suggestion } from '../rules.ts';
import { nearest } from '../rules.ts';

/** Longer lines are prose. The expressions below take quadratic time or, with spaces, even more. */
const LONGEST = 1000;

const LEAD = String.raw`^\s*\\?(?<item>[-*+]\s+|\d+[.)]\s+)?(?<hashes>#{0,6})\s*(?<bold>[*_]*)\s*`;
const WORD = String.raw`(?<word>\p{L}[\p{L} ]{2,20}?)`;
/** A day, a time and perhaps a zone at the end of a line. */
const TIME = String.raw`(?<time>\d{4}-\d{1,2}-\d{1,2}[T ,]+\d{1,2}:\d{2}[^\s)]*(?:\s+[^\s)]{1,20})?)`;
const HEADING_THEN_TIME = new RegExp(
  String.raw`${LEAD}${WORD}[*_]*\s*(?:[·・—–|:,(-]|\bat\b)?\s*[*_]*\s*${TIME}[)*_#\s]*$`,
  'u',
);
/** With hashes or in bold, the time can have any form. */
const MARKED = new RegExp(
  String.raw`${LEAD}${WORD}[*_]*\s*(?:[·•—–‒―−|:,(-]|\bat\b|(?<=[\s*_])(?=\d{1,2}:\d|\d{4}-\d))\s*[*_]*\s*(?<time>.+?)[)*_#\s]*$`,
  'u',
);
const TIME_THEN_HEADING = new RegExp(String.raw`${LEAD}${TIME}\s*[·•—–‒―−|:,-]+\s*[*_]*${WORD}[*_#\s]*$`, 'u');
const OPEN_WORDS = ['investigating', 'identified', 'monitoring'];
/** A line below Resolved that says that the incident is open again, without a time. */
const OPEN_AGAIN = /^\s*(?:status\s*:\s*)?[*_]*investigating[*_]*\s*(?:[·•—–‒―−|:,-][*_]*(?:\s|$)|$)/i;
const EMOJI = /\p{Extended_Pictographic}\uFE0F?/gu;
const HASHES_AND_WORD = new RegExp(String.raw`${LEAD}${WORD}[*_\s]*#*\s*$`, 'u');
const LABEL = new RegExp(
  String.raw`${LEAD}(?<label>\p{L}[\p{L} ]{2,20}?)\s*(?:(?<close>[*_]*)\s*[:：]|(?<=\p{L})(?<end>[*_]+)\s)\s*[*_]*\s*(?<value>.*)$`,
  'u',
);
/** The beginning of a time or duration. */
const TIME_LIKE = /^\S*\d{1,2}:\d{2}|^\d{4}-\d|^(?:in |within |about )?\d+ ?(?:m|min|minutes?|h|hours?)\b/i;
/** The form of a value after a label that is not bold. Otherwise, the line is prose. */
const DATA: Readonly<Record<(typeof LABELS)[LabelName]['value'], RegExp>> = {
  instant: TIME_LIKE,
  window: /^\d{4}-\d/,
  statuses: /^[\w-]+\s*:\s*\p{L}/u,
  list: /^[^.]{1,60}$/,
};

/**
 * Reports lines that are almost a heading or a labelled line: they would be shown as text, and their promise or status
 * would be lost. Returns whether one of them is almost a heading.
 * @param taken lines of the file that are read as data, or reported already
 */
export function reportNearMisses(
  body: MarkdownBody,
  taken: ReadonlySet<number>,
  context: HeadingContext,
  report: Report,
): boolean {
  const literal = literalLines(body);
  let isBegun = false;
  let at = context.now;
  let isResolved = false;
  body.lines.forEach((source, index) => {
    const number = index + body.firstLine;
    if (literal.has(index + 1)) return;
    at = timeOfHeading(source) ?? at;
    if (/^ {0,3}##\s/.test(source)) isResolved = /^\s*##\s+resolved\b/i.test(source);
    if (taken.has(number)) return;
    const line = withoutInvisible(source.replace(EMOJI, '')).replace(/\s+/g, ' ');
    if (line.length > LONGEST) return;
    const position = { line: number, column: source.search(/\S/) + 1 };
    const heading = PROMISED_POSTMORTEM.test(line) ? undefined : nearlyHeading(line, { at, isResolved }, context);
    const label = heading ? undefined : nearlyLabelLine(line);
    if (heading) {
      isBegun = true;
      isResolved = heading.word === 'resolved';
      at = timeOfHeading(heading.line ?? '') ?? at;
      const reason = 'This line looks like an update heading but would be published as text.';
      // A line of dashes below it would make it a heading of another kind, or a rule.
      const hasDashes = /^\s{0,3}(-+|=+)\s*$/.test(body.lines[index + 1] ?? '');
      const example = { example: headingLine(heading.word, timeNow(context)) };
      const line = heading.line;
      const suggestion = line && hasDashes ? { text: line, endLine: number + 1 } : (line ?? example);
      report('heading-nearly', position, reason, suggestion);
    } else if (label) {
      const reason = `This line looks like the label “${LABELS[label.name].label}” but would be published as text.`;
      report(
        'label-nearly',
        position,
        reason,
        label.name === 'ended' && !isResolved ? undefined : labelSuggestion(label, at, index, body, context),
      );
    }
  });
  return isBegun;
}

/** The time of a line that is, or should be, the heading of an update. */
function timeOfHeading(source: string): Instant | undefined {
  const time = /^ {0,3}##\s.*?[^\p{L}\d](?<time>\d{4}-.*)$/u.exec(source)?.groups?.['time'];
  const parsed = time === undefined ? undefined : parseTime(time.trim(), 'UTC');
  return parsed && 'instant' in parsed ? parsed.instant : undefined;
}

/** The corrected labelled line. Undefined if its value is invalid too. */
function labelSuggestion(
  { name, value }: { name: LabelName; value: string },
  at: Instant,
  index: number,
  body: MarkdownBody,
  { zone, siteZone, now }: HeadingContext,
): Suggestion | undefined {
  const meant =
    name === 'components' || name === 'areas' || name === 'window'
      ? value
      : labelTime(name, value, at, { zone, siteZone, now });
  if (meant === undefined || meant === '') return { example: labelLine(name, '09:50 UTC') };
  const isText = (line: string | undefined) => /^\s*[^\s\-#]/.test(line ?? '');
  const [above, below] = [isText(body.lines[index - 1]) ? '\n' : '', isText(body.lines[index + 1]) ? '\n' : ''];
  return `${above}${labelLine(name, meant)}${below}`;
}

/** @param within the update that the line belongs to now */
function nearlyHeading(
  source: string,
  within: { at: Instant; isResolved: boolean },
  context: HeadingContext,
): { word: string; line?: string | undefined } | undefined {
  const { text: line, id } = splitPinnedId(source);
  const dated = (HEADING_THEN_TIME.exec(line) ?? TIME_THEN_HEADING.exec(line))?.groups;
  if (dated) {
    const { word = '', time = '' } = dated;
    const timeToWrite = headingTime(time, context);
    const meant = nearest(word.trim(), context.vocabulary) ?? reopening(word, timeToWrite, dated['hashes'], within);
    if (!meant) return undefined;
    return { word: meant, line: timeToWrite && headingLine(meant, timeToWrite, id) };
  }
  const marked = MARKED.exec(line)?.groups;
  const isMarked = marked?.['hashes'] || (marked?.['bold']?.length ?? 0) > 1;
  const word = isMarked ? wordOf(marked?.['word'] ?? '', context.vocabulary) : undefined;
  const timeToWrite = word && headingTime(marked?.['time'] ?? '', context);
  if (word && timeToWrite) return { word, line: headingLine(word, timeToWrite, id) };
  if (within.isResolved && OPEN_AGAIN.test(line))
    return { word: 'investigating', line: headingLine('investigating', timeNow(context)) };
  const bare = HASHES_AND_WORD.exec(line)?.groups;
  if (!bare?.['hashes']) return undefined;
  const glued = /^\s*#+[^#\s]/.test(line);
  const alone =
    wordOf(bare['word'] ?? '', context.vocabulary) ??
    (glued ? nearest(bare['word'] ?? '', context.vocabulary) : undefined);
  return alone ? { word: alone, line: headingLine(alone, timeNow(context)) } : undefined;
}

/**
 * The probable status of a dated line below Resolved without a known status. A time after Resolved must belong to a new
 * update. It is an open one if the word says so, or if the line is a heading.
 */
function reopening(
  word: string,
  time: string | undefined,
  hashes: string | undefined,
  { at, isResolved }: { at: Instant; isResolved: boolean },
): string | undefined {
  const parsed = time === undefined ? undefined : parseTime(time, 'UTC');
  const isLater = parsed !== undefined && 'instant' in parsed && parsed.instant > at;
  if (!isResolved || !isLater) return undefined;
  return suggestWord(word, OPEN_WORDS) ?? (hashes ? 'investigating' : undefined);
}

/** A list item with only a label and a time. */
const BARE_LABEL = new RegExp(
  String.raw`^\s*(?:[-*+]|\d+[.)])\s+(?<label>next update|expected fix|ended|postmortem by|edited)\s+(?<value>(?:\d{4}-\d{2}-\d{2}[T ])?\d{1,2}:\d{2}(?:\s*(?:UTC|Z|[+-]\d{2}:\d{2}))?)\s*$`,
  'i',
);

/** A label in a list item. Outside a list, “Postmortem” and a time are a heading. */
const PROMISED_POSTMORTEM = /^\s*(?:[-*+]|\d+[.)])\s+\*\*post-?mortem(?:\*\*:|:\*\*)/i;

function nearlyLabelLine(line: string): { name: LabelName; value: string } | undefined {
  const bare = BARE_LABEL.exec(line)?.groups;
  const bareName = bare && labelOf(bare['label'] ?? '');
  if (bareName) return { name: bareName, value: bare['value'] ?? '' };
  const { item, bold = '', close = '', end = '', label = '', value: rest = '' } = LABEL.exec(line)?.groups ?? {};
  if (end && !bold) return undefined;
  const strong = bold.length > 1 || close.length > 1;
  const name = nearMissLabel(label, strong);
  const value = rest.replace(/[*_\s]+$/, '');
  if (!name) return undefined;
  const meant = DATA[LABELS[name].value].test(value) && (name !== 'areas' || strong || item !== undefined);
  return meant || (strong && !end) ? { name, value } : undefined;
}

/** The numbers of lines in the body, counted from 1, that are fenced code or HTML. */
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
