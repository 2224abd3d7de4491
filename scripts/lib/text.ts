const RULES = new Intl.PluralRules('en');

/** The form of a word or phrase that fits a number. */
export function plural(count: number, one: string, other = `${one}s`): string {
  return RULES.select(count) === 'one' ? one : other;
}

/** A number with its noun: `1 file`, `2 files`. */
export function counted(count: number, one: string, other?: string): string {
  return `${count} ${plural(count, one, other)}`;
}

/** C0 and C1 controls but tab and newline; U+FEFF; the two noncharacters that XML forbids. */
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFEFF\uFFFE\uFFFF]/g;

/** Text with `\n` as its only line end, without control characters and lone surrogates. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(FORBIDDEN, '');
}

/** The same as one line: white space drawn together and trimmed. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}
