import { millisecondsInDay } from 'date-fns/constants';
import { milliseconds } from 'date-fns/milliseconds';
import type { z } from 'zod';
import type { Day, Instant } from '../../core/days.ts';
import { CLOCKS_DIFFER, LIMITS, findDateSlip, findLoneSlip } from '../../core/limits.ts';
import type { Section } from './headings.ts';
import { impactOf } from '../../core/incident.ts';
import { maintenancePhases, movesOf, phaseAt } from '../../core/maintenance.ts';
import type { Maintenance, MaintenanceUpdate, TimeWindow } from '../../core/model.ts';
import { ANNOUNCED_AHEAD, MOST_OCCURRENCES, occurrencesOf } from '../../core/recurrence.ts';
import { formatTime } from '../../core/time-text.ts';
import type { MaintenanceWord } from '../../core/vocabulary.ts';
import type { EventContext, EventSchemas } from './event.ts';
import { baseOf, checkEventAreas, readAliases, readEvent, resolveComponents, updateIds } from './event.ts';
import { dayFromName } from './file-name.ts';
import type { SourceFile } from '../files.ts';
import { headingLine } from './headings.ts';
import { LABELS } from '../../core/labels.ts';
import type { LabelContext } from './labels.ts';
import { readLabels } from './labels.ts';
import type { Report, Suggestion } from '../rules.ts';
import type { Sections } from './updates.ts';
import { formatTimeIn, minuteOf, zoneSpoken } from '../../core/human-time.ts';
import { dayOf } from '../../core/days.ts';
import type { OccurrenceChange } from '../../core/schema/fields.ts';
import type { YamlValue } from '../yaml/yaml.ts';

/** The window of a maintenance, and its id. */
export type Window = Pick<Maintenance, 'id' | 'scheduled' | 'until' | 'series' | 'cancelled' | 'plan' | 'exception'>;

const YEAR = milliseconds({ days: 365 });
/** How far ahead the days of exceptions can be. */
const EXCEPT_AHEAD = 3 * YEAR;

type Data = z.output<EventSchemas['maintenance']>;

/** The windows of a maintenance, oldest first. If it recurs, all past ones, and those of the next sixty days. */
export function readWindows(
  data: Data,
  id: string,
  yaml: YamlValue,
  { now, zone }: EventContext,
  report: Report,
): Window[] {
  const { scheduled, until, repeat, except } = data;
  if (repeat === undefined) {
    const stray = Object.keys(except)[0];
    if (stray !== undefined) {
      const reason =
        '“except” is only for maintenance that repeats, but this one has no “repeat”. Add “repeat”, or delete “except”.';
      report('except-unknown', yaml.locate(['except', stray], 'key'), reason, {
        example: 'repeat: FREQ=WEEKLY;BYDAY=TU',
      });
    }
    return [{ id, scheduled, until }];
  }
  const horizon = Math.max(now, scheduled) + ANNOUNCED_AHEAD;
  // What is wrong in an exception is wrong from the beginning, and not once its day comes near.
  const excepted = Object.keys(except).map((day) => Date.parse(day) + milliseconds({ days: 2 }) || 0);
  const latest = Math.max(...excepted.filter((day) => day <= horizon + EXCEPT_AHEAD), horizon + YEAR);
  const all = occurrencesOf(repeat, scheduled, zone, latest);
  const starts = all.filter((start) => start <= horizon);
  if (starts[0] !== scheduled) {
    const reason = `The rule “${repeat}” has no occurrence at ${formatTime(scheduled)}. Set “scheduled” to the first one.`;
    report('repeat-mismatch', yaml.locate(['scheduled']), reason, firstWindow(data, starts[0], yaml));
  }
  if (all.filter((start) => start <= horizon + YEAR).length > MOST_OCCURRENCES) {
    const later = all.find((start) => start >= now - YEAR) ?? all.at(-MOST_OCCURRENCES) ?? scheduled;
    const reason = `By ${formatTime(horizon + YEAR)} the rule “${repeat}” has more than ${MOST_OCCURRENCES} occurrences since ${formatTime(scheduled)}, but only the newest ${MOST_OCCURRENCES} of a file have pages. Set “scheduled” to a later time. Put earlier occurrences in a file of their own, with a rule that ends with UNTIL.`;
    report('repeat-endless', yaml.locate(['scheduled']), reason, firstWindow(data, later, yaml));
  }
  const windows = new Map(starts.map((start) => [dayOf(start, zone), start]));
  const days = new Set(all.map((start) => dayOf(start, zone)));
  for (const day of Object.keys(except)) {
    if (days.has(day)) continue;
    const meant = nearestDay(day, [...days]);
    const reason = `The rule has no occurrence on “${day}”. Use a day on which it does, in the page’s time zone.`;
    const line = meant && !(meant in except) ? yaml.rewrite(['except', day], meant, 'key') : undefined;
    report('except-unknown', yaml.locate(['except', day], 'key'), reason, line);
  }
  return [...windows].map(([day, start]) => {
    const planned = { from: start, to: start + (until - scheduled) };
    const window = { id: `${id}-${day}`, series: id, scheduled: planned.from, until: planned.to };
    const change = except[day];
    if (!change) return window;
    checkMoved(change, planned, { day, yaml }, report);
    checkAnnounced(change, planned, { day, yaml, now }, report);
    return { ...window, ...changed(change, planned) };
  });
}

