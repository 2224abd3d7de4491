import type { Instant } from '../../core/days.ts';
import { CLOCKS_DIFFER } from '../../core/limits.ts';
import type { Section } from './headings.ts';
import { impactOf } from '../../core/incident.ts';
import { maintenancePhases, movesOf, phaseAt } from '../../core/maintenance.ts';
import type { Maintenance, MaintenanceUpdate } from '../../core/model.ts';
import { ANNOUNCED_AHEAD, MOST_OCCURRENCES } from '../../core/recurrence.ts';
import { formatTime } from '../../core/time-text.ts';
import type { MaintenanceWord } from '../../core/vocabulary.ts';
import type { EventContext } from './event.ts';
import { baseOf, readEvent, resolveComponents, updateIds } from './event.ts';
import type { Window } from './windows.ts';
import { checkLength, readWindows, updatesByWindow } from './windows.ts';
import { dayFromName } from './file-name.ts';
import type { SourceFile } from '../files.ts';
import { headingLine } from './headings.ts';
import { LABELS } from '../../core/labels.ts';
import type { LabelContext } from './label-values.ts';
import { readLabels } from './label-values.ts';
import type { Report } from '../rules.ts';
import type { Sections } from './updates.ts';
import { minuteOf } from '../../core/human-time.ts';

/**
 * Reads a maintenance, or every occurrence of one that recurs. Returns nothing when so much is wrong that there is
 * none to show.
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
    readUpdates(sections.updates, { scheduled: context.now, until: Infinity }, speaking, report);
    return [];
  }
  const around = dayFromName(file.path) ?? data.announced ?? sections.updates[0]?.at ?? context.now;
  checkLength(data, around, yaml, report);
  const windows = readWindows(data, id, yaml, context, report);
  const said = updatesByWindow(sections.updates, windows);
  const updates = windows.map((window, index) => readUpdates(said[index] ?? [], window, speaking, report));

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
  const components = resolveComponents(data.components, yaml, data.scheduled, context.names, report);
  const common = {
    kind: 'maintenance' as const,
    file: file.path,
    title: data.title,
    impact: data.impact ?? (Object.keys(components).length > 0 ? impactOf(Object.values(components)) : 'none'),
    areas: data.areas,
    ...(data.reference !== undefined && { reference: data.reference }),
    components,
    ...(sections.preface && { announcement: sections.preface.body }),
  };
  const all = windows.map((window, index) => {
    const own = (updates[index] ?? []).filter(({ line }) => !guesses.has(line));
    const announced = announcedOf(data, sections.updates[0]?.at, window);
    const { exception } = window;
    return {
      ...common,
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
  return all.slice(-MOST_OCCURRENCES);
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

/** Gives each update the status that holds at it; an “Update” repeats what the clock or the one before says. */
function readUpdates(
  sections: readonly Section[],
  window: Pick<Maintenance, 'scheduled' | 'until' | 'plan' | 'exception'>,
  context: Omit<LabelContext, 'started'> & Pick<Sections, 'isDoubtful'>,
  report: Report,
): MaintenanceUpdate[] {
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
    const labels = readLabels(section, { ...context, started: window.scheduled }, report);
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
