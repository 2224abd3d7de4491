import type { Instant } from '../../../src/core/model.ts';
import { statusMeant } from '../status-words.ts';
import type { Block } from './blocks.ts';
import type { MarkWord } from './marks.ts';
import { saysOver } from './over.ts';
import { instantOf, nextClock, offsetAt, type WrittenTime } from './written-time.ts';

/** A block with its time. */
export interface TimedBlock {
  at: Instant;
  /** What its mark says. */
  word?: MarkWord;
  /** What emphasised words at its beginning suggest. */
  hint?: MarkWord;
  text: string;
  /** Line of the file. */
  line: number;
  /** Where its time comes from when its text says none. */
  from?: 'start' | 'end';
  /** How its time was read when it cannot be as it stands. */
  mended?: string;
}

/** A block that has no time of its own and stands in another one now. */
export interface JoinedBlock {
  label: string;
  line: number;
}

export interface Timeline {
  /** Oldest first. */
  blocks: TimedBlock[];
  joined: JoinedBlock[];
  /** Lines of times that state no zone. */
  zoneless: number[];
}

export interface Fields {
  start: Instant;
  /** When it was over, as far as the fields say. */
  end?: Instant;
  isOver: boolean;
  /** Of times that state none: an IANA name, or minutes from UTC. */
  zone: string | number;
}

const DAY = 86_400_000;
const MINUTE = 60_000;
const ORDER: Readonly<Record<MarkWord, number | undefined>> = {
  scheduled: 0, initial: 1, investigating: 1, identified: 2, in_progress: 2, update: undefined, monitoring: 3,
  final: 4, resolved: 4, cancelled: 4, postmortem: 5,
}; // prettier-ignore

/** Gives the blocks of a text their times. Where one cannot be told, the block stays whole with the next that has one. */
export function readTimeline(blocks: readonly Block[], fields: Fields): Timeline {
  const zoneless = blocks.filter(({ time }) => time && time.offset === undefined).map(({ line }) => line);
  const isNewestFirst = newestFirst(blocks, fields);
  const gathered = gather(blocks, isNewestFirst);
  const oldestFirst = isNewestFirst ? gathered.reverse() : gathered;
  const timed = withEnds(withTimes(oldestFirst, fields), fields);
  const { blocks: kept, joined } = joinUntimed(timed, isNewestFirst);
  return { blocks: inOrder(kept), joined, zoneless };
}

/**
 * Text without a mark and a time goes on with what stands above it; only below all others, where the newest stands
 * at the top, it is the first message. At the top of what stands oldest first it belongs to that message.
 */
function gather(blocks: readonly Block[], isNewestFirst: boolean): Block[] {
  const isLoose = ({ mark, time, unreadable }: Block): boolean => !mark && !time && unreadable === undefined;
  const firstWords = (block: Block): boolean => (ORDER[block.mark?.word ?? 'update'] ?? 9) < 2;
  return blocks.reduce<Block[]>((result, block, index) => {
    const before = result.at(-1);
    const isFirstMessage =
      isNewestFirst && blocks.slice(index).every(isLoose) && before && !isLoose(before) && !firstWords(before);
    const goesOn = before && isLoose(block) && !isFirstMessage;
    const isPreface = before && result.length === 1 && isLoose(before) && !isLoose(block);
    const heads =
      isPreface &&
      (isNewestFirst ? isEmpty(before) || (isEnd(block) && !saysOver(before.text)) : firstWords(block) && !block.time);
    if (goesOn) return [...result.slice(0, -1), { ...before, text: `${before.text}\n\n${block.text}`.trim() }];
    if (heads) return [{ ...block, text: `${before.text}\n\n${block.text}`.trim() }];
    return [...result, block];
  }, []);
}

/** Whether a text holds comments at most, which nobody sees. */
function isEmpty({ text }: Block): boolean {
  return text.replace(/<!--[\s\S]*?-->/g, '').trim() === '';
}

interface Partial {
  block: Block;
  at?: Instant;
  from?: TimedBlock['from'];
  mended?: string;
}

/** Whether the newest block stands at the top: told by times, else by statuses; cState's own example has it so. */
function newestFirst(blocks: readonly Block[], { start, zone }: Fields): boolean {
  const years = new Date(start).getUTCFullYear();
  const dated = blocks.flatMap(({ time }) => (time?.day ? [instantOf(time, zone, years) ?? 0] : []));
  const clocks = blocks.flatMap(({ time }) => (time && !time.day ? [time.clock ?? 0] : []));
  // Who leaves the day out leaves it out of what came later.
  const [only, ...others] = blocks.flatMap(({ time }, index) => (time?.day ? [index] : []));
  if (only !== undefined && others.length === 0 && clocks.length > 0 && (only === 0 || only === blocks.length - 1))
    return only > 0;
  const ranks = blocks.flatMap((block) => rankOf(block, blocks) ?? []);
  for (const values of [dated, clocks, ranks]) {
    const [first = 0, last = 0] = [values[0], values.at(-1)];
    if (first !== last) return first > last;
  }
  return true;
}

