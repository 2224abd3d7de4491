import { milliseconds } from 'date-fns/milliseconds';
import type { Instant } from '../../core/days.ts';
import { readWindowLine } from './window-line.ts';
import type { Section } from './headings.ts';
import type { LabelledFacts } from '../../core/model.ts';
import { findLoneSlip, readWrittenTime } from '../../core/written-time.ts';
import { LIMITS } from '../../core/limits.ts';
import { componentStatus } from '../../core/schema/event.ts';
import { formatTimeIn, readTimeWords, writeTimeNear } from '../../core/human-time.ts';
import { formatTime, nearestClock, parseClock, parseTime } from '../../core/time-text.ts';
import type { ComponentStatus } from '../../core/vocabulary.ts';
import { COMPONENT_STATUSES, STATUS_SYNONYMS } from '../../core/vocabulary.ts';
import type { ComponentNames } from '../components.ts';
import type { LabelName } from '../../core/labels.ts';
import { LABELS } from '../../core/labels.ts';
import type { LabelledLine } from './labels.ts';
import { labelLine } from './labels.ts';
import { withoutInvisible } from '../markdown/markdown.ts';
import type { Report } from '../rules.ts';
import { didYouMean, nearest } from '../yaml/suggest.ts';

/** The fields of an update that its labelled lines fill. */
export type LabelFields = LabelledFacts;

const HALF_DAY = milliseconds({ hours: 12 });
/** A time of day this close on the wrong side of its update is a slip, not a time on the next day. */
const SLIP = milliseconds({ hours: 6 });
/** What labelled lines are read against. */
export interface LabelContext {
  /** The zone of the other times of the file. */
  zone: string;
  siteZone: string;
  now: Instant;
  names: ComponentNames;
  /** When the event began; components that retired before are refused. */
  started: Instant;
}

/** Understands the labelled lines of one update; those that say nothing readable are reported. */
export function readLabels(section: Section, context: LabelContext, report: Report): LabelFields {
  const fields: LabelFields = {};
  for (const written of section.labels) {
    // In names of areas, invisible signs join letters of Persian or parts of an emoji.
    const line = written.name === 'areas' ? written : { ...written, value: withoutInvisible(written.value).trim() };
    if (line.value === '') {
      report('label-empty', line.position, `“${LABELS[line.name].label}” is empty. Fill it in, or delete the line.`);
    } else if (line.name === 'components') {
      fields.components = readComponents(line, context, report);
    } else if (line.name === 'areas') {
      fields.areas = partsOf(line.value);
    } else if (line.name === 'window') {
      const window = readWindowLine(line, section.at, context.zone, report);
      if (window) fields.window = window;
    } else {
      const instant = readInstant(line, section.at, context, report);
      if (instant !== undefined) fields[line.name] = instant;
    }
  }
  return fields;
}