/**
 * Reports a maintenance that ends before it starts, or is implausibly long.
 * @param around a time close to it: the time further away from it is wrong
 */
function checkLength({ scheduled, until }: Data, around: Instant, yaml: YamlValue, report: Report): void {
  const isLate = Math.abs(scheduled - around) > Math.abs(until - around);
  const key = isLate ? 'scheduled' : 'until';
  const slip = isLate ? findLoneSlip(scheduled, until, 'before') : findLoneSlip(until, scheduled, 'after');
  const times = `from ${formatTime(scheduled)} until ${formatTime(until)}`;
  if (slip) {
    const zone = zoneSpoken(yaml.lineAt(yaml.locate([key]))) ?? 'UTC';
    const reason = `The ${slip.part} looks wrong: the maintenance would last ${times}.`;
    report('time-implausible', yaml.locate([key]), reason, yaml.rewrite([key], formatTimeIn(slip.instant, zone)));
  } else if (until <= scheduled) {
    const reason = `“until” is ${formatTime(until)}, before “scheduled”, which is ${formatTime(scheduled)}.`;
    report('times-reversed', yaml.locate(['until']), reason);
  } else if (until - scheduled > LIMITS.maintenance) {
    const days = Math.round((until - scheduled) / millisecondsInDay);
    const reason = `The maintenance would last ${days} days, ${times}. Correct the wrong date, or announce each window separately.`;
    report('time-implausible', yaml.locate(['until']), reason);
  }
}

/** Applies an exception. Without an announcement, the occurrence was never planned otherwise. */
function changed({ moved, announced }: OccurrenceChange, planned: TimeWindow): Partial<Window> {
  const isDated = announced !== undefined;
  if (moved === undefined) return { cancelled: true, ...(isDated && { exception: { announced } }) };
  const window = { from: moved, to: moved + (planned.to - planned.from) };
  const own = { scheduled: window.from, until: window.to };
  return isDated ? { ...own, plan: planned, exception: { announced, window } } : own;
}

function checkMoved(
  { moved }: OccurrenceChange,
  { from }: TimeWindow,
  { day, yaml }: { day: Day; yaml: YamlValue },
  report: Report,
): void {
  const slip = moved === undefined ? undefined : findDateSlip(moved, from, ['year']);
  if (moved === undefined || !slip) return;
  const meant = formatTime(slip.instant);
  const line = yaml.rewrite(['except', day, 'moved'], meant) ?? yaml.rewrite(['except', day], meant);
  const reason = `The year looks wrong: the window at ${formatTime(from)} would be moved to ${formatTime(moved)}.`;
  report('time-implausible', yaml.locate(['except', day]), reason, line);
}

function checkAnnounced(
  { announced }: OccurrenceChange,
  { to }: TimeWindow,
  { day, yaml, now }: { day: Day; yaml: YamlValue; now: Instant },
  report: Report,
): void {
  if (announced === undefined) return;
  const position = yaml.locate(['except', day]);
  if (announced > now + CLOCKS_DIFFER) {
    const reason = `“announced” is in the future: ${formatTime(announced)}. It’s ${formatTime(now)} now. Write when customers could first read about it.`;
    report('time-in-future', position, reason, yaml.rewrite(['except', day, 'announced'], formatTime(minuteOf(now))));
  } else if (announced >= to) {
    const reason = `“announced” is ${formatTime(announced)}, after the maintenance ended. Write when customers could first read about it.`;
    report('times-reversed', position, reason);
  }
}