/** A block without a status is taken for the first message beside one that says update, and for a later one beside a first. */
function rankOf({ mark, time }: Block, all: readonly Block[]): number | undefined {
  if (mark?.word) return ORDER[mark.word] ?? 2;
  if (time) return 2;
  return all.some((other) => other.mark?.word && (ORDER[other.mark.word] ?? 2) < 2) ? 3 : 0;
}

function withTimes(blocks: readonly Block[], fields: Fields): Partial[] {
  let before: Instant | undefined;
  return blocks.map((block): Partial => {
    const found = block.time && timeOf(block.time, before, fields);
    if (!found) return { block };
    before = found.at;
    return { block, ...found };
  });
}

function timeOf(
  time: WrittenTime,
  before: Instant | undefined,
  fields: Fields,
): { at: Instant; mended?: string } | undefined {
  const { start, end, zone } = fields;
  if (!time.day) {
    // A little before the start is rather that than a day later.
    return { at: nextClock(time, before ?? start - 6 * 60 * MINUTE, zone) };
  }
  const year = new Date(start).getUTCFullYear();
  const at = instantOf(time, zone, year);
  if (at === undefined || time.clock === undefined) return undefined;
  if (time.day.year === undefined && at < start - 200 * DAY) return { at: instantOf(time, zone, year + 1) ?? at };
  const isFar = at < start - DAY || at > Math.max(end ?? start, start) + DAY;
  const shown = (instant: Instant): number => mod(instant + offsetAt(instant, time.offset ?? zone) * MINUTE);
  const twin = isFar
    ? [start, ...(end === undefined ? [] : [end])].find((one) => shown(one) === time.clock)
    : undefined;
  return twin === undefined
    ? { at }
    : { at: twin, mended: 'Its day is another one, and its clock is that of the start or the end; that was taken.' };
}

function mod(milliseconds: number): number {
  return ((milliseconds % DAY) + DAY) % DAY;
}

/** The first words are those of the start; the last ones of what is over are those of its end. */
function withEnds(parts: readonly Partial[], { start, end, isOver }: Fields): Partial[] {
  const result = [...parts];
  const times = parts.flatMap(({ at }) => at ?? []);
  const [first] = result;
  if (first && first.at === undefined && (result.length > 1 || !isEnd(first.block) || end === undefined)) {
    result[0] = { ...first, at: Math.min(start, ...times), from: 'start' };
  }
  const last = result.at(-1);
  const closes = last && (last.block.mark?.word !== undefined || saysOver(last.block.text));
  if (last && last.at === undefined && isOver && closes) {
    const at = Math.max(end ?? start, ...times, result[0]?.at ?? start);
    result[result.length - 1] = { ...last, at, from: 'end' };
  }
  return result;
}

function isEnd({ mark }: Pick<Block, 'mark'>): boolean {
  return mark?.word === 'final' || mark?.word === 'resolved';
}

/** A block without a time was said before the next one, so it can stand there; at the end it stays with the last. */
function joinUntimed(
  parts: readonly Partial[],
  isNewestFirst: boolean,
): Pick<Timeline, 'joined'> & { blocks: TimedBlock[] } {
  const joined: JoinedBlock[] = [];
  const blocks: TimedBlock[] = [];
  let waiting: Block[] = [];
  const textWith = (own: string, others: readonly Block[]): string => {
    const texts = [...others.map(labelled), own];
    return (isNewestFirst ? texts.reverse() : texts).filter((text) => text !== '').join('\n\n');
  };
  for (const { block, at, from, mended } of parts) {
    if (at === undefined) {
      waiting.push(block);
      joined.push({ label: labelOf(block), line: block.line });
      continue;
    }
    const speaksForItself = isEnd(block) || block.mark?.word === 'postmortem' || saysOver(block.text);
    const own = from === 'end' && !speaksForItself ? labelled(block) : block.text;
    const suggested = hint(block);
    blocks.push({
      at,
      ...(block.mark?.word && { word: block.mark.word }),
      ...(suggested && { hint: suggested }),
      text: textWith(own, waiting),
      line: block.line,
      ...(from && { from }),
      ...(mended !== undefined && { mended }),
    });
    waiting = [];
  }
  const last = blocks.at(-1);
  if (last) {
    const texts = [last.text, ...waiting.map(labelled)];
    last.text = (isNewestFirst ? texts.reverse() : texts).filter((text) => text !== '').join('\n\n');
  }
  return { blocks, joined };
}

/** The status that emphasised words at the beginning mean: `**Service restored**:`. The words stay in the text. */
function hint({ text, time }: Block): MarkWord | undefined {
  const [, words] = /^(?:\*{1,3}|_{1,3})([^*_]{2,80})[*_]{1,3}/.exec(text) ?? [];
  return words === undefined || !time ? undefined : statusMeant(words);
}

function labelOf({ mark, text }: Block): string {
  return mark?.label ?? text.split('\n')[0]?.slice(0, 60) ?? '';
}

/** The text below the words of its mark, which would be lost otherwise. */
function labelled({ mark, text }: Block): string {
  return mark ? `**${mark.label.replace(/[[\]*_]/g, '')}**\n\n${text}`.trim() : text;
}

function inOrder(blocks: readonly TimedBlock[]): TimedBlock[] {
  return blocks
    .map((block, index) => ({ block, index }))
    .sort((a, b) => a.block.at - b.block.at || a.index - b.index)
    .map(({ block }) => block);
}
