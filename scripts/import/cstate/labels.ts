/** Words in bold, without characters that would end it. */
export function inBold(words: string): string {
  return `**${words.replace(/[[\]*_]/g, '')}**`;
}

/** A text below some words in bold. */
export function withLabel(label: string, text: string): string {
  return label === '' ? text : `${inBold(label)}\n\n${text}`.trim();
}
