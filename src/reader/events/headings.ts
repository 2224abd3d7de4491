import type { Instant } from '../../core/days.ts';
import { CLOCKS_DIFFER } from '../../core/limits.ts';
import type { LabelledLine } from './labels.ts';
import type { Heading } from 'mdast';
import type { Body } from '../../core/model.ts';
import { formatTimeIn, minuteOf, suggestTime } from '../../core/human-time.ts';
import type { TimeResult } from '../../core/time-text.ts';
import { parseTime } from '../../core/time-text.ts';
import type { MarkdownBody } from '../markdown/markdown.ts';
import { positionOf, visibleText, withoutInvisible } from '../markdown/markdown.ts';
import type { Report, RuleId, Suggestion, Position } from '../rules.ts';
import { didYouMean, nearest } from '../rules.ts';
import { INCIDENT_WORDS, MAINTENANCE_WORDS } from '../../core/vocabulary.ts';

/** The keywords for headings of a kind of file. */
type Vocabulary = readonly string[];

export const VOCABULARIES = { incident: INCIDENT_WORDS, maintenance: MAINTENANCE_WORDS } as const;

/** Writes a keyword for a heading: `in_progress` becomes `In progress`. */
export function headingWord(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).replaceAll('_', ' ');
}

/** Other names for a status. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  investigating: [
    'open',
    'opened',
    'new',
    'acknowledged',
    'reported',
    'looking into it',
    'investigation',
    'reopened',
    're-opened',
    'down',
    'outage',
    'ongoing',
  ],
  identified: ['found', 'cause found', 'in progress', 'fixing', 'working on it'],
  monitoring: ['mitigated', 'watching', 'observing', 'fix applied', 'recovering'],
  resolved: ['fixed', 'solved', 'closed', 'done', 'over', 'recovered', 'restored', 'completed', 'ok'],
  postmortem: ['post mortem', 'post-mortem', 'root cause', 'rca', 'retrospective'],
  scheduled: ['planned', 'announced'],
  in_progress: ['started', 'begun', 'ongoing', 'running'],
  verifying: ['testing', 'checking', 'monitoring'],
  completed: ['done', 'finished', 'complete', 'resolved', 'over'],
  cancelled: ['called off', 'aborted'],
};

/** The status that was probably meant: one spelt similarly, or with the same meaning. */
export function suggestWord(text: string, vocabulary: Vocabulary): string | undefined {
  const written = text.trim().toLowerCase().replace(/\s+/g, ' ');
  const synonym = vocabulary.find((word) => SYNONYMS[word]?.includes(written));
  return wordOf(text, vocabulary) ?? synonym ?? nearest(written.replaceAll(' ', '_'), vocabulary);
}

/** The keyword of a text. Upper and lower case are the same. */
export function wordOf(text: string, vocabulary: Vocabulary): string | undefined {
  const word = text.trim().toLowerCase().replace(/\s+/g, '_');
  return vocabulary.includes(word) ? word : undefined;
}

/** The heading of an update. */
interface UpdateHeading {
  word: string;
  at: Instant;
  /** The id that is pinned at its end. */
  pinned?: string;
  /** The heading has a reported error; status and time are a guess. */
  isGuess?: true;
}

/** The context for reading headings: the keywords, the site's time zone, and the current time for examples. */
export interface HeadingContext {
  vocabulary: Vocabulary;
  zone: string;
  siteZone: string;
  /** The zone of the file's other times. */
  spoken?: string | undefined;
  now: Instant;
  /** The day that the name of an incident’s file begins with. */
  fileDay?: Instant | undefined;
  /** Whether the example freezes the clock. */
  frozen: boolean;
}

const FORM = /^(?<word>.+?)\s*(?:[·—–‒―−|]|\s-\s?|(?<=\p{L})-(?=\d))\s*(?<time>\d.*)$/u;

