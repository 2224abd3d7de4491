import { xmlText } from '../text.ts';

/** Text without the characters that steer a terminal or that XML forbids; line ends stay. */
export function plainCharacters(text: string): string {
  return xmlText(text.replace(/\r\n?/g, '\n')).replace(/[\u007f-\u009f]/g, '');
}

/** The same in one line. */
export function oneLine(text: string): string {
  return plainCharacters(text).replace(/\s+/g, ' ').trim();
}