/** Suggests the first occurrence by the rule as `scheduled`, and `until` with the same length if it is on the next line. */
function firstWindow({ scheduled, until }: Data, start: Instant | undefined, yaml: YamlValue): Suggestion | undefined {
  if (start === undefined) return undefined;
  const line = yaml.rewrite(['scheduled'], formatTime(start));
  if (until > start || typeof line !== 'string') return line;
  const end = yaml.rewrite(['until'], formatTime(start + until - scheduled));
  const below = yaml.locate(['scheduled']).line + 1;
  if (typeof end === 'string' && yaml.locate(['until']).line === below)
    return { text: `${line}\n${end}`, endLine: below };
  return { example: `${line}\n${typeof end === 'string' ? end : ''}`.trim() };
}

function nearestDay(day: Day, days: readonly Day[]): Day | undefined {
  const away = (other: Day) => Math.abs(Date.parse(other) - Date.parse(day));
  return Number.isNaN(Date.parse(day)) ? days[0] : [...days].sort((a, b) => away(a) - away(b))[0];
}

/**
 * Assigns the updates of a file to its windows. An announcement or cancellation belongs to the next window, any other
 * update to the closest one.
 * @returns a list per window, in the order of the file
 */
export function updatesByWindow(sections: readonly Section[], windows: readonly Window[]): Section[][] {
  const lists = windows.map((): Section[] => []);
  for (const section of sections) lists[indexFor(section, windows)]?.push(section);
  return lists;
}

function indexFor({ word, at, labels }: Section, windows: readonly Window[]): number {
  const next = windows.findIndex(({ until }) => until > at);
  if (next < 0) return windows.length - 1;
  const isAhead = word === 'scheduled' || word === 'cancelled' || labels.some(({ name }) => name === 'window');
  if (isAhead || next === 0) return next;
  const before = at - (windows[next - 1]?.until ?? -Infinity);
  const after = (windows[next]?.scheduled ?? Infinity) - at;
  return before < after ? next - 1 : next;
}

/**
 * Reads a maintenance, or all occurrences if it recurs. Empty if it has too many errors to show anything.
 */
export function readMaintenance(
  file: SourceFile & { text: string },
  id: string,
  context: EventContext,
  report: Report,
): Maintenance[] {
  const parts = readEvent(file, 'maintenance', ({ maintenance }) => maintenance, context, report);
  if (!parts) return [];
  const { data, yaml, sections } = parts;
  const { isDoubtful } = sections;
  const speaking = { ...context, siteZone: context.zone, zone: parts.zone, isDoubtful };
  const guesses = new Set(sections.updates.filter(({ isGuess }) => isGuess).map(({ position }) => position.line));
  if (!data || !yaml) {
    readUpdates(sections.updates, { scheduled: context.now, until: Infinity }, [], speaking, report);
    return [];
  }
  const around = dayFromName(file.path) ?? data.announced ?? sections.updates[0]?.at ?? context.now;
  checkLength(data, around, yaml, report);
  const windows = readWindows(data, id, yaml, context, report);
  const said = updatesByWindow(sections.updates, windows);
  const components = resolveComponents(data.components, yaml, data.scheduled, context.names, report);
  const named = Object.keys(components);
  const updates = windows.map((window, index) => readUpdates(said[index] ?? [], window, named, speaking, report));

  const [first] = sections.updates;
  const isDated = data.announced !== undefined || (first !== undefined && first.at <= data.scheduled);
  const isAsked = sections.preface !== undefined && data.repeat === undefined;
  if (!isDated && (isAsked || data.scheduled > context.now)) {
    const reason =
      'Add “announced” to the front matter. Without it, feeds and calendars assume that this was announced sixty days before it starts.';
    const position = sections.preface?.position ?? yaml.locate(['scheduled'], 'key');
    report('announcement-undated', position, reason, { example: `announced: ${formatTime(minuteOf(context.now))}` });
  }
  if (data.announced !== undefined && data.announced > context.now + CLOCKS_DIFFER) {
    const reason = `“announced” is in the future: ${formatTime(data.announced)}. It’s ${formatTime(context.now)} now. Write when customers could first read about it.`;
    report(
      'time-in-future',
      yaml.locate(['announced']),
      reason,
      yaml.rewrite(['announced'], formatTime(minuteOf(context.now))),
    );
  }
  const common = {
    kind: 'maintenance' as const,
    file: file.path,
    title: data.title,
    impact: data.impact ?? (Object.keys(components).length > 0 ? impactOf(Object.values(components)) : 'none'),
    areas: data.areas,
    ...(data.reference !== undefined && { reference: data.reference }),
    ...(data.remind && { remind: data.remind }),
    components,
    ...(sections.preface && { announcement: sections.preface.body }),
  };
  const all = windows.map((window, index) => {
    const own = (updates[index] ?? []).filter(({ line }) => !guesses.has(line));
    const announced = announcedOf(data, sections.updates[0]?.at, window);
    const { exception } = window;
    return {
      ...common,
      // Of a series, its first occurrence.
      ...(index === 0 && readAliases('maintenance', data, yaml)),
      ...inForce(window, own),
      updates: own,
      ...(announced !== undefined && { announced }),
      // A change cannot be announced before the occurrence itself is.
      ...(exception && {
        exception: {
          ...exception,
          announced: Math.max(exception.announced, announced ?? plannedFrom(window) - ANNOUNCED_AHEAD),
        },
      }),
    };
  });
  const kept = all.slice(-MOST_OCCURRENCES);
  checkEventAreas(kept, data.areas, { yaml, sections }, context, report);
  return kept;
}

