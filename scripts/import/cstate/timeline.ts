import { millisecondsInDay, millisecondsInMinute } from 'date-fns/constants';
import type { Instant } from '../../../src/core/days.ts';
import { statusMeant } from '../model.ts';
import type { Block } from './blocks.ts';
import { isFirstWord, looksBack, type MarkWord, RANKS, saysBegun, saysOver, withLabel } from './words.ts';
import { instantOf, nextClock, offsetAt, type WrittenDay, type WrittenTime } from '../written-time.ts';

/** Blocks with the text that belongs to them, oldest first. */
interface Gathered {
  blocks: Block[];
  /** Lines of first messages that were split from an update at the beginning of the text. */
  parted: number[];
}

/**
 * Places text without a mark or a time. It continues the block above it. At the bottom, if the newest is at the top, it
 * is the first message. At the very top it belongs to the message below it, or is a postmortem.
 */
function gather(blocks: readonly Block[], newestFirst: boolean): Gathered {
  const joined = joinLoose(blocks, newestFirst);
  const oldestFirst = newestFirst ? joined.toReversed() : joined;
  const [oldest] = oldestFirst;
  const halves = oldest && (newestFirst || oldestFirst.length === 1) ? partFirst(oldest) : undefined;
  if (!halves) return { blocks: oldestFirst, parted: [] };
  return { blocks: [...halves, ...oldestFirst.slice(1)], parted: [halves[0].line] };
}

function joinLoose(blocks: readonly Block[], newestFirst: boolean): Block[] {
  if (blocks.every(isLoose)) return joinBeginning(blocks, newestFirst);
  const [top, next, ...others] = blocks;
  if (top && next && isLoose(top) && !isLoose(next)) {
    const rest = joinLoose([next, ...others], newestFirst);
    const [below, ...more] = rest as [Block, ...Block[]];
    if (isEmpty(top)) return newestFirst ? rest : [top, ...rest].filter((block) => !isEmpty(block) || block.mark);
    const ends = isEnd(below);
    const review = { ...top, mark: { label: '', kept: '', word: 'postmortem' as const, rest: '' } };
    if (newestFirst) {
      if (below.time && !ends && !saysOver(top.text)) return withStanding(top, rest);
      const isReview = looksBack(top.text) || saysOver(top.text) || (below.time !== undefined && next.isApart);
      if (ends && !isReview) return [headed(top, below), ...more];
      return ends ? [review, ...rest] : [top, ...rest];
    }
    if (!isFirstWord(below.mark?.word)) return [top, ...rest];
    if (looksBack(top.text) || (top.text.startsWith('#') && saysOver(top.text))) return [...rest, review];
    return below.time && !next.isApart ? [top, ...rest] : [headed(top, below), ...more];
  }
  return blocks.reduce<Block[]>((result, block, index) => {
    const before = result.at(-1);
    const isFirstMessage =
      newestFirst &&
      blocks.slice(index).every(isLoose) &&
      before &&
      !isLoose(before) &&
      !isFirstWord(before.mark?.word);
    const goesOn = before && isLoose(block) && !isFirstMessage;
    return goesOn ? [...result.slice(0, -1), headed(before, block, before)] : [...result, block];
  }, []);
}

/** Undated text above dated updates was there from the beginning. */
function withStanding(top: Block, newestFirst: readonly Block[]): Block[] {
  const oldest = newestFirst.at(-1);
  const isFirst = oldest && (isLoose(oldest) || isFirstWord(oldest.mark?.word));
  return isFirst ? [...newestFirst.slice(0, -1), headed(top, oldest)] : [...newestFirst, top];
}

/** If only lines of dashes separate texts, all but the newest are the first message, since none has a time. */
function joinBeginning(blocks: readonly Block[], newestFirst: boolean): Block[] {
  const [first, ...later] = newestFirst ? blocks.toReversed() : blocks;
  const newest = later.pop();
  if (!first || !newest) return [...blocks];
  const beginning = later.reduce((all, block) => headed(all, block, all), first);
  return newestFirst ? [newest, beginning] : [beginning, newest];
}

function isLoose({ mark, time, unreadable }: Block): boolean {
  return !mark && !time && unreadable === undefined;
}

/** Joins the text of two blocks; everything else is taken from the second. */
function headed(first: Block, second: Block, like = second): Block {
  return { ...like, text: `${first.text}\n\n${second.text}`.trim() };
}

/** Whether a text holds nothing visible, only comments. */
function isEmpty({ text }: Block): boolean {
  return text.replace(/<!--[\s\S]*?-->/g, '').trim() === '';
}