/** A word and a time however they are separated, for the line to write instead. */
const NEARLY = /^(?<word>[\p{L} ]+?)(?:[^\p{L}\d]*(?=\d)|\s*[^\p{L}\d\s]+\s*|\s+at\s+)(?<time>.+?)[)\s]*$/u;
const TIME_FIRST =
  /^[[(]?(?<time>\d.*\d(?:\s*(?:UTC|Z|[+-][\d:]+))?)[\])]?\s*[·—–‒―−|:,-]+\s*(?<word>\p{L}[\p{L} ]*)$/iu;

/** The heading to write for a word and a time, and the id that the update keeps. */
export function headingLine(word: string, time: string, pinned?: string): string {
  return `## ${headingWord(word)} · ${time}${pinned === undefined ? '' : ` {#${pinned}}`}`;
}

/** A parsed heading. */
interface WrittenHeading {
  written: string;
  /** The status, if it is a valid one. */
  word: string | undefined;
  /** The text of the time, if there is one, and what it is read as. */
  time: string | undefined;
  parsed: TimeResult | undefined;
  /** Whether both have the form `STATUS · TIME`. */
  isFormed: boolean;
}

/** Splits a heading into a status and a time, even if they are invalid. */
export function parseHeading(text: string, { vocabulary, zone }: HeadingContext): WrittenHeading {
  const formed = FORM.exec(text)?.groups;
  const { word: written = text, time } = formed ?? NEARLY.exec(text)?.groups ?? TIME_FIRST.exec(text)?.groups ?? {};
  const parsed = time === undefined ? undefined : parseTime(time, zone);
  return { written, word: wordOf(written, vocabulary), time, parsed, isFormed: formed !== undefined };
}

/** Corrects the form of a time in a heading. Undefined if its meaning is unclear. */
export function headingTime(written: string, { zone, spoken, now }: HeadingContext): string | undefined {
  const exact = parseTime(written, zone);
  const time = 'instant' in exact ? written : suggestTime(written, { now, direction: 'before', zone, spoken });
  const instant = time === undefined ? undefined : instantOf(time);
  return instant === undefined || instant > now + CLOCKS_DIFFER ? undefined : time;
}

/** The current minute, in the file's zone. */
export function timeNow({ now, spoken = 'UTC' }: HeadingContext): string {
  return formatTimeIn(minuteOf(now), spoken);
}

/** Reads a second-level heading as `STATUS · TIME`. Reports what is wrong with it. */
export function readHeading(
  heading: Heading,
  body: MarkdownBody,
  context: HeadingContext,
  report: Report,
): UpdateHeading | undefined {
  const position = positionOf(heading, body);
  const source = body.lines[position.line - body.firstLine] ?? '';
  const { text, id: pinned, problem } = splitPinnedId(withoutInvisible(visibleText(heading)).trim());
  const { written, word, time, parsed, isFormed } = parseHeading(text, context);
  const meant = suggestWord(written, context.vocabulary);
  const timeToWrite = time === undefined ? timeNow(context) : headingTime(time, context);
  const expected =
    meant === undefined || timeToWrite === undefined ? undefined : headingLine(meant, timeToWrite, pinned);
  const example = meant === undefined ? undefined : { example: headingLine(meant, timeNow(context)) };
  const refuse = (
    ruleId: RuleId,
    reason: string,
    suggestion: Suggestion | undefined = expected ?? example,
    column?: number,
  ) => {
    report(ruleId, column === undefined ? position : { ...position, column }, reason, suggestion);
    const at = expected === undefined || timeToWrite === undefined ? undefined : instantOf(timeToWrite);
    return at === undefined || meant === undefined
      ? undefined
      : { word: meant, at, isGuess: true as const, ...(pinned !== undefined && { pinned }) };
  };

  if (!/^[>\s]*(?:[-*+]\s+|\d+[.)]\s+)*#/.test(source)) {
    const endLine = (heading.position?.end.line ?? 1) + body.firstLine - 1;
    const lines = body.lines.slice(position.line - body.firstLine, endLine - body.firstLine);
    if (word) {
      const suggestion = expected === undefined ? undefined : { text: expected, endLine };
      return refuse(
        'heading-dashes',
        'The dashes below this line make it a heading, but not an update heading.',
        suggestion,
      );
    }
    const reason = 'The dashes below this line make it a heading. Add an empty line above the dashes.';
    report('heading-dashes', position, reason, { text: `${lines.join('\n').trimEnd()}\n\n---`, endLine });
    return undefined;
  }
  if (!word) {
    const reason = `A second-level heading starts an update, but “${written}” is not a status.`;
    if (time === undefined && !meant) {
      const deeper = /^ {0,3}##(?=\s)/.test(source) ? source.replace('##', '###') : undefined;
      report('heading-status', position, `${reason} For a heading inside an update, use ###.`, deeper);
      return undefined;
    }
    const known = meant
      ? ` Did you mean “${headingWord(meant)}”?`
      : didYouMean('', context.vocabulary.map(headingWord));
    return refuse('heading-status', reason + known);
  }
  if (heading.children.some(({ type }) => type !== 'text' && type !== 'html')) {
    return refuse('heading-form', 'An update heading must be plain text, without bold, links or code.');
  }
  if (parsed && 'problem' in parsed) {
    const column = Math.max(source.indexOf(time ?? ''), 0) + 1;
    return refuse(parsed.problem.ruleId, parsed.problem.reason, undefined, column);
  }
  if (!parsed || !isFormed) {
    return refuse('heading-form', 'An update heading must be a status and a time, separated by a middle dot.');
  }
  if (problem !== undefined) return refuse('heading-id', problem);
  return { word, at: parsed.instant, ...(pinned !== undefined && { pinned }) };
}