/** The window after the newest move, and the first plan if it was different. */
function inForce(window: Window, updates: readonly MaintenanceUpdate[]): Window & Pick<Maintenance, 'plan'> {
  const moved = movesOf({ ...window, updates }).at(-1);
  if (!moved) return window;
  const plan = window.plan ?? { from: window.scheduled, to: window.until };
  return { ...window, scheduled: moved.from, until: moved.to, plan };
}

/** The planned start before any move. */
function plannedFrom({ plan, scheduled }: Window): Instant {
  return plan?.from ?? scheduled;
}

/** An occurrence of a series is announced 60 days before it starts, or when the series was, whichever is later. */
function announcedOf(
  {
    announced,
    repeat,
    scheduled,
  }: { announced?: Instant | undefined; repeat?: string | undefined; scheduled: Instant },
  firstUpdate: Instant | undefined,
  window: Window,
): Instant | undefined {
  if (repeat === undefined) return announced;
  const series = announced ?? (firstUpdate !== undefined && firstUpdate <= scheduled ? firstUpdate : undefined);
  return series === undefined ? undefined : Math.max(plannedFrom(window) - ANNOUNCED_AHEAD, series);
}

/** Gives each update its status. An “Update” repeats the status by the clock or the update before. */
function readUpdates(
  sections: readonly Section[],
  window: Pick<Maintenance, 'scheduled' | 'until' | 'plan' | 'exception'>,
  components: readonly string[],
  context: Omit<LabelContext, 'started' | 'named'> & Pick<Sections, 'isDoubtful'>,
  report: Report,
): MaintenanceUpdate[] {
  const named = new Set(components);
  const ids = updateIds(sections, report);
  const updates: MaintenanceUpdate[] = [];
  sections.forEach((section, index) => {
    const word = section.word as MaintenanceWord;
    const repeated = phaseAt(maintenancePhases({ ...window, updates }), section.at).status;
    const isBegun = updates.some(({ word: earlier }) => earlier !== 'scheduled' && earlier !== 'update');
    if (word === 'scheduled' && isBegun && !context.isDoubtful) {
      const reason =
        'This maintenance has already started or ended, so it cannot be Scheduled again. Write Update instead, or announce the next maintenance in its own file.';
      report('status-back', section.position, reason, headingLine('update', formatTime(section.at), section.pinned));
    }
    const labels = readLabels(section, { ...context, started: window.scheduled, named }, report);
    for (const id of Object.keys(labels.components ?? {})) named.add(id);
    for (const { name, position } of section.labels) {
      const closed = word === 'completed' || word === 'cancelled';
      if (name === 'ended' || name === 'postmortemBy' || (closed && name !== 'edited' && name !== 'areas')) {
        report('label-misplaced', position, `“${LABELS[name].label}” has no meaning in this update. Delete the line.`);
      }
    }
    updates.push({ ...baseOf(section, ids[index] ?? '', word, word === 'update' ? repeated : word), ...labels });
  });
  return updates;
}
