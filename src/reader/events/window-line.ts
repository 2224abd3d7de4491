import { milliseconds } from 'date-fns/milliseconds';
import type { Instant } from '../../core/days.ts';
import type { LabelledLine } from './labels.ts';
import { labelLine } from './labels.ts';
import type { TimeProblem } from '../../core/time-text.ts';
import type { DateSlip } from '../../core/written-time.ts';
import type { Report } from '../rules.ts';
import { formatTime, nearestClock, parseClock, parseTime } from '../../core/time-text.ts';
import { LIMITS } from '../../core/limits.ts';
import { findDateSlip, findLoneSlip } from '../../core/written-time.ts';
import type { TimeWindow } from '../../core/model.ts';
const HALF_DAY = milliseconds({ hours: 12 });

const FORM = 'YYYY-MM-DD HH:MM UTC – HH:MM UTC';

/** A hyphen stands in dates and offsets too, so it needs space around it. */
const DASH = /\s*[–—]\s*|\s+-+\s+|\s+(?:to|until)\s+/iu;

/**
 * Understands `2026-12-02 02:00 UTC – 04:00 UTC`. A date may be left out: of the end it is that of the first such time
 * after the start, of the start that of the first such time after the update, at most twelve hours later.
 */
export function readWindowLine(line: LabelledLine, at: Instant, zone: string, report: Report): TimeWindow | undefined {
  const [start = '', end, ...more] = line.value.split(DASH).map((part) => part.trim());
  if (end === undefined || more.length > 0) {
    const reason = `“${line.value}” is not a valid window. Write the start and end times, separated by a dash.`;
    report('bad-value', line.valuePosition, reason, { example: labelLine('window', FORM) });
    return undefined;
  }
  const window = windowOf(start, end, at, zone);
  if ('from' in window) {
    const meant = plausible(window, at);
    if (meant) {
      const reason = `The ${meant.part} looks wrong: the window would be from ${formatTime(window.from)} until ${formatTime(window.to)}, but the update is from ${formatTime(at)}.`;
      report('time-implausible', line.valuePosition, reason, labelLine('window', writeWindow(meant)));
      return undefined;
    }
    if (window.to - window.from > LIMITS.maintenance) {
      const days = Math.round((window.to - window.from) / (2 * HALF_DAY));
      const reason = `The maintenance would last ${days} days. Correct the wrong date.`;
      report('time-implausible', line.valuePosition, reason);
      return undefined;
    }
    if (window.from < window.to) return window;
    const reason = `The maintenance would end at ${formatTime(window.to)}, before it starts at ${formatTime(window.from)}.`;
    report('times-reversed', line.valuePosition, reason);
    return undefined;
  }
  const meant = meantBy(start, end, at, zone);
  const suggestion = meant === undefined ? { example: labelLine('window', FORM) } : labelLine('window', meant);
  report(window.ruleId, line.valuePosition, window.reason, suggestion);
  return undefined;
}

/** How a window is written. */
export function writeWindow({ from, to }: TimeWindow): string {
  const end = formatTime(to);
  return `${formatTime(from)} – ${to - from <= HALF_DAY ? end.slice(end.indexOf(' ') + 1) : end}`;
}

/** The window that was meant where the year of both its times is wrong, or the date of its end. */
function plausible({ from, to }: TimeWindow, at: Instant): (TimeWindow & Pick<DateSlip, 'part'>) | undefined {
  const start = findDateSlip(from, at, ['year'], 'after');
  const moved = start?.instant ?? from;
  const length = to - from;
  const end = findLoneSlip(start && length > 0 && length <= LIMITS.maintenance ? moved + length : to, moved, 'after');
  if (!start && !end) return undefined;
  const part = (start ?? end)?.part ?? 'year';
  return { from: moved, to: end?.instant ?? moved + length, part };
}

function windowOf(start: string, end: string, at: Instant, zone: string) {
  const from = readTime(start, at, zone);
  if ('problem' in from) return from.problem;
  const to = readTime(end, from.instant, zone);
  return 'problem' in to ? to.problem : { from: from.instant, to: to.instant };
}

type Problem = Omit<TimeProblem, 'ruleId'> & { ruleId: TimeProblem['ruleId'] | 'time-needs-date' };

function readTime(text: string, after: Instant, zone: string): { instant: Instant } | { problem: Problem } {
  const clock = parseClock(text);
  if (!clock) return parseTime(text, zone);
  const instant = nearestClock(clock, after, 'after');
  if (instant - after <= HALF_DAY) return { instant };
  const reason = `“${text}” is not within the twelve hours after ${formatTime(after)}. If it is right, add the date.`;
  return { problem: { ruleId: 'time-needs-date', reason, expected: formatTime(instant) } };
}

/** What was probably meant, where the zone is missing at one of the two times, or a date. */
function meantBy(start: string, end: string, at: Instant, zone: string): string | undefined {
  const named = [end, start].map((text) => /(?:UTC|Z|[+-]\d\d:\d\d)$/.exec(text)?.[0]).find(Boolean) ?? 'UTC';
  const zoned = (text: string) => (/(?:UTC|Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text} ${named}`);
  const dated = (text: string) => {
    const result = readTime(text, at, zone);
    return 'problem' in result && result.problem.ruleId === 'time-needs-date'
      ? (result.problem.expected ?? text)
      : text;
  };
  const window = windowOf(dated(zoned(start)), zoned(end), at, zone);
  return 'from' in window && window.from < window.to ? writeWindow(window) : undefined;
}
