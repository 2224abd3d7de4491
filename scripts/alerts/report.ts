import type { Alert } from '../../src/core/alerts/rule.ts';
import { formatTime } from '../../src/core/time-text.ts';
import { headingWord } from '../../src/reader/events/headings.ts';
import { printable } from '../../src/core/printable.ts';
import { CommandError } from '../lib/errors.ts';
import type { Sorted } from './sort.ts';
import type { Applied, Said } from './apply.ts';
import type { PushResult } from '../lib/commit-and-push.ts';
import { counted } from '../lib/text.ts';

/** The result for one rule. */
export interface RuleOutcome extends Pick<Applied, 'said' | 'next' | 'failure'> {
  rule: string;
  /** Written files below the content folder, if it is the store. */
  files?: readonly string[];
  /** Whether the rule requires a review before the commit, if the content folder is the store. */
  review?: boolean;
  /** How it was pushed, if GitHub is the store. */
  result?: PushResult;
  /** A pull request was closed because it is out of date. */
  closed?: true;
}

/** A rule whose messages could not be applied, and the reason. */
export interface RuleFailure {
  rule: string;
  error: CommandError;
}

const LONGEST_NAME = 300;

/** One line for each alert: what was received, and the rule that takes it. */
export function sortedLines(
  source: string,
  notes: readonly string[],
  { messages, ignored, unmatched }: Sorted,
): string[] {
  const taken = [...messages].map(([rule, list]) => `${counted(list.length, 'alert')} for the rule ${rule}.`);
  return [
    `From ${source}:`,
    ...taken,
    ...notes,
    ...ignored.map((alert) => `Ignored by a rule: ${nameOf(alert)}.`),
    ...unmatched.map(({ alert, reason }) => `Not published: ${nameOf(alert)}. ${reason}`),
  ];
}

/** The lines about one rule. */
export function outcomeLines({
  rule,
  said,
  result = { how: 'nothing' },
  next,
  closed,
  failure,
}: RuleOutcome): string[] {
  const words = said.flatMap((one) => [`${rule}: ${saidText(one)}`, ...hintLines(rule, one)]);
  const way = {
    nothing: said.length > 0 ? `${rule}: Already under review.` : `${rule}: Nothing new for customers.`,
    pushed: said.length > 0 ? `${rule}: Published.` : `${rule}: Recorded; there is nothing to publish.`,
    kept: `${rule}: Added to the open pull request.`,
    review: `${rule}: Opened a pull request for review.`,
  }[result.how];
  return [
    ...words,
    result.how === 'review' ? `${way} ${result.url}${result.why === undefined ? '' : ` ${result.why}`}` : way,
    ...(closed ? [`${rule}: Closed the pull request, because its update is no longer needed.`] : []),
    ...nextLines(rule, next),
    ...(failure ? failureLines({ rule, error: failure }) : []),
  ];
}

/** The lines about one rule in the content folder, with the lines added to its file. */
export function localLines({ rule, said, files = [], review, next, failure }: RuleOutcome): string[] {
  return [
    ...said.flatMap((one) => [
      '',
      `${rule}: ${saidText(one)}`,
      '',
      one.lines.trimEnd().replace(/^/gm, '  + '),
      '',
      ...hintLines(rule, one),
    ]),
    ...(said.length === 0 && next === undefined
      ? [`${rule}: ${files.length > 0 ? 'Recorded; there is nothing to publish.' : 'Nothing new for customers.'}`]
      : []),
    ...(review ? [`${rule}: The rule asks for a review before this is published.`] : []),
    ...nextLines(rule, next),
    ...(failure ? failureLines({ rule, error: failure }) : []),
  ];
}

/** Why the messages of a rule could not be applied, with problems in files. */
export function failureLines({ rule, error }: RuleFailure): string[] {
  const wrong = error instanceof CommandError ? error.diagnostics : [];
  return [
    `${rule}: ${error.message}`,
    ...wrong.map(({ file, line, reason }) => `  content/${file}, line ${line}: ${reason}`),
  ];
}

/** When a rule is looked at again. */
function nextLines(rule: string, next: number | undefined): string[] {
  return next === undefined ? [] : [`${rule}: Waiting until ${formatTime(Math.ceil(next / 60_000) * 60_000)}.`];
}

function hintLines(rule: string, { hints = [] }: Said): string[] {
  return hints.map((hint) => `${rule}: ${hint}`);
}

/** One message to customers, in one line. */
function saidText({ word, title, path }: Said): string {
  return `${headingWord(word)}: ${title} (${path})`;
}

/** The name of an alert. It is untrusted, so it is short, on one line and without control characters. */
function nameOf(alert: Alert): string {
  const { source, name, severity, state } = alert;
  const labels = Object.entries(alert.labels).map(([key, value]) => `${key}=${value}`);
  const named = `“${name}” from ${source}${severity === undefined ? '' : `, ${severity}`}, ${state}`;
  const text = labels.length === 0 ? named : `${named}, with ${labels.join(', ')}`;
  return printable(text).replace(/\s+/g, ' ').slice(0, LONGEST_NAME);
}
