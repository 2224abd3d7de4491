import { statusMeant } from '../model.ts';
import { type Line, linesOf } from '../page.ts';
import { DEFINITION, inBold, type Mark, readHeading, readMark, saysBegun, saysOver } from './words.ts';
import { readRepaired, readWritten, type WrittenTime } from '../written-time.ts';

/** A shortcode that has no place in Candor. */
interface LeftShortcode {
  text: string;
  /** Line of the text, counted from 0. */
  line: number;
}

const SHORTCODE = /\{\{([<%])\s*(\/?)\s*([\w./-]+)((?:"[^"]*"|'[^']*'|`[^`]*`|[^"'`])*?)\/?\s*[>%]\}\}/g;
const TRACK = /\{\{[<%]\s*track\s+(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^"'`>%]*?))\s*\/?[>%]\}\}/;

/** Whether a line holds a `{{< track "…" >}}`: cState's mark of when something was said. */
function hasTrack(line: string): boolean {
  return TRACK.test(line);
}

/** The time in the first track of a text as it stands there, and the text without it. */
export function takeTrack(text: string): { time: string; text: string } | undefined {
  const match = TRACK.exec(text);
  if (!match) return undefined;
  const before = text.slice(0, match.index).replace(/[ \t]*$/, '');
  const time = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
  return { time: time.trim(), text: before + text.slice(match.index + match[0].length) };
}

/**
 * A text without Hugo's shortcodes. What a shortcode encloses stays; a figure becomes an image; a track that is
 * not an update's own becomes its time in brackets.
 */
export function withoutShortcodes(text: string): { text: string; left: LeftShortcode[] } {
  const left: LeftShortcode[] = [];
  if (!text.includes('{{')) return { text, left };
  const clean = text.replace(
    SHORTCODE,
    (whole: string, _sign, closes: string, name: string, rest: string, offset: number) => {
      const line = text.slice(0, offset).split('\n').length - 1;
      if (name === 'track') return `(${rest.replace(/["'`]/g, '').trim()})`;
      const source = attribute(rest, 'src');
      if (/^(?:figure|img|image)$/.test(name) && source !== undefined) {
        const words = attribute(rest, 'alt') ?? attribute(rest, 'caption') ?? attribute(rest, 'title') ?? 'Image';
        return `![${words.replace(/[[\]]/g, '')}](${encodeURI(source)})`;
      }
      if (closes === '') left.push({ text: whole, line });
      return '';
    },
  );
  return { text: clean, left };
}

function attribute(text: string, name: string): string | undefined {
  const match = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|(\\S+))`).exec(text);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

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
  /** Whether a line of dashes comes before it. */
  isApart: boolean;
}

const SEPARATOR =
  /^ {0,3}(?:-(?:[ \t]*-){2,}|\*(?:[ \t]*\*){2,}|_(?:[ \t]*_){2,}|={5,}|\\[-*_](?:[ \t]*\\?[-*_]){4,})[ \t]*$/;
const EMPHASISED = /^(?:\*{1,3}|_{1,3})[^\s*_]/;
/** Headings inside a message, in texts whose messages have headings too. */
const SECTION =
  /^(?:\d+[.)]\s|(?:incident |issue )?(?:summary|impact|root cause|cause|timeline|details?|plan|overview|lessons?|actions?|affected|background|services?|(?:maintenance )?window|workaround|faq|next steps|scope|duration|zusammenfassung|auswirkung|ursache|verlauf|hinweise?|hintergrund|betroffen)(?!\p{L}))/iu;

/**
 * Splits a text at lines of dashes, at marks of updates, at headings on the level of marked ones, and at tracks. A text
 * in which nothing says that it is several messages is one block. Addresses that links refer to come along with
 * every block.
 * @param firstLine the line of the file that the text begins on
 * @param title of the page: what only repeats it is no update
 */
export function readBlocks(body: string, firstLine: number, title: string): Block[] {
  const all = linesOf(body, firstLine, SEPARATOR);
  const definitions = all
    .filter(({ text, covered }) => !covered && DEFINITION.test(text))
    .map(({ text }) => text.trim());
  const lines = all.filter(({ text, covered }) => covered || !DEFINITION.test(text));
  const drafts = draftsOf(lines, title)
    .map(blockOf)
    .filter(({ text, mark }) => text !== '' || mark !== undefined);
  const blocks = areMessages(drafts) ? drafts : [wholeOf(lines, firstLine)];
  if (definitions.length === 0) return blocks;
  return blocks.map((block) => ({ ...block, text: `${block.text}\n\n${definitions.join('\n')}`.trim() }));
}

/** Whether the blocks are messages: one has a mark, or the first and the last report different states. */
function areMessages(blocks: readonly Block[]): boolean {
  if (blocks.some(({ mark, time, unreadable }) => mark?.word ?? time ?? unreadable)) return isSure(blocks);
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (!first || !last || first === last || !blocks.slice(1).every(({ isApart }) => isApart)) return false;
  return (
    saysOver(first.text) !== saysOver(last.text) && (saysBegun(first.text) || saysBegun(last.text) || blocks.length > 2)
  );
}

/** A text with one time at the beginning of a sentence is no list of updates yet. */
function isSure(blocks: readonly Block[]): boolean {
  const loose = blocks.filter(({ mark }) => mark && !mark.word && mark.rest !== '');
  return loose.length !== 1 || blocks.some(({ mark, time }) => mark?.word ?? (time && mark?.rest === ''));
}

function wholeOf(lines: readonly Line[], firstLine: number): Block {
  // A line of dashes below text makes it a heading, which is not meant at the end.
  const end = lines.findLastIndex(({ text }) => text.trim() !== '' && !SEPARATOR.test(text)) + 1;
  const text = lines.slice(0, end).map((line) => line.text);
  const line = lines.find((one) => one.text.trim() !== '')?.number ?? firstLine;
  return { text: text.join('\n').trim(), line, isApart: false };
}

interface Draft {
  mark?: Mark;
  isHeading: boolean;
  isApart: boolean;
  lines: Line[];
  line: number;
}

function draftsOf(lines: readonly Line[], title: string): Draft[] {
  const tracked = lines.some(({ text, covered }) => !covered && hasTrack(text));
  const levels = messageLevels(lines, title);
  const drafts: Draft[] = [];
  let current: Draft | undefined;
  let isApart = false;
  const begin = (line: Line, mark?: Mark): Draft => {
    const isHeading = readHeading(line.text) !== undefined;
    current = { lines: [], line: line.number, isApart, isHeading, ...(mark && { mark }) };
    isApart = false;
    drafts.push(current);
    return current;
  };
  lines.forEach((line, index) => {
    if (!line.covered && SEPARATOR.test(line.text) && isSeparator(lines, index)) {
      current = undefined;
      isApart = true;
      return;
    }
    const mark = markOf(line, title) ?? headingMark(line, levels);
    const joined = mark && current && isBlank(current) ? join(current.mark, mark) : undefined;
    if (joined && current) current.mark = joined;
    else if (mark) begin(line, mark);
    else if (tracked && current && startsTracked(lines, index, current)) begin(line).lines.push(line);
    else if (line.text.trim() !== '' || current) (current ?? begin(line)).lines.push(line);
  });
  return drafts;
}

function markOf({ text, covered, startsParagraph }: Line, title: string): Mark | undefined {
  const mark = covered ? undefined : readMark(text, startsParagraph);
  return mark && !repeats(mark.rest, title) ? mark : undefined;
}

/** Levels of headings that begin messages: those of marked headings, and of a heading with a status at the top. */
function messageLevels(lines: readonly Line[], title: string): Set<number> {
  const headings = lines.flatMap((line) => {
    const heading = line.covered ? undefined : readHeading(line.text);
    return heading ? [{ ...heading, line, isMarked: markOf(line, title) !== undefined }] : [];
  });
  const marked = headings.filter(({ isMarked }) => isMarked).map(({ level }) => level);
  const [top] = headings;
  if (marked.length > 0 || !top || top.line !== lines.find(({ text }) => text.trim() !== '')) return new Set(marked);
  const same = headings.filter(({ level }) => level === top.level);
  const tells = same.some(({ text }) => saysOver(text) || statusMeant(text) === 'monitoring');
  return new Set(same.length > 1 && tells && !same.some(({ text }) => SECTION.test(text)) ? [top.level] : []);
}

/** A heading on the level of marked ones, which also begins a message. Its words are kept. */
function headingMark({ text, covered }: Line, levels: ReadonlySet<number>): Mark | undefined {
  const heading = covered ? undefined : readHeading(text);
  if (!heading || !levels.has(heading.level) || SECTION.test(heading.text)) return undefined;
  const word = saysOver(heading.text) ? 'resolved' : undefined;
  return { label: heading.text, kept: heading.text, rest: '', ...(word && { word }) };
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
  const kept = [before.kept, mark.kept].filter(Boolean).join(' ');
  if (!before.word && !mark.word && time?.day && time.clock === undefined && more && !more.day)
    return { ...mark, kept, label: `${before.label} ${mark.label}`, time: { ...more, day: time.day } };
  if (before.word && !before.time && mark.time && !mark.word)
    return { ...before, kept, time: mark.time, rest: mark.rest };
  if (!before.word && before.time && mark.word && !mark.time) return { ...mark, kept, time: before.time };
  return undefined;
}

function isBlank({ lines }: Draft): boolean {
  return lines.every(({ text }) => text.trim() === '');
}

/** Among tracks, emphasised words begin an update, and so does text behind a track that has one of its own. */
function startsTracked(lines: readonly Line[], index: number, current: Draft): boolean {
  const line = lines[index];
  if (!line?.startsParagraph || line.covered) return false;
  if (EMPHASISED.test(line.text)) return !isBlank(current) || (current.mark?.rest ?? '') !== '';
  if (!current.lines.some(({ text }) => hasTrack(text)) && !hasTrack(current.mark?.rest ?? '')) return false;
  for (const next of lines.slice(index)) {
    if (hasTrack(next.text)) return true;
    if (SEPARATOR.test(next.text) || readMark(next.text, next.startsParagraph)) return false;
    if (next !== line && next.startsParagraph && EMPHASISED.test(next.text)) return false;
  }
  return false;
}

function blockOf({ mark, lines, line, isHeading, isApart }: Draft): Block {
  const below = lines.map((one) => one.text).join('\n');
  // The rest of a heading, without status and time, stays as the heading of the message.
  const isHead = isHeading && below.trim() !== '' && mark !== undefined && mark.rest !== '';
  const rest = isHead ? `${inBold(mark.rest)}\n` : (mark?.rest ?? '');
  const text = `${rest}\n${below}`.trim();
  const track = mark?.time ? undefined : takeTrack(text);
  const time = mark?.time ?? (track && (readRepaired(track.time)?.time ?? readWritten(track.time)));
  return {
    text: (track && time ? track.text : text).trim(),
    line,
    isApart,
    ...(mark && { mark }),
    ...(time && { time }),
    ...(track && !time && { unreadable: track.time }),
  };
}
