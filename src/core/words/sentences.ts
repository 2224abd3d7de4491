/** What a rule about words found: the words that it is about, and where they begin in the text that it was given. */
export interface Finding {
  phrase: string;
  /** In UTF-16 code units. */
  offset: number;
}

/** A sentence that ends in `.`, `!` or `?` before a space, or with its line. */
const SENTENCE = /[^\s.!?](?:[^.!?\n]|[.!?](?!\s|$))*[.!?]*/g;

/** The sentences of a text, in order. */
export function sentencesOf(text: string): Finding[] {
  return [...text.matchAll(SENTENCE)].map(({ 0: found, index }) => ({ phrase: found.trimEnd(), offset: index }));
}

/** The words of a text in small letters, apostrophes made straight; `#` for a number or another sign that means something. */
export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{N}'#%$€£]+/gu) ?? []
  );
}
