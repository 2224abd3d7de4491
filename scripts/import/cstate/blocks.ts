import { DEFINITION, readMark, type Mark } from './marks.ts';
import { readMended } from './mended-time.ts';
import { hasTrack, takeTrack } from './shortcodes.ts';
import { readWritten, type WrittenTime } from './written-time.ts';

/** A part of a text that is an update, or may be one. */
export interface Block {
  mark?: Mark;
  /** The time that its mark or its track says. */
  time?: WrittenTime;
  /** A track whose time cannot be read. */
  unreadable?: string;
  text: string;
  /** Line of the file. */
  line: number;
}

const SEPARATOR = /^ {0,3}(?:-(?:[ \t]*-){2,}|\*(?:[ \t]*\*){2,}|_(?:[ \t]*_){2,}|={5,})[ \t]*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const EMPHASISED = /^(?:\*{1,3}|_{1,3})[^\s*_]/;

interface Line {
  text: string;
  number: number;
  /** In code or in a comment, where nothing is a mark. */
  covered: boolean;
  startsParagraph: boolean;
}

/**
 * Takes a text apart at lines of dashes, at marks of updates and at tracks. A text without any of the last two
 * is one block. Addresses that links refer to come along with every block.
 * @param firstLine the line of the file that the text begins on
 * @param title of the page: what only repeats it is no update
 */
export function readBlocks(body: string, firstLine: number, title: string): Block[] {
  const all = linesOf(body, firstLine);
  const definitions = all
    .filter(({ text, covered }) => !covered && DEFINITION.test(text))
    .map(({ text }) => text.trim());
  const lines = all.filter(({ text, covered }) => covered || !DEFINITION.test(text));
  const tracked = lines.some(({ text, covered }) => !covered && hasTrack(text));
  const drafts = draftsOf(lines, tracked, title)
    .map(blockOf)
    .filter(({ text, mark }) => text !== '' || mark !== undefined);
  const isTold = drafts.some(({ mark, time, unreadable }) => mark?.word ?? time ?? unreadable);
  // A line of dashes below text makes a heading of it, and at the end nobody means that.
  const ends = lines.slice(0, lines.findLastIndex(({ text }) => text.trim() !== '' && !SEPARATOR.test(text)) + 1);
  const whole = {
    text: ends
      .map(({ text }) => text)
      .join('\n')
      .trim(),
    line: lines.find(({ text }) => text.trim() !== '')?.number ?? firstLine,
  };
  const blocks = isTold && isSure(drafts) ? drafts : [whole];
  if (definitions.length === 0) return blocks;
  return blocks.map((block) => ({ ...block, text: `${block.text}\n\n${definitions.join('\n')}`.trim() }));
}

/** A text with one time at the beginning of a sentence is no list of updates yet. */
function isSure(blocks: readonly Block[]): boolean {
  const loose = blocks.filter(({ mark }) => mark && !mark.word && mark.rest !== '');
  return loose.length !== 1 || blocks.some(({ mark, time }) => mark?.word ?? (time && mark?.rest === ''));
}

interface Draft {
  mark?: Mark;
  lines: Line[];
  line: number;
}

function draftsOf(lines: readonly Line[], tracked: boolean, title: string): Draft[] {
  const drafts: Draft[] = [];
  let current: Draft | undefined;
  const begin = (line: number, mark?: Mark): Draft => {
    current = { lines: [], line, ...(mark && { mark }) };
    drafts.push(current);
    return current;
  };
  lines.forEach((line, index) => {
    if (!line.covered && SEPARATOR.test(line.text) && isSeparator(lines, index)) {
      current = undefined;
      return;
    }
    const found = line.covered ? undefined : readMark(line.text, line.startsParagraph);
    const mark = found && !repeats(found.rest, title) ? found : undefined;
    const joined = mark && current && isBlank(current) ? join(current.mark, mark) : undefined;
    if (joined && current) current.mark = joined;
    else if (mark) begin(line.number, mark);
    else if (tracked && current && startsTracked(lines, index, current)) begin(line.number).lines.push(line);
    else if (line.text.trim() !== '' || current) (current ?? begin(line.number)).lines.push(line);
  });
  return drafts;
}

function repeats(text: string, title: string): boolean {
  const bare = (words: string): string =>
    words
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return bare(text) !== '' && bare(title).endsWith(bare(text));
}

/** A line of equal signs parts text only below a blank line; elsewhere it makes a heading. */
function isSeparator(lines: readonly Line[], index: number): boolean {
  return !(lines[index]?.text ?? '').trim().startsWith('=') || (lines[index - 1]?.text ?? '').trim() === '';
}

/** A time on a line of its own and a status on the next one are one mark. */
function join(before: Mark | undefined, mark: Mark): Mark | undefined {
  if (!before || before.rest !== '') return undefined;
  const [time, more] = [before.time, mark.time];
  if (!before.word && !mark.word && time?.day && time.clock === undefined && more && !more.day)
    return { ...mark, label: `${before.label} ${mark.label}`, time: { ...more, day: time.day } };
  if (before.word && !before.time && mark.time && !mark.word) return { ...before, time: mark.time, rest: mark.rest };
  if (!before.word && before.time && mark.word && !mark.time) return { ...mark, time: before.time };
  return undefined;
}

function isBlank({ lines }: Draft): boolean {
  return lines.every(({ text }) => text.trim() === '');
}

/** Among tracks, emphasised words begin an update, and so does text behind a track that has one of its own. */
function startsTracked(lines: readonly Line[], index: number, current: Draft): boolean {
  const line = lines[index];
  if (!line?.startsParagraph || line.covered) return false;
  if (EMPHASISED.test(line.text)) return !isBlank(current);
  if (!current.lines.some(({ text }) => hasTrack(text))) return false;
  for (const next of lines.slice(index)) {
    if (hasTrack(next.text)) return true;
    if (SEPARATOR.test(next.text) || readMark(next.text, next.startsParagraph)) return false;
    if (next !== line && next.startsParagraph && EMPHASISED.test(next.text)) return false;
  }
  return false;
}

function blockOf({ mark, lines, line }: Draft): Block {
  const text = [...(mark && mark.rest !== '' ? [mark.rest] : []), ...lines.map((one) => one.text)].join('\n').trim();
  const track = mark?.time ? undefined : takeTrack(text);
  const time = mark?.time ?? (track && (readMended(track.time)?.time ?? readWritten(track.time)));
  return {
    text: (track && time ? track.text : text).trim(),
    line,
    ...(mark && { mark }),
    ...(time && { time }),
    ...(track && !time && { unreadable: track.time }),
  };
}

function linesOf(body: string, firstLine: number): Line[] {
  let fence: string | undefined;
  let comment = false;
  let previous = '';
  return body.split('\n').map((text, index) => {
    const startsParagraph = text.trim() !== '' && (previous.trim() === '' || SEPARATOR.test(previous));
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
