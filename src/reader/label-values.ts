import type { Instant, Update } from '../core/model.ts';
import { componentStatus } from '../core/schema/event.ts';
import { formatTime, nearestClock, parseClock, parseTime, TIME_FORM } from '../core/time-text.ts';
import type { ComponentStatus } from '../core/vocabulary.ts';
import { COMPONENT_STATUSES, STATUS_SYNONYMS } from '../core/vocabulary.ts';
import type { ComponentNames } from './component-names.ts';
import type { LabelName } from './label-names.ts';
import { labelLine, LABELS } from './label-names.ts';
import type { LabelledLine } from './labels.ts';
import type { Report } from './rules.ts';
import type { Section } from './updates.ts';
import { readWindowLine } from './window-line.ts';
import { didYouMean, nearest } from './suggest.ts';

/** The fields of an update that its labelled lines fill. */
export type LabelFields = Pick<Update, LabelName>;

const HALF_DAY = 12 * 3_600_000;
const TIME_LENGTH = 'YYYY-MM-DD HH:MM '.length;
/** Only these lie before the time of the update they stand in. */
const LOOKS_BACK: ReadonlySet<LabelName> = new Set(['ended']);

/** What labelled lines are read against. */
export interface LabelContext {
  zone: string;
  now: Instant;
  names: ComponentNames;
  /** When the event began; components that retired before are refused. */
  started: Instant;
}

/** Understands the labelled lines of one update; those that say nothing readable are reported. */
export function readLabels(section: Section, context: LabelContext, report: Report): LabelFields {
  const fields: LabelFields = {};
  for (const line of section.labels) {
    if (line.value === '') {
      report('label-empty', line.position, `“${LABELS[line.name]}” says nothing. Fill it or delete the line.`);
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
  const back = LOOKS_BACK.has(line.name);
  const clock = parseClock(line.value);
  if (clock) {
    const instant = nearestClock(clock, updateAt, back ? 'before' : 'after');
    if (Math.abs(instant - updateAt) <= HALF_DAY) return instant;
    const where = back ? 'before' : 'after';
    const reason = `“${line.value}” is not within the twelve hours ${where} the update at ${formatTime(updateAt)}. If it is right, write the date too.`;
    report('time-needs-date', line.valuePosition, reason, labelLine(line.name, formatTime(instant)));
    return undefined;
  }
  const result = parseTime(line.value, context.zone);
  if ('problem' in result) {
    const day = formatTime(updateAt).slice(0, 10);
    const dated = /^\d{1,2}:\d{2}/.test(line.value) ? parseTime(`${day} ${line.value}`, context.zone) : result;
    const { ruleId, reason, expected = TIME_FORM } = 'problem' in dated ? dated.problem : result.problem;
    const meant = likelyClock(line.value, updateAt, expected.slice(TIME_LENGTH), back) ?? expected;
    report(ruleId, line.valuePosition, reason.replace(`${day} `, ''), labelLine(line.name, meant));
    return undefined;
  }
  const { instant } = result;
  if (back ? instant > updateAt : instant < updateAt) {
    const reason = `“${LABELS[line.name]}” is ${formatTime(instant)}, ${back ? 'after' : 'before'} the update itself at ${formatTime(updateAt)}.`;
    report('times-reversed', line.valuePosition, reason);
    return undefined;
  }
  return instant;
}

/** A time of day with the zone that brings it next to its update: UTC, as in most headings, or the site's. */
function likelyClock(written: string, updateAt: Instant, siteZone: string, back: boolean): string | undefined {
  if (!/^\d{1,2}:\d{2}$/.test(written)) return undefined;
  const direction = back ? 'before' : 'after';
  const candidates = ['UTC', siteZone].flatMap((zone) => {
    const clock = parseClock(`${written} ${zone}`);
    return clock
      ? [{ text: `${written} ${zone}`, away: Math.abs(nearestClock(clock, updateAt, direction) - updateAt) }]
      : [];
  });
  return candidates.filter(({ away }) => away <= HALF_DAY).sort((a, b) => a.away - b.away)[0]?.text;
}

function readComponents(
  line: LabelledLine,
  context: LabelContext,
  report: Report,
): NonNullable<LabelFields['components']> {
  const statuses: Record<string, ComponentStatus> = {};
  const parts = partsOf(line.value).map(readPair);
  const mended = parts.map(({ name, meant }) => (meant ? `${name}: ${meant.replaceAll('_', ' ')}` : undefined));
  const expected = mended.includes(undefined) ? undefined : labelLine('components', mended.join(', '));
  for (const { name, written, status } of parts) {
    if (!status) {
      const reason =
        written === ''
          ? `“${name}” says no status; the line takes pairs of a component and its status, parted by commas.`
          : `“${written}” is no status of a component.${didYouMean(written, [...COMPONENT_STATUSES])}`;
      report('bad-value', line.valuePosition, reason, expected);
      continue;
    }
    const id = context.names.resolve(name, context.started, line.valuePosition, report);
    if (id === undefined) continue;
    if (Object.hasOwn(statuses, id))
      report('component-twice', line.valuePosition, `“${id}” stands twice in this line.`);
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
