import type { Block } from './blocks.ts';
import { isFirstWord, type MarkWord } from './marks.ts';
import { looksBack, saysBegun, saysOver } from './signs.ts';

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
export function gather(blocks: readonly Block[], newestFirst: boolean): Gathered {
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
export function isEnd({ mark }: Pick<Block, 'mark'>): boolean {
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
