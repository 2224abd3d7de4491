/** A word of a system's as the table has it: `ALERT_FAILURE` is `alert failure`. */
function plainWord(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
}

/** Whether a text is one of some words, separated by commas; one that ends in `*` stands for all that begin so. */
export function isOneOf(text: string | undefined, words: string | undefined): boolean {
  if (text === undefined || words === undefined) return false;
  const said = plainWord(text);
  return words.split(', ').some((word) => (word.endsWith('*') ? said.startsWith(word.slice(0, -1)) : said === word));
}
