/**
 * Breaks each line at its words. What a line begins with, a bullet, a quote's mark or a space, it keeps; four spaces
 * make it one that stays as it is, as program code has to. A word that is longer than the line stays whole.
 */
export function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => (line.length <= width || line.startsWith('    ') ? line : wrapLine(line, width)))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  const [, quote = '', start = '', rest = ''] = /^((?:> )*)(\s*(?:- |\d+\. )?)(.*)$/s.exec(line) ?? [];
  const below = quote + ' '.repeat(start.length);
  const lines: string[] = [];
  let current = quote + start;
  let empty = true;
  for (const word of rest.split(' ')) {
    if (!empty && current.length + 1 + word.length > width) {
      lines.push(current);
      current = below;
      empty = true;
    }
    current += (empty ? '' : ' ') + word;
    empty = false;
  }
  return [...lines, current].join('\n');
}
