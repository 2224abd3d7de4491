import { readStatusfyTime } from './times.ts';

/** An update as it stands in a body. */
export interface RawUpdate {
  title: string;
  time: string;
  text: string;
  /** Line of the body, counted from 0. */
  line: number;
  /** Whether Statusfy itself shows it as an update; else it only looks like one. */
  proper: boolean;
}

export interface Body {
  /** All that stands outside of updates, in its order. */
  text: string;
  updates: RawUpdate[];
  /** Lines, counted from 0, of what looks like an update but has no time that can be told; it stays in the text. */
  timeless: number[];
  /** Whether text stands behind an update and was put with the text before it. */
  textBehind: boolean;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const OPENING = /^ {0,3}:{2,}\s*(?<info>\S.*?)\s*$/;
const CLOSING = /^ {0,3}:{2,}\s*$/;
/** Statusfy's own rule: `update TITLE | TIME`. */
const PROPER = /^update\s+(?<title>.*)\s+\|\s+(?<time>.*)$/;
const LOOSE = /^(?:update\b\s*[:：]?\s*)?(?<title>.*?)\s*\|\s*(?<time>[^|]*)$/i;
const SWAPPED = /^(?:update\b\s*[:：]?\s*)?(?<time>[^|]*?)\s*\|\s*(?<title>.*)$/i;

/**
 * Takes a body apart into its `::: update TITLE | TIME` containers and the text around them. One that is not
 * closed reaches to the next or to the end, as in Statusfy. Code and HTML comments are left alone.
 */
export function readBody(body: string): Body {
  const outside: string[] = [];
  const result: Body = { text: '', updates: [], timeless: [], textBehind: false };
  let open: { update: RawUpdate; lines: string[] } | undefined;
  let fence: string | undefined;
  let inComment = false;
  const close = (): void => {
    if (open) result.updates.push({ ...open.update, text: open.lines.join('\n').trim() });
    open = undefined;
  };
  body.split('\n').forEach((line, index) => {
    const quoted = fence !== undefined || inComment;
    const mark = inComment ? undefined : FENCE.exec(line)?.[1];
    if (mark !== undefined) fence = fence === undefined ? mark : mark.startsWith(fence) ? undefined : fence;
    inComment = commentAfter(line, inComment);
    if (!quoted && CLOSING.test(line)) {
      close();
      return;
    }
    const update = quoted ? undefined : updateIn(line, index);
    if (update === 'timeless') result.timeless.push(index);
    if (update !== undefined && update !== 'timeless') {
      close();
      open = { update, lines: [] };
      return;
    }
    if (!open && result.updates.length > 0 && line.replace(/<!--.*?-->/g, '').trim() !== '') result.textBehind = true;
    (open?.lines ?? outside).push(line);
  });
  close();
  return { ...result, text: outside.join('\n').trim() };
}

function updateIn(line: string, index: number): RawUpdate | 'timeless' | undefined {
  const info = OPENING.exec(line)?.groups?.['info'];
  const written = info ?? line.trim();
  const update = (title: string, time: string, proper: boolean): RawUpdate | undefined =>
    isTime(time) ? { title: title.trim(), time: time.trim(), text: '', line: index, proper } : undefined;
  for (const pattern of [PROPER, LOOSE, SWAPPED]) {
    const { title = '', time = '' } = pattern.exec(written)?.groups ?? {};
    const found = update(title, time, info !== undefined && pattern === PROPER);
    // A table's row parts its cells in the same way.
    if (found && (info !== undefined || (!found.title.startsWith('|') && found.title.length < 60))) return found;
  }
  return info !== undefined && /^update\b/i.test(info) ? 'timeless' : undefined;
}

function isTime(text: string): boolean {
  return readStatusfyTime(text, 'UTC') !== undefined;
}

/** Whether a comment is open at the end of a line: its last mark says so. */
function commentAfter(line: string, before: boolean): boolean {
  const last = line.match(/<!--|-->/g)?.at(-1);
  return last === undefined ? before : last === '<!--';
}
