import { distance } from 'fastest-levenshtein';
import { INCIDENT_WORDS, MAINTENANCE_WORDS } from '../../../src/core/vocabulary.ts';

const LABELS = ['next update', 'components', 'expected fix', 'ended', 'postmortem by', 'areas', 'edited'];
const STATUS_WORDS = [...new Set<string>([...INCIDENT_WORDS, ...MAINTENANCE_WORDS])].map((word) =>
  word.replace('_', ' '),
);

const LABEL = /^(?<lead>[^\p{L}\p{N}]*)(?<words>\p{L}[\p{L} ]{1,24}?)[\s*_]*[:：]/u;
const STATUS_THEN_TIME =
  /^(?<lead>[^\p{L}\p{N}]*)(?<word>\p{L}[\p{L} _-]{1,24}?)(?<between>[^\p{L}\p{N}]*|\s+at\s+[^\p{L}\p{N}]*)\d/u;
const TIME_THEN_STATUS =
  /^(?<lead>[^\p{L}\p{N}]*)\d{4}\D.*[·—–|:,-][\s*_]*(?<word>\p{L}[\p{L} ]{1,24}?)[^\p{L}\p{N}]*$/u;
const CONFLICT = /^\s*(?:<{7}|>{7}|\|{7})/;

/** Whether Candor would read these words as a label, or take them for a misspelt one. */
export function isNearlyLabel(words: string): boolean {
  return isNear(words, LABELS);
}

/**
 * The place in a line of text of one character that must not stand there plainly, because Candor would take
 * the line for a labelled line ("Next update: 10:00"), for an update's heading ("Resolved - 2026-11-20 …") or
 * for a mark of a merge conflict. Nothing for a line that is only text.
 */
export function lookalikeAt(line: string): number | undefined {
  if (CONFLICT.test(line)) return line.search(/\S/);
  const label = LABEL.exec(line);
  if (label && isNearlyLabel(label.groups?.['words'] ?? '')) return label[0].length - 1;
  const status = STATUS_THEN_TIME.exec(line)?.groups;
  if (status && isNear(status['word'] ?? '', STATUS_WORDS)) return signAfter(status);
  const timed = TIME_THEN_STATUS.exec(line)?.groups;
  if (timed && isNear(timed['word'] ?? '', STATUS_WORDS)) return (timed['lead'] ?? '').length;
  return undefined;
}

/** Whether a line of the body's own headings says a status and nothing else. */
export function isStatusAlone(line: string): boolean {
  return isNear(line.replace(/[^\p{L} ]/gu, ''), STATUS_WORDS);
}

/** The sign that parts status and time, else the status's first letter. */
function signAfter({ lead = '', word = '', between = '' }: Record<string, string>): number {
  const sign = between.search(/[^\s\p{L}*_]/u);
  return sign === -1 ? lead.length : lead.length + word.length + sign;
}

/** A little more generous than the reader, which lets a third of the letters differ. */
function isNear(text: string, known: readonly string[]): boolean {
  const written = text
    .trim()
    .replace(/[\s_-]+/g, ' ')
    .toLowerCase();
  return known.some((word) => distance(written, word) <= Math.ceil(word.length / 3));
}
