import type { Instant } from '../../../src/core/model.ts';
import type { Block } from './blocks.ts';
import { instantOf } from './written-time.ts';

/** The difference between the times of a text and of its front matter, and how certain it is. */
export interface Shift {
  /** Minutes that the text is ahead; whole hours. */
  minutes: number;
  /** Whether both the start and the end say so. */
  isSure: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** No zone is further from UTC. */
const FARTHEST = 14;
/** A message is written a little after the time in the front matter. */
const LATE = 20 * MINUTE;
const EXACT = 2 * MINUTE;

/**
 * The shift of whole hours between the times of a text, which state no zone, and its front matter, which does: such
 * a shift is a zone. Nothing where the two agree, or differ in another way.
 */
export function shiftOf(blocks: readonly Block[], start: Instant, end: Instant | undefined): Shift | undefined {
  const told = blocks
    .flatMap(({ time }) =>
      time?.day?.year && time.clock !== undefined && time.offset === undefined ? (instantOf(time, 0, 0) ?? []) : [],
    )
    .sort((a, b) => a - b);
  const [first, last] = [told[0], told.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const atStart = hoursBetween(start, first);
  const atEnd = end === undefined || told.length < 2 ? undefined : hoursBetween(end, last);
  if (atStart && atEnd && atStart.hours === atEnd.hours && (atStart.isExact || atEnd.isExact))
    return { minutes: atStart.hours * 60, isSure: true };
  return atStart?.isExact && atEnd === undefined ? { minutes: atStart.hours * 60, isSure: false } : undefined;
}

function hoursBetween(said: Instant, told: Instant): { hours: number; isExact: boolean } | undefined {
  const apart = told - said;
  const hours = Math.floor((apart + LATE / 2) / HOUR);
  const rest = apart - hours * HOUR;
  if (hours === 0 || Math.abs(hours) > FARTHEST || rest > LATE) return undefined;
  return { hours, isExact: Math.abs(rest) <= EXACT };
}