/** Whether the mark of a block says that it is the last message. */
function isEnd({ mark }: Pick<Block, 'mark'>): boolean {
  return mark?.word === 'final' || mark?.word === 'resolved';
}

const NEVER_FIRST = new Set<MarkWord>(['update', 'final', 'resolved']);

/** A message that begins with “Update” or “Resolved” is never the first: the first message is below it. */
function partFirst(block: Block): [Block, Block] | undefined {
  const { mark, text, line } = block;
  if (!mark?.word || !NEVER_FIRST.has(mark.word)) return undefined;
  const paragraphs = text.split(/\n[ \t]*\n+/).filter((paragraph) => paragraph.trim() !== '');
  if (paragraphs.length < 2 || /^(?:```|~~~)/m.test(text)) return undefined;
  const found = paragraphs.findIndex((paragraph, index) => index > 0 && saysBegun(paragraph) && !saysOver(paragraph));
  if (found === -1 && mark.word !== 'update') return undefined;
  const at = found === -1 ? 1 : found;
  const from = text.indexOf(paragraphs[at] ?? '');
  const first = {
    text: text.slice(from).trim(),
    line: line + text.slice(0, from).split('\n').length - 1,
    isApart: true,
  };
  return [first, { ...block, text: text.slice(0, from).trim() }];
}

const HALF_DAY = millisecondsInDay / 2;
/** An update is never the first message. */
const UPDATE = 2.5;

/**
 * Whether the newest block is at the top: by the place of the only marked one, then by times, statuses and texts. If
 * nothing says so, it is, as in cState's own example.
 */
function isNewestFirst(blocks: readonly Block[], start: Instant, zone: string | number): boolean {
  const [single, ...more] = blocks.flatMap(({ mark, time }, index) => ((mark ?? time) ? [{ mark, index }] : []));
  if (single && more.length === 0 && blocks.length > 1 && (single.index === 0 || single.index === blocks.length - 1))
    return (single.index === 0) !== isFirstWord(single.mark?.word);
  const year = new Date(start).getUTCFullYear();
  const dated = blocks.flatMap(({ time }) => (time?.day ? [instantOf(time, zone, year) ?? 0] : []));
  const clocks = blocks.flatMap(({ time }) => (time && !time.day ? [time.clock ?? 0] : []));
  // If a day is left out, it is left out of the later message.
  const [only, ...others] = blocks.flatMap(({ time }, index) => (time?.day ? [index] : []));
  if (only !== undefined && others.length === 0 && clocks.length > 0 && (only === 0 || only === blocks.length - 1))
    return only > 0;
  const [from] = clocks;
  // Hours after midnight continue the count.
  const passed = clocks.map((clock) => {
    const apart = clock - (from ?? 0);
    return apart > HALF_DAY ? apart - millisecondsInDay : apart <= -HALF_DAY ? apart + millisecondsInDay : apart;
  });
  const marked = blocks.flatMap(({ mark }) => (mark?.word && RANKS[mark.word]) ?? []);
  const told = blocks.flatMap((block) => rankOf(block, blocks) ?? []);
  for (const values of [dated, passed, marked, told]) {
    const lean = leanOf(values);
    if (lean !== 0) return lean < 0;
  }
  return true;
}

/** The number of rising pairs of values minus the falling ones. */
function leanOf(values: readonly number[]): number {
  return values.reduce(
    (sum, value, index) => sum + values.slice(index + 1).reduce((part, later) => part + Math.sign(later - value), 0),
    0,
  );
}

/** A block without a status is a first message beside one that says update, and a later one beside a first. */
function rankOf({ mark, time, text }: Block, all: readonly Block[]): number | undefined {
  const own = mark?.word && RANKS[mark.word];
  if (own !== undefined) return own;
  if (saysOver(`${mark?.kept ?? ''}\n${text}`)) return RANKS.resolved;
  if (mark?.word === 'update') return UPDATE;
  if (time) return UPDATE;
  if (saysBegun(text)) return RANKS.initial;
  return all.some(({ mark: other }) => other?.word && isFirstWord(other.word)) ? 3 : 0;
}

/** A block with its time. */
export interface TimedBlock {
  at: Instant;
  /** What its mark says. */
  word?: MarkWord;
  /** What emphasised words at its beginning suggest. */
  hint?: MarkWord;
  /** The name of its mark where that is all the mark says: `Monitoring`. */
  name: string;
  text: string;
  /** Line of the file. */
  line: number;
  /** Where its time comes from when its text says none. */
  from?: 'start' | 'begun' | 'end';
  /** Whether it announces work without a known time. */
  announces?: boolean;
  /** How its time was read when it cannot be as it stands. */
  repaired?: string;
}

/** A block that has no time of its own and stands in another one now. */
interface JoinedBlock {
  label: string;
  line: number;
}

export interface Timeline {
  /** Oldest first. */
  blocks: TimedBlock[];
  joined: JoinedBlock[];
  /** Lines of first messages that were split from an update. */
  parted: number[];
}

interface Fields {
  start: Instant;
  /** When it was over, as far as the fields say. */
  end?: Instant;
  isOver: boolean;
  /** Of times that state none: an IANA name, or minutes from UTC. */
  zone: string | number;
  /** Whether it is planned work, which is announced before it begins. */
  isPlanned: boolean;
}

const NOON = millisecondsInDay / 2;

/** Gives the blocks of a text their times. Where one cannot be told, the block stays whole with the next that has one. */
export function readTimeline(blocks: readonly Block[], fields: Fields): Timeline {
  const newestFirst = isNewestFirst(blocks, fields.start, fields.zone);
  const { blocks: oldestFirst, parted } = gather(blocks, newestFirst);
  const timed = withEnds(withTimes(oldestFirst, fields), fields);
  const { blocks: kept, joined } = joinUntimed(timed, newestFirst);
  return { blocks: kept.sort((a, b) => a.at - b.at), joined, parted };
}

interface Partial {
  block: Block;
  at?: Instant;
  from?: TimedBlock['from'];
  announces?: boolean;
  repaired?: string;
}

function withTimes(blocks: readonly Block[], fields: Fields): Partial[] {
  let before: Instant | undefined;
  const parts = blocks.map((block): Partial => {
    const found = block.time?.clock === undefined ? undefined : timeOf(block.time, before, fields);
    if (!found) return { block };
    before = found.at;
    return { block, ...found };
  });
  return parts.map((part, index) => {
    const { time, text } = part.block;
    if (part.at !== undefined || !time?.day) return part;
    const { end, isOver } = fields;
    const day = timeOf({ ...time, clock: 0 }, undefined, fields)?.at;
    if (day === undefined) return part;
    if (index === 0 && fields.start >= day && fields.start < day + millisecondsInDay)
      return { ...part, at: fields.start, from: 'start' };
    const isLast = index === parts.length - 1 && isOver && saysOver(text);
    if (isLast && end !== undefined && end >= day && end < day + millisecondsInDay)
      return { ...part, at: end, from: 'end' };
    const at = onDay(time, neighbours(parts, index), fields);
    return at === undefined
      ? part
      : { ...part, at, repaired: 'Its text has only a day, so the time of day was guessed.' };
  });
}

interface Neighbours {
  after: Instant | undefined;
  before: Instant | undefined;
}

function neighbours(parts: readonly Partial[], index: number): Neighbours {
  const timed = ({ at }: Partial): boolean => at !== undefined;
  return { after: parts.slice(0, index).findLast(timed)?.at, before: parts.slice(index).find(timed)?.at };
}

/** Noon of a day, or what is closest to it between its neighbours; the start and the end on theirs. */
function onDay(time: WrittenTime, { after, before }: Neighbours, fields: Fields): Instant | undefined {
  const { start, end, isOver } = fields;
  const found = timeOf({ ...time, clock: NOON }, undefined, fields);
  if (!found || Math.abs(found.at - start) > 400 * millisecondsInDay) return undefined;
  const [from, to] = [found.at - NOON, found.at + NOON - 1];
  const earliest = Math.max(from, after ?? start);
  const latest = Math.min(to, before ?? Infinity, isOver ? (end ?? Infinity) : Infinity);
  return earliest > to || latest < from ? found.at : Math.min(Math.max(found.at, earliest), Math.max(latest, earliest));
}

function timeOf(
  time: WrittenTime,
  before: Instant | undefined,
  fields: Fields,
): { at: Instant; repaired?: string } | undefined {
  const { start, end, zone } = fields;
  if (!time.day) {
    // A little before the start is rather that than a day later.
    return { at: nextClock(time, before ?? start - 6 * 60 * millisecondsInMinute, zone) };
  }
  const last = Math.max(end ?? start, start);
  const year = new Date(start).getUTCFullYear();
  const isNear = (at: Instant): boolean => at >= start - millisecondsInDay && at <= last + millisecondsInDay;
  const on = (day: WrittenDay, inYear?: number): Instant | undefined =>
    instantOf({ ...time, day: { ...day, ...(inYear !== undefined && { year: inYear }) } }, zone, year);
  const days = [time.day, ...(time.otherDay ? [time.otherDay] : [])];
  const readings = days.flatMap((day) => on(day) ?? []);
  const [first] = readings;
  if (first === undefined) return undefined;
  const near = readings.find(isNear);
  if (near !== undefined) return { at: near };
  if (time.day.year === undefined) {
    const years = [year, year + 1, year - 1].flatMap((one) => on(days[0] ?? { month: 1, day: 1 }, one) ?? []);
    return { at: years.find(isNear) ?? (first < start - 200 * millisecondsInDay ? (years[1] ?? first) : first) };
  }
  const shown = (instant: Instant): number =>
    mod(instant + offsetAt(instant, time.offset ?? zone) * millisecondsInMinute);
  const twin = [start, ...(end === undefined ? [] : [end])].find((one) => shown(one) === time.clock);
  if (twin !== undefined)
    return {
      at: twin,
      repaired: 'Its day differs, but its time of day matches the start or end, which was used.',
    };
  const slipped = days.flatMap((day) => [on(day, year) ?? [], on(day, year + 1) ?? []].flat()).find(isNear);
  if (slipped !== undefined)
    return { at: slipped, repaired: 'Its year cannot be right, so the year of the start was used.' };
  return { at: first };
}

function mod(milliseconds: number): number {
  return ((milliseconds % millisecondsInDay) + millisecondsInDay) % millisecondsInDay;
}

/** The first words are those of the start; the last ones of what is over are those of its end. */
function withEnds(parts: readonly Partial[], { start, end, isOver, isPlanned }: Fields): Partial[] {
  const result = [...parts];
  const times = parts.flatMap(({ at }) => at ?? []);
  const [first, second] = result;
  if (first && first.at === undefined && (result.length > 1 || !isEnd(first.block) || end === undefined)) {
    result[0] = { ...first, at: Math.min(start, ...times), from: 'start' };
    // Work is announced before it begins, so the next message is from while it runs.
    if (isPlanned && second && second.at === undefined && result.length > 2) {
      result[0] = { ...result[0], announces: true };
      result[1] = { ...second, at: Math.max(start, result[0].at ?? start), from: 'begun' };
    }
  }
  const last = result.at(-1);
  const closes = last && (last.block.mark !== undefined || saysOver(last.block.text));
  if (last && last.at === undefined && isOver && closes) {
    const at = Math.max(end ?? start, ...times, result[0]?.at ?? start);
    result[result.length - 1] = { ...last, at, from: 'end' };
    // The end comes before the postmortem.
    const before = result.at(-2);
    if (last.block.mark?.word === 'postmortem' && before && before.at === undefined)
      result[result.length - 2] = { ...before, at, from: 'end' };
  }
  return result;
}

/** A block without a time was said before the next one, so it can stand there; at the end it stays with the last. */
function joinUntimed(
  parts: readonly Partial[],
  newestFirst: boolean,
): Pick<Timeline, 'joined'> & { blocks: TimedBlock[] } {
  const joined: JoinedBlock[] = [];
  const blocks: TimedBlock[] = [];
  let waiting: Block[] = [];
  const inTextOrder = (texts: readonly string[]): string =>
    (newestFirst ? texts.toReversed() : texts).filter((text) => text !== '').join('\n\n');
  for (const { block, at, from, announces, repaired } of parts) {
    if (at === undefined) {
      waiting.push(block);
      joined.push({ label: block.mark?.label || (block.text.split('\n')[0]?.slice(0, 60) ?? ''), line: block.line });
      continue;
    }
    const suggested = hint(block);
    blocks.push({
      at,
      ...(block.mark?.word && { word: block.mark.word }),
      ...(suggested && { hint: suggested }),
      name: block.mark?.kept === '' ? block.mark.label : '',
      text: inTextOrder([...waiting.map(labelled), withLabel(block.mark?.kept ?? '', block.text)]),
      line: block.line,
      ...(from && { from }),
      ...(announces && { announces }),
      ...(repaired !== undefined && { repaired }),
    });
    waiting = [];
  }
  const last = blocks.at(-1);
  if (last && waiting.length > 0) last.text = [last.text, ...waiting.map(labelled)].join('\n\n');
  return { blocks, joined };
}

/** The status that emphasised words at the beginning mean: `**Service restored**:`. The words stay in the text. */
function hint({ text, time }: Block): MarkWord | undefined {
  const [, words] = /^(?:\*{1,3}|_{1,3})([^*_]{2,80})[*_]{1,3}/.exec(text) ?? [];
  return words === undefined || !time ? undefined : statusMeant(words);
}

/** The text below the words of its mark, which would be lost otherwise. */
function labelled({ mark, text }: Block): string {
  return withLabel(mark?.kept || (mark?.label ?? ''), text);
}
