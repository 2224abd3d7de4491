import type { Instant } from '../../../src/core/days.ts';
import { linesOf } from '../text-lines.ts';
import { readTime, type ReadTime } from '../../lib/times.ts';

/** An update as it stands in a body. */
export interface Container {
  title: string;
  time: string;
  text: string;
  /** Line of the file. */
  line: number;
  /** Whether Statusfy itself shows it as an update; else it only looks like one. */
  isProper: boolean;
}

interface Body {
  /** All that stands outside of updates, in its order. */
  text: string;
  updates: Container[];
  /** Lines of what looks like an update but has no time that can be told; it stays in the text. */
  timeless: number[];
  /** Whether text stands behind an update and was put with the text before it. */
  isTextBehind: boolean;
}

const OPENING = /^ {0,3}:{2,}\s*(?<info>\S.*?)\s*$/;
const CLOSING = /^ {0,3}:{2,}\s*$/;
/** Statusfy's own rule: `update TITLE | TIME`. */
const PROPER = /^update\s+(?<title>.*)\s+\|\s+(?<time>.*)$/;
const LOOSE = /^(?:update\b\s*[:：]?\s*)?(?<title>.*?)\s*\|\s*(?<time>[^|]*)$/i;
const SWAPPED = /^(?:update\b\s*[:：]?\s*)?(?<time>[^|]*?)\s*\|\s*(?<title>.*)$/i;

/**
 * Takes a body apart into its `::: update TITLE | TIME` containers and the text around them. One that is not
 * closed reaches to the next or to the end, as in Statusfy. Code and HTML comments are left alone.
 * @param firstLine the line of the file that the body begins on
 */
export function readBody(body: string, firstLine: number): Body {
  const outside: string[] = [];
  const result: Body = { text: '', updates: [], timeless: [], isTextBehind: false };
  let open: { update: Container; lines: string[] } | undefined;
  const close = (): void => {
    if (open) result.updates.push({ ...open.update, text: open.lines.join('\n').trim() });
    open = undefined;
  };
  for (const { text, number, covered } of linesOf(body, firstLine)) {
    const update = covered ? undefined : containerIn(text, number);
    if (!covered && CLOSING.test(text)) close();
    else if (typeof update === 'object') {
      close();
      open = { update, lines: [] };
    } else {
      if (update === 'timeless') result.timeless.push(number);
      const isBehind = !open && result.updates.length > 0 && text.replace(/<!--.*?-->/g, '').trim() !== '';
      result.isTextBehind ||= isBehind;
      (open?.lines ?? outside).push(text);
    }
  }
  close();
  return { ...result, text: outside.join('\n').trim() };
}

function containerIn(line: string, number: number): Container | 'timeless' | undefined {
  const info = OPENING.exec(line)?.groups?.['info'];
  const written = info ?? line.trim();
  for (const pattern of [PROPER, LOOSE, SWAPPED]) {
    const { title = '', time = '' } = pattern.exec(written)?.groups ?? {};
    // A table's row parts its cells in the same way.
    const isTitle = info !== undefined || (!title.trim().startsWith('|') && title.trim().length < 60);
    if (isTitle && readStatusfyTime(time, 'UTC'))
      return {
        title: title.trim(),
        time: time.trim(),
        text: '',
        line: number,
        isProper: info !== undefined && pattern === PROPER,
      };
  }
  return info !== undefined && /^update\b/i.test(info) ? 'timeless' : undefined;
}

interface StatusfyTime extends ReadTime {
  /** Set when no calendar has the day: the one it was read as. */
  readAs?: string;
}

const DAY = 86_400_000;

/**
 * Reads a time as people write it in a Statusfy file: figures may lack a leading zero, and a day beyond the end
 * of its month runs into the next one, as it does on Statusfy's own page (`2020-09-31` is 1 October).
 * @param zone IANA name, for times that state none
 */
export function readStatusfyTime(text: string, zone: string): StatusfyTime | undefined {
  const [, year = '', month = '', day = '', rest = ''] =
    /^(\d{4})-(\d{1,2})-(\d{1,2})[T\s]*(.*)$/i.exec(text.trim()) ?? [];
  const clock = (/^\d/.test(rest) ? `T${rest}` : rest).replace(/gmt$/i, 'UTC');
  const written = [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-');
  const time = readTime(written + clock, zone);
  const first: Instant = Date.parse(`${written.slice(0, 7)}-01T00:00Z`);
  if (time || Number.isNaN(first) || Number(day) < 1 || Number(day) > 31) return time;
  const readAs = new Date(first + (Number(day) - 1) * DAY).toISOString().slice(0, 10);
  const next = readAs === written ? undefined : readTime(readAs + clock, zone);
  return next && { ...next, readAs };
}
