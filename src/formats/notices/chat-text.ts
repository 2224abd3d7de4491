import { xmlText } from '../xml.ts';

/** Text without the characters that steer a terminal or that XML forbids; line ends stay. */
export function plainCharacters(text: string): string {
  return xmlText(text.replace(/\r\n?/g, '\n')).replace(/[\u007f-\u009f]/g, '');
}

/** The same in one line. */
export function oneLine(text: string): string {
  return plainCharacters(text).replace(/\s+/g, ' ').trim();
}

/** Parts what would call everybody in a chat by a space without width: it stays readable, and calls nobody. */
export function withoutMentions(text: string): string {
  return text.replace(/(?<!\w)@(?=(?:channel|here|everyone)\b)/gi, `@${NO_WIDTH}`);
}

/** A space without width. */
export const NO_WIDTH = '\u200b';

/** How much of a detail stands in a chat, in UTF-16 units. */
export const DETAIL_LIMIT = 500;

/**
 * A line of text as it stands in the Markdown of Discord and Teams. A name that has a mark within, as `a_b`, is a name
 * to both, and an address stays one; it would take a backslash before `<` for its own, so that is parted from what
 * follows it as well.
 */
export function escapeChatMarkdown(plain: string): string {
  return withoutMentions(plain)
    .replace(/[\\`*~|[\]<]|&(?=#?\w+;)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/<(?=\S)/g, `<${NO_WIDTH}`)
    .replace(/^(\s*)([#>+-])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2');
}

/** An address that does not end a link early. */
export function linkTarget(address: string): string {
  return address.replace(/[()<>\s|\\]/g, (character) => encodeURIComponent(character).replace(/[()]/g, percent));
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
