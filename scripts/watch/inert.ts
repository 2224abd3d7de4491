const MENTION = /^@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\/[A-Za-z0-9._-]+)?$/;
/** Control characters, and those that turn the direction of the text around them. */
const STEERING = /[\u0000-\u001F\u007F-\u009F\u200B\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]+/g;
const WORD_JOINER = '\u2060';

/** Text on one line, without what could steer its reader. */
export function oneLine(text: string): string {
  return text.replace(STEERING, ' ').replace(/\s+/g, ' ').trim();
}

/**
 * Text of an incident within Markdown on GitHub: in a code span it calls nobody, links nothing and marks nothing up.
 * @see https://spec.commonmark.org/0.31.2/#code-spans
 */
export function inert(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = line === '' || /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** Text of an incident in the title of an issue, where Markdown is not read; no longer than `most` characters. */
export function inTitle(text: string, most: number): string {
  const letters = [...oneLine(text)];
  const short = letters.length <= most ? letters : [...letters.slice(0, most - 1), '…'];
  return short.join('').replace(/@(?=\w)/g, `@${WORD_JOINER}`);
}

/** Somebody to be told: called by name if GitHub can, else shown. */
export function called(name: string): string {
  return MENTION.test(name) ? name : inert(name);
}
