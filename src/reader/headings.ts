import type { Heading } from 'mdast';
import type { Instant } from '../core/model.ts';
import type { TimeResult } from '../core/time-text.ts';
import { formatTime, parseTime, TIME_FORM } from '../core/time-text.ts';
import type { MarkdownBody } from './markdown.ts';
import { positionOf, visibleText } from './markdown.ts';
import { splitPinnedId } from './pinned-id.ts';
import type { Report } from './rules.ts';
import { headingWord, wordOf } from './status-words.ts';
import type { Vocabulary } from './status-words.ts';
import { didYouMean, nearest } from './suggest.ts';

/** A valid heading of an update. */
export interface UpdateHeading {
  word: string;
  at: Instant;
  /** The id that is pinned behind it. */
  pinned?: string;
}

/** What headings are read against: the words of this kind of file, the site's zone, and now for examples. */
export interface HeadingContext {
  vocabulary: Vocabulary;
  zone: string;
  now: Instant;
  /** Whether the examples hold the clock at an instant of theirs. */
  frozen: boolean;
}

const FORM = /^(?<word>.+?)\s*(?:[·—–|]|\s-\s?|(?<=\p{L})-(?=\d))\s*(?<time>\d.*)$/u;

/** A word and a time however they are parted, for the line to write instead. */
const NEARLY = /^(?<word>[\p{L} ]+?)[^\p{L}\d]*(?<time>\d.*)$/u;

/** The heading to write for a word and a time, and the id that the update keeps. */
export function headingLine(word: string, time: string, pinned?: string): string {
  return `## ${headingWord(word)} · ${time}${pinned === undefined ? '' : ` {#${pinned}}`}`;
}

/** What a heading says, or was probably meant to say. */
export interface WrittenHeading {
  written: string;
  /** The status, if it is one of those there are. */
  word: string | undefined;
  /** The text of the time, if there is one, and what it is read as. */
  time: string | undefined;
  parsed: TimeResult | undefined;
  /** Whether the two stand in the form that is read. */
  isFormed: boolean;
}

/** Separates the text of a heading into a status and a time, whether or not they can be read. */
export function parseHeading(text: string, { vocabulary, zone }: HeadingContext): WrittenHeading {
  const formed = FORM.exec(text)?.groups;
  const { word: written = text, time } = formed ?? NEARLY.exec(text)?.groups ?? {};
  const parsed = time === undefined ? undefined : parseTime(time, zone);
  return { written, word: wordOf(written, vocabulary), time, parsed, isFormed: formed !== undefined };
}

/** Reads a second-level heading as `STATUS · TIME`; reports why it is none. */
export function readHeading(
  heading: Heading,
  body: MarkdownBody,
  context: HeadingContext,
  report: Report,
): UpdateHeading | undefined {
  const position = positionOf(heading, body);
  const source = body.lines[position.line - body.firstLine] ?? '';
  const { text, id: pinned, problem } = splitPinnedId(visibleText(heading).trim());
  const { written, word, time, parsed, isFormed } = parseHeading(text, context);
  const meant = word ?? nearest(written, context.vocabulary) ?? context.vocabulary[0] ?? '';
  const example = formatTime(Math.floor(context.now / 60_000) * 60_000);
  const timeToWrite = !parsed ? example : 'instant' in parsed ? time : parsed.problem.expected;
  const expected = headingLine(meant, timeToWrite ?? TIME_FORM, pinned);

  if (!/^[>\s]*(?:[-*+]\s+|\d+[.)]\s+)*#/.test(source)) {
    const reason = word
      ? 'The dashes below this line make it a heading, but not of an update.'
      : 'The dashes below this line make it a heading. Put an empty line between the two.';
    report('heading-dashes', position, reason, word ? expected : `${source.trimEnd()}\n\n---`);
  } else if (!word) {
    const reason = `Second-level headings begin an update, and “${written}” is no status.${didYouMean(written, context.vocabulary.map(headingWord))}`;
    report('heading-status', position, reason, expected);
  } else if (heading.children.some(({ type }) => type !== 'text' && type !== 'html')) {
    report('heading-form', position, 'The heading of an update is plain text, without bold, links or code.', expected);
  } else if (!parsed || (!isFormed && 'instant' in parsed)) {
    report(
      'heading-form',
      position,
      'The heading of an update says a status and a time, parted by a middle dot.',
      expected,
    );
  } else if ('problem' in parsed) {
    const column = Math.max(source.indexOf(time ?? ''), 0) + 1;
    report(parsed.problem.ruleId, { line: position.line, column }, parsed.problem.reason, expected);
  } else if (problem !== undefined) {
    report('heading-id', position, problem, expected);
  } else {
    return { word, at: parsed.instant, ...(pinned !== undefined && { pinned }) };
  }
  return undefined;
}
