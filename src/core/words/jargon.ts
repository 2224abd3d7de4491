import type { Finding } from './sentences.ts';
import { glob } from './glob.ts';

/** The owner's list, made ready once for all texts. */
export interface Jargon {
  /** All words and terms in one; none when the list has none. */
  terms: RegExp | undefined;
  /** Names with `*`: host names most often. */
  patterns: readonly string[];
  /** Terms that were listed with a capital, in small letters: they are meant as the names that they are. */
  names: ReadonlySet<string>;
}

/** A name such as `db-prod-03.internal` or a word: no space in it. */
const NAME = /[\p{L}\p{N}](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}])?/gu;

/** An address; what stands in it was not written for its words. */
const ADDRESS = /\S+/g;

/** What customers see on their own screen is quoted, and right to quote. */
const QUOTED = /["“][^"“”\n]{1,200}["”]/g;

/**
 * Reads `warnings.jargon` of site.yml. An entry is a word ("failover"), a term of several ("control plane") or a name with `*`
 * ("db-*", "*.internal").
 */
export function jargonOf(list: readonly string[]): Jargon {
  const written = list.map((entry) => entry.trim()).filter((entry) => entry !== '');
  const entries = written.map((entry) => entry.toLowerCase());
  const terms = entries.filter((entry) => !entry.includes('*'));
  return {
    terms: terms.length > 0 ? wholeWords(terms) : undefined,
    patterns: entries.filter((entry) => /[^*]/.test(entry) && entry.includes('*')),
    names: new Set(written.filter((entry) => /\p{Lu}/u.test(entry)).map((entry) => entry.toLowerCase())),
  };
}

/**
 * The first word of an update, or of a title, that the owner calls jargon; from the issue "A second pair of eyes on
 * the words". Whole words, whatever their case, in the singular or the plural. What is quoted, what is part of an address,
 * what is part of a longer name (`16.2.0-canary.28`) or of a
 * component's, and a word with a capital in the middle of a sentence that is listed without one, are left alone:
 * customers know these.
 * @param text what customers read, without labels
 */
export function jargon(
  text: string,
  { terms, patterns, names }: Jargon,
  components: readonly string[] = [],
): Finding | undefined {
  if (!terms && patterns.length === 0) return undefined;
  const read = components.reduce(
    blankOut,
    blank(blank(text, QUOTED), ADDRESS, (word) => /:\/\/|@/.test(word)),
  );
  const found: Finding[] = [];
  const term =
    terms &&
    [...read.matchAll(terms)].find(
      ({ 0: word, index }) => names.has(word.toLowerCase()) || !isProperName(read, word, index),
    );
  if (term) found.push({ phrase: text.slice(term.index, term.index + term[0].length), offset: term.index });
  if (patterns.length > 0) {
    for (const { 0: name, index } of read.matchAll(NAME)) {
      if (!patterns.some((pattern) => glob(pattern, name.toLowerCase()))) continue;
      found.push({ phrase: text.slice(index, index + name.length), offset: index });
      break;
    }
  }
  return found.sort((a, b) => a.offset - b.offset)[0];
}

function wholeWords(terms: readonly string[]): RegExp {
  const longestFirst = [...terms].sort((a, b) => b.length - a.length);
  const written = longestFirst.map((term) =>
    term
      .split(/\s+/)
      .map((word) => RegExp.escape(word))
      .join('\\s+'),
  );
  const parted = '[\\p{L}\\p{N}_]';
  return new RegExp(`(?<!${parted}[./-]?)(?:${written.join('|')})(?:e?s)?(?![./-]?${parted})`, 'giu');
}

/** "Use Instant Rollback": with one capital in the middle of a sentence, a word is the name of something that customers know. */
function isProperName(text: string, word: string, index: number): boolean {
  return /^\p{Lu}\p{Ll}/u.test(word) && /[\p{L}\p{N},] $/u.test(text.slice(Math.max(0, index - 2), index));
}

/** The text with the name of a component made blank, as long as before. */
function blankOut(text: string, name: string): string {
  return name.trim() === '' ? text : text.replaceAll(name, ' '.repeat(name.length));
}

function blank(text: string, what: RegExp, when: (found: string) => boolean = () => true): string {
  return text.replace(what, (found) => (when(found) ? ' '.repeat(found.length) : found));
}
