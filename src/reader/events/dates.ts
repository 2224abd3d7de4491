import { millisecondsInDay } from 'date-fns/constants';
import { milliseconds } from 'date-fns/milliseconds';
import type { Instant } from '../../core/days.ts';
import { DATE_PARTS, findDateSlip } from '../../core/written-time.ts';
import type { DateSlip } from '../../core/written-time.ts';
import { formatTimeIn } from '../../core/human-time.ts';
import { CLOCKS_DIFFER, LIMITS } from '../../core/limits.ts';
import { formatTime } from '../../core/time-text.ts';
import type { HeadingContext, Section } from './headings.ts';
import { headingLine } from './headings.ts';
import type { Report } from '../rules.ts';

/** Updates that belong together are no further apart than this. */
const TOGETHER = milliseconds({ days: 60 });

/**
 * Reports updates of an incident whose date is clearly wrong: last year in a new incident, or more than a year after the
 * one before.
 * @param sections in the order of the file
 * @returns the same; those with a slip have the time that was meant, as guesses
 */
export function correctDates(sections: readonly Section[], context: HeadingContext, report: Report): Section[] {
  const right = mainGroup(sections, context.fileDay);
  const corrected = sections.map((section, index): Section => {
    const found = section.isGuess ? undefined : slipOf(section, sections, index, right, context.fileDay);
    if (!found) return section;
    const { slip, evidence } = found;
    const reason = `The ${slip.part} looks wrong: the update is dated ${formatTime(section.at)}, but ${evidence}.`;
    const line = headingLine(section.word, formatTimeIn(slip.instant, context.zone), section.pinned);
    report('time-implausible', section.position, reason, slip.instant > context.now + CLOCKS_DIFFER ? undefined : line);
    return { ...section, at: slip.instant, isGuess: true };
  });
  if (corrected.every((section, index) => section === sections[index])) reportSilence(sections, report);
  return corrected;
}

interface Found {
  slip: DateSlip;
  /** Why, as the end of a sentence. */
  evidence: string;
}

function slipOf(
  { at, word }: Section,
  sections: readonly Section[],
  index: number,
  right: readonly Instant[],
  fileDay: Instant | undefined,
): Found | undefined {
  const [above, below] = [sections[index - 1]?.at, sections[index + 1]?.at];
  if (above !== undefined && below !== undefined && Math.abs(above - below) <= TOGETHER) {
    const near = nearestTo(at, [above, below]);
    const slip = near === undefined ? undefined : findDateSlip(at, near, DATE_PARTS);
    if (slip) return { slip, evidence: `it is between the updates of ${dayOf(above)} and ${dayOf(below)}` };
  }
  // The name is given when an incident begins. That it is older proves nothing, since it stays when the text is corrected.
  if (fileDay !== undefined && at < fileDay) {
    const slip = findDateSlip(at, fileDay, DATE_PARTS);
    if (slip) return { slip, evidence: `the file name says ${dayOf(fileDay)}` };
  }
  if (right.includes(at)) return undefined;
  const near = nearestTo(at, right);
  // After the end, a postmortem and what is added to it may come late.
  const isOver = sections.some((other) => other.word === 'resolved' && other.at < at);
  const isAdded = word === 'postmortem' || (word === 'update' && isOver);
  if (near === undefined || (isAdded && at > near)) return undefined;
  const slip = findDateSlip(at, near, ['year']);
  return slip && { slip, evidence: `the nearest update is from ${dayOf(near)}` };
}

/** The times taken as right: those near the day in the file's name, otherwise the largest group, otherwise the newest. */
function mainGroup(sections: readonly Section[], fileDay: Instant | undefined): Instant[] {
  const times = sections.flatMap(({ at, word, isGuess }) => (isGuess || word === 'postmortem' ? [] : [at]));
  const groups: Instant[][] = [];
  for (const time of times.sort((a, b) => a - b)) {
    const last = groups.at(-1);
    if (last && time - (last.at(-1) ?? 0) <= TOGETHER) last.push(time);
    else groups.push([time]);
  }
  if (fileDay !== undefined) {
    const named = groups.find((group) => group.some((time) => Math.abs(time - fileDay) <= TOGETHER));
    const isOlder = groups.every((group) => group.every((time) => time < fileDay));
    if (named || isOlder) return named ?? [];
  }
  return groups.toReversed().sort((a, b) => b.length - a.length)[0] ?? [];
}

/** Open incidents get updates sooner than this. After the end, updates may come at any time. */
function reportSilence(sections: readonly Section[], report: Report): void {
  const inTime = sections.filter(({ isGuess }) => !isGuess).sort((a, b) => a.at - b.at);
  let isOver = false;
  inTime.forEach((section, index) => {
    const before = inTime[index - 1];
    const isAdded = section.word === 'postmortem' || (section.word === 'update' && isOver);
    isOver = isAdded ? isOver : section.word === 'resolved';
    if (!before || isAdded || section.at - before.at <= LIMITS.silence) return;
    const days = Math.round((section.at - before.at) / millisecondsInDay);
    const reason = `This update is dated ${formatTime(section.at)}, ${days} days after the one before it. Correct the wrong date. If both are right, create a new incident for what happened later.`;
    report('time-implausible', section.position, reason);
  });
}

function nearestTo(instant: Instant, others: readonly Instant[]): Instant | undefined {
  return [...others].sort((a, b) => Math.abs(a - instant) - Math.abs(b - instant))[0];
}

function dayOf(instant: Instant): string {
  return formatTime(instant).slice(0, 10);
}
