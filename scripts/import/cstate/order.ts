import type { Instant } from '../../../src/core/model.ts';
import type { Block } from './blocks.ts';
import type { MarkWord } from './mark-words.ts';
import { saysBegun, saysOver } from './over.ts';
import { instantOf } from './written-time.ts';

const DAY = 86_400_000;
const HALF_DAY = DAY / 2;
const RANKS: Readonly<Record<MarkWord, number | undefined>> = {
  scheduled: 0, initial: 1, investigating: 1, identified: 2, in_progress: 2, update: undefined, monitoring: 3,
  final: 4, resolved: 4, cancelled: 4, postmortem: 5,
}; // prettier-ignore
/** An update is never the first message. */
const UPDATE = 2.5;

/**
 * Whether the newest block is at the top: by the place of the only marked one, then by times, statuses and texts. If
 * nothing says so, it is, as in cState's own example.
 */
export function isNewestFirst(blocks: readonly Block[], start: Instant, zone: string | number): boolean {
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
    return apart > HALF_DAY ? apart - DAY : apart <= -HALF_DAY ? apart + DAY : apart;
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

/** Whether a mark is that of a first message. */
export function isFirstWord(word: MarkWord | undefined): boolean {
  return (RANKS[word ?? 'update'] ?? 9) < 2;
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
