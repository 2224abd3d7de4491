import type { Alert } from '../../src/core/alerts/alert.ts';
import { ALERT_FIELDS, fieldBlank, labelBlank } from '../../src/core/alerts/fields.ts';
import { INCIDENT_WORDS } from '../../src/core/vocabulary.ts';
import { nearlyLabel } from '../../src/reader/label-names.ts';
import { wordOf } from '../../src/reader/status-words.ts';

/** What does not fit is cut: nobody reads more than this of what a machine says. */
const LONGEST = 300;
/** A cut address leads nowhere, so that a longer one is left out. */
const LONGEST_LINK = 1000;
/** Control characters, those that turn the direction of text, halves of characters, and what is no character. */
const NO_WORDS = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFF9-\uFFFB\uFFFE\uFFFF]/gu;
/** Nobody sees it, and no address goes across it. */
const WORD_JOINER = '\u2060';

/**
 * The named fields of an alert that a template may ask for, by the names of their blanks: Markdown that shows nothing but
 * words in one line, wherever in a text it stands but in HTML; and the link, if it is one. What the alert does not say has
 * no entry.
 */
export function fieldsOf(alert: Alert): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const put = (blank: string, text: string) => {
    if (text !== '' && !fields.has(blank)) fields.set(blank, text);
  };
  for (const field of ALERT_FIELDS) {
    put(fieldBlank(field), field === 'link' ? linkFrom(alert.link ?? '') : wordsFrom(alert[field] ?? ''));
  }
  // Templates count on it.
  put(fieldBlank('name'), wordsFrom(alert.source));
  for (const [label, text] of Object.entries(alert.labels)) put(labelBlank(label), wordsFrom(text));
  return fields;
}

/** A text as plain words. */
function wordsFrom(text: string): string {
  const line = text.replace(NO_WORDS, ' ').replace(/\s+/g, ' ').trim();
  const letters = [...line];
  const short = letters.length <= LONGEST ? line : `${letters.slice(0, LONGEST - 1).join('').trimEnd()}…`; // prettier-ignore
  const escaped = withoutAddresses(short)
    .replace(/[!-&(-+\--/:-@[-`{-~]/g, '\\$&')
    // A colon too, for whoever looks at labelled lines, and one that no backslash escapes.
    .replaceAll('：', '&#xFF1A;');
  return isData(short) ? escaped.replace(/^\p{L}/u, (first) => `&#${first.codePointAt(0)};`) : escaped;
}

/** An escaped address becomes a link all the same. */
function withoutAddresses(text: string): string {
  return text.replace(/:\/\/|@|\bwww(?=\.)/gi, `$&${WORD_JOINER}`);
}

/** Whether a line that begins with these words could be taken for one that the page reads as data. */
function isData(text: string): boolean {
  return nearlyLabel(text, true) !== undefined || wordOf(text, INCIDENT_WORDS) !== undefined;
}

/** An address that is safe wherever it stands: what means something in Markdown is encoded. */
function linkFrom(text: string): string {
  if (text.length > LONGEST_LINK || !URL.canParse(text)) return '';
  const { href, protocol, username, password } = new URL(text);
  // Somebody's password is nobody else's.
  if (!['http:', 'https:'].includes(protocol) || username !== '' || password !== '') return '';
  return href.replace(
    /[^A-Za-z0-9\-./:?#=&%+,@]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