function partsOf(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function readInstant(
  line: LabelledLine,
  updateAt: Instant,
  context: LabelContext,
  report: Report,
): Instant | undefined {
  const { isBefore: back = false, isPromise = false } = LABELS[line.name];
  const clock = parseClock(line.value);
  if (clock) {
    const instant = nearestClock(clock, updateAt, back ? 'before' : 'after');
    if (Math.abs(instant - updateAt) <= HALF_DAY) return instant;
    const where = back ? 'before' : 'after';
    const other = nearestClock(clock, updateAt, back ? 'after' : 'before');
    if (Math.abs(other - updateAt) < SLIP) {
      const reason = `“${LABELS[line.name].label}” is ${formatTime(other)}, ${back ? 'after' : 'before'} the update itself at ${formatTime(updateAt)}. If you mean another day, add the date.`;
      report('times-reversed', line.valuePosition, reason);
      return undefined;
    }
    const reason = `“${line.value}” is not within the twelve hours ${where} the update at ${formatTime(updateAt)}. If it is right, add the date.`;
    report('time-needs-date', line.valuePosition, reason, labelLine(line.name, formatTimeIn(instant, context.zone)));
    return undefined;
  }
  const result = parseTime(line.value, context.zone);
  if ('problem' in result) {
    report(...timeProblem(line, updateAt, context));
    return undefined;
  }
  const { instant } = result;
  const isReversed = back ? instant > updateAt : instant < updateAt;
  const slip = isPromise || isReversed ? findLoneSlip(instant, updateAt, back ? 'before' : 'after') : undefined;
  if (slip ?? (isPromise && instant - updateAt > LIMITS.promise)) {
    const which = slip ? `The ${slip.part} looks wrong` : 'Correct the wrong date';
    const reason = `${which}: “${LABELS[line.name].label}” is ${formatTime(instant)}, but the update is from ${formatTime(updateAt)}.`;
    const near = slip && writeTimeNear(slip.instant, updateAt, back ? 'before' : 'after', context.zone);
    report('time-implausible', line.valuePosition, reason, near && labelLine(line.name, near));
    return undefined;
  }
  if (isReversed) {
    const reason = `“${LABELS[line.name].label}” is ${formatTime(instant)}, ${back ? 'after' : 'before'} the update itself at ${formatTime(updateAt)}.`;
    report('times-reversed', line.valuePosition, reason);
    return undefined;
  }
  return instant;
}

/** Why the time of a labelled line cannot be read, and the line with the time that was meant. */
function timeProblem(line: LabelledLine, updateAt: Instant, context: LabelContext): Parameters<Report> {
  const day = formatTime(updateAt).slice(0, 10);
  const dated = /^\d{1,2}:\d{2}/.test(line.value) ? parseTime(`${day} ${line.value}`, context.zone) : undefined;
  const alone = parseTime(line.value, context.zone);
  const problem = dated && 'problem' in dated ? dated.problem : 'problem' in alone ? alone.problem : undefined;
  const { ruleId, reason } = problem ?? { ruleId: 'time-invalid' as const, reason: 'The time is not valid.' };
  const meant = labelTime(line.name, line.value, updateAt, context);
  const suggestion = meant === undefined ? { example: labelLine(line.name, '09:50 UTC') } : labelLine(line.name, meant);
  return [ruleId, line.valuePosition, reason.replace(`${day} `, ''), suggestion];
}

/**
 * The time to write in a labelled line for what somebody wrote there: `30m`, `22:50 CET`, `10:50 pm`. A time of day without a
 * zone is one of the file, of UTC or of the site, whichever brings it next to the update.
 * @returns nothing when it cannot be told, or lies on the wrong side of the update
 */
export function labelTime(
  name: LabelName,
  written: string,
  updateAt: Instant,
  { zone, siteZone, now }: Pick<LabelContext, 'zone' | 'siteZone' | 'now'>,
): string | undefined {
  const direction = LABELS[name].isBefore ? 'before' : 'after';
  const away = (instant: Instant) => (direction === 'after' ? instant - updateAt : updateAt - instant);
  const instants = [zone, 'UTC', siteZone].flatMap((one) => {
    const result = readTimeWords(written, { now, from: updateAt, direction, zone: one });
    return 'instant' in result && away(result.instant) >= 0 ? [result.instant] : [];
  });
  const read = readWrittenTime(written, formatTime(updateAt).slice(0, 10));
  const isClock = typeof read === 'object' && read.days.length === 0;
  const near = instants.filter((instant) => away(instant) <= HALF_DAY);
  const [meant] = isClock ? near : [...near, ...instants];
  return meant === undefined ? undefined : writeTimeNear(meant, updateAt, direction, zone);
}

function readComponents(
  line: LabelledLine,
  context: LabelContext,
  report: Report,
): NonNullable<LabelFields['components']> {
  const statuses: Record<string, ComponentStatus> = {};
  const parts = partsOf(line.value).map(readPair);
  /** The line with all statuses as they were meant, and one name in place of another. */
  const rewrite = (from?: string, to?: string) => {
    const pairs = parts.map(
      ({ name, meant }) => meant && `${name === from ? to : name}: ${meant.replaceAll('_', ' ')}`,
    );
    return pairs.includes(undefined) ? undefined : labelLine('components', pairs.join(', '));
  };
  for (const { name, written, status } of parts) {
    if (!status) {
      const reason =
        written === ''
          ? `“${name}” has no status. Write each component with its status, separated by commas.`
          : `“${written}” is not a valid component status.${didYouMean(written, [...COMPONENT_STATUSES])}`;
      report('bad-value', line.valuePosition, reason, rewrite());
      continue;
    }
    const id = context.names.resolve(name, context.started, line.valuePosition, report, (other) =>
      rewrite(name, other),
    );
    if (id === undefined) continue;
    if (Object.hasOwn(statuses, id))
      report('component-twice', line.valuePosition, `“${id}” is listed twice on this line.`);
    statuses[id] = status;
  }
  return statuses;
}

/** `checkout: major outage`; `meant` is the status that was written, or probably meant. */
function readPair(part: string) {
  const [name = '', ...rest] = part.split(':');
  const written = rest.join(':').trim();
  const status = componentStatus.safeParse(written).data;
  return {
    name: name.trim(),
    written,
    status,
    meant: status ?? STATUS_SYNONYMS[written.toLowerCase()] ?? nearest(written, COMPONENT_STATUSES),
  };
}
