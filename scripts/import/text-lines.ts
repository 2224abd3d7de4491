/** A line of a Markdown text with its context. */
export interface Line {
  text: string;
  /** In the file, from 1. */
  number: number;
  /** In code or in a comment, where nothing is a mark. */
  covered: boolean;
  startsParagraph: boolean;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/**
 * The lines of a text.
 * @param firstLine the line of the file that the text begins on
 * @param separator lines that end a paragraph as an empty one does
 */
export function linesOf(body: string, firstLine: number, separator?: RegExp): Line[] {
  let fence: string | undefined;
  let comment = false;
  let previous = '';
  return body.split('\n').map((text, index) => {
    const startsParagraph = text.trim() !== '' && (previous.trim() === '' || separator?.test(previous) === true);
    const mark: string | undefined = comment ? undefined : FENCE.exec(text)?.[1];
    const covered = comment || fence !== undefined || mark !== undefined || text.includes('<!--');
    if (mark !== undefined) fence = fence === undefined ? mark : mark.startsWith(fence) ? undefined : fence;
    if (fence === undefined) comment = commentAfter(text, comment);
    previous = text;
    return { text, number: index + firstLine, covered, startsParagraph };
  });
}

function commentAfter(line: string, inside: boolean): boolean {
  const [opened, closed] = [line.lastIndexOf('<!--'), line.lastIndexOf('-->')];
  return opened === -1 && closed === -1 ? inside : opened > closed;
}
