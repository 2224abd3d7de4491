import { readWritten, type WrittenTime } from './written-time.ts';

export interface MendedTime {
  time: WrittenTime;
  /** What it was read as, when it cannot be read as it stands. */
  readAs?: string;
}

/** Slips of the hand that leave one reading only, each with what it stands for. */
const SLIPS: readonly (readonly [RegExp, string])[] = [
  [/^(\d{4}-\d{2})0(\d{2}\b.*)$/, '$1-$2'],
  [/^(\d{4}-\d{2})(\d{2}\b.*)$/, '$1-$2'],
  [/^(\d{4})(\d{2}-\d{2}\b.*)$/, '$1-$2'],
  [/^(\d{4}-\d{2}-\d{2}):(\d{1,2}:.*)$/, '$1T$2'],
  [/^(\d{4}-\d{2}-\d{2})(\d{2}:\d{2}.*)$/, '$1T$2'],
  [/^(\d{4}-\d{2}-\d{2}[T ])0(\d{2}:\d{2}.*)$/i, '$1$2'],
  [/^(\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(?::\d{2})?) \d{1,2}:\d{2}(?::\d{2})?$/i, '$1'],
  [/^(\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2})[;.,](\d{2}.*)$/i, '$1:$2'],
  [/^(\d{4}-\d{2}-\d{2}[T ]\d{1,2})[;.](\d{2}(?:[:.]\d{2})?)$/i, '$1:$2'],
];

/** Reads a time of front matter, if need be as what it most likely stands for; nothing when that cannot be told. */
export function readMended(text: string): MendedTime | undefined {
  const clean = text.trim();
  const time = readWritten(clean);
  if (time) return time.day ? { time } : undefined;
  for (const [slip, meant] of SLIPS) {
    const readAs = clean.replace(slip, meant);
    const mended = readAs === clean ? undefined : readWritten(readAs);
    if (mended?.day) return { time: mended, readAs };
  }
  return undefined;
}

/** The day alone of what begins like a date: `2020-02-25` of `2020-02-25T115:45`, or of a file's name. */
export function readLeadingDay(text: string): WrittenTime | undefined {
  const [, day] = /^(\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})(?!\d)/.exec(text.trim()) ?? [];
  return day === undefined ? undefined : readWritten(day.replace(/^(\d+)\.(\d+)\.(\d+)$/, '$3-$2-$1'));
}
