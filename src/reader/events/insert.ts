import type { Instant } from '../../core/days.ts';

/** Where an update that is there begins. */
export interface Placed {
  /** Of its heading, counted from 1. */
  line: number;
  at: Instant;
}

/**
 * A file's text with one more update where its order wants it: oldest or newest first, as the file has it. All other bytes
 * stay, and the new lines end as the file's first line does.
 * @param text as it is on the disk
 * @param existing the updates that are there, in any order
 * @param lines the update as it is to stand, without a line end behind it
 */
export function insertBlock(text: string, existing: readonly Placed[], at: Instant, lines: string): string {
  const end = /\r\n?|\n/.exec(text)?.[0] ?? '\n';
  const block = lines.replaceAll('\n', end);
  const next = updateBelow(existing, at);
  const offset = next === undefined ? text.length : lineStart(text, next.line);
  const before = text.slice(0, offset);
  const after = text.slice(offset);
  return `${before}${gap(before, end)}${block}${end}${after === '' ? '' : end}${after}`;
}

/** The update that is to stand below a new one; nothing when that goes to the end of the file. */
function updateBelow(existing: readonly Placed[], at: Instant): Placed | undefined {
  const inFile = [...existing].sort((a, b) => a.line - b.line);
  const newestFirst = (inFile[0]?.at ?? 0) > (inFile.at(-1)?.at ?? 0);
  return inFile.find((update) => (newestFirst ? update.at <= at : update.at > at));
}

/** What leaves one empty line behind a text. */
function gap(before: string, end: string): string {
  const lines = before.split(/\r\n?|\n/);
  if (lines.at(-1) !== '') return `${end}${end}`;
  return lines.at(-2)?.trim() === '' ? '' : end;
}

/** The offset at which a line begins; lines are counted from 1, whatever they end in. */
function lineStart(text: string, line: number): number {
  let number = 1;
  for (const match of text.matchAll(/\r\n?|\n/g)) {
    number += 1;
    if (number === line) return match.index + match[0].length;
  }
  return 0;
}