function instantOf(time: string): Instant | undefined {
  const parsed = parseTime(time, 'UTC');
  return 'instant' in parsed ? parsed.instant : undefined;
}

/** An update's id, with a number for further updates at the same instant. */
const ID = /^u-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(-([2-9]|[1-9]\d+))?$/;

/** The start of an id: a brace or something similar, because a status and a time have none. */
const BEGINNING = /\{|[#([]{0,2}u-?\d{8}T?\d{6}/i;

const STAMP = /(?<day>\d{8})T?(?<time>\d{6})Z?(?<number>-\d+)?/i;

/** A heading's text without its pinned id. */
interface SplitHeading {
  text: string;
  id?: string;
  /** What is wrong with the id. Then `id` is what was probably meant. */
  problem?: string;
}

/** Splits `Resolved · 2026-11-20 11:04 UTC {#u-20261120T110200Z}` into text and id. */
export function splitPinnedId(heading: string): SplitHeading {
  const start = heading.search(BEGINNING);
  if (start < 0) return { text: heading };
  const text = heading.slice(0, start).trimEnd();
  const written = heading.slice(start);
  const id = /^\{#([^\s{}]+)\}$/.exec(written)?.[1];
  if (id !== undefined && isUpdateId(id)) return { text, id };
  const { day, time, number = '' } = STAMP.exec(written)?.groups ?? {};
  const meant = day && time ? `u-${day}T${time}Z${number}` : '';
  const reserved = /-(started|ended)\b/.test(written);
  return {
    text,
    ...(isUpdateId(meant) && !reserved && { id: meant }),
    problem: reserved
      ? `“${written}” is reserved for maintenance that starts or ends automatically. Delete it.`
      : `“${written}” is not a valid update id. Use the form {#u-20261120T110200Z}.`,
  };
}

/** Whether a text is an id that an update can have: of a time that exists. */
function isUpdateId(text: string): boolean {
  const [, year, month, day, hour, minute, second] = ID.exec(text) ?? [];
  if (year === undefined) return false;
  const written = `${year}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}.000Z`;
  const date = new Date(written);
  return !Number.isNaN(date.getTime()) && date.toISOString() === written;
}

/** An update in a file, before its labelled lines are read. */
export interface Section {
  word: string;
  at: Instant;
  /** The id that is pinned in its heading. */
  pinned?: string;
  body: Body;
  labels: readonly LabelledLine[];
  position: Position;
  /** Its heading has an error; word and time are what was probably meant. */
  isGuess?: true;
}
