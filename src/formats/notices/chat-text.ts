import { xmlText } from '../xml.ts';

/** Text without control characters and those that XML forbids. Line ends stay. */
export function plainCharacters(text: string): string {
  return xmlText(text.replace(/\r\n?/g, '\n')).replace(/[\u007f-\u009f]/g, '');
}

/** The same in one line. */
export function oneLine(text: string): string {
  return plainCharacters(text).replace(/\s+/g, ' ').trim();
}

/** Puts a zero-width space into mentions of everybody: they stay readable, but notify nobody. */
export function withoutMentions(text: string): string {
  return text.replace(/(?<!\w)@(?=(?:channel|here|everyone|all)\b)/gi, `@${NO_WIDTH}`);
}

/** The same for every mention, where one notifies a person who reads neither the chat nor the page. */
export function withoutNames(text: string): string {
  return text.replace(/(?<!\w)@(?=\w)/g, `@${NO_WIDTH}`);
}

/** A zero-width space. */
export const NO_WIDTH = '\u200b';

/** The most characters of a detail in a chat, in UTF-16 units. */
export const DETAIL_LIMIT = 500;

/**
 * Escapes a line of text for the Markdown of Discord and Teams. Marks inside a word, as in `a_b`, need no escape. Addresses
 * stay links. They would include the backslash before a `<`, so a zero-width space separates them.
 */
export function escapeChatMarkdown(plain: string): string {
  return withoutMentions(plain)
    .replace(/[\\`*~|[\]<]|&(?=#?\w+;)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/<(?=\S)/g, `<${NO_WIDTH}`)
    .replace(/^(\s*)([#>+-])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2');
}

/** Encodes an address so that it does not end a link early. */
export function linkTarget(address: string): string {
  return address.replace(/[()<>\s|\\]/g, (character) => encodeURIComponent(character).replace(/[()]/g, percent));
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
