import type { Diagnostic } from '../../src/core/diagnostic.ts';

const IMAGE = /!\[((?:[^\][\\]|\\.)*)\](\([^()]*\)|\[[^\][]*\])?/y;

/**
 * The text with the descriptions of pictures in the place of those that are missing.
 * @param missing where they stand
 */
export function withoutImages(text: string, missing: readonly Pick<Diagnostic, 'line' | 'column'>[]): string {
  const lines = text.split('\n');
  const backwards = [...missing].sort((a, b) => b.line - a.line || b.column - a.column);
  for (const { line, column } of backwards) {
    const written = lines[line - 1] ?? '';
    IMAGE.lastIndex = column - 1;
    const match = IMAGE.exec(written);
    if (!match) continue;
    lines[line - 1] = written.slice(0, column - 1) + (match[1] ?? '') + written.slice(IMAGE.lastIndex);
  }
  return lines.join('\n');
}
