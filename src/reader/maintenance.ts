import { impactOf } from '../core/incident.ts';
import { maintenancePhases, phaseAt } from '../core/maintenance.ts';
import type { Maintenance, MaintenanceUpdate } from '../core/model.ts';
import { formatTime } from '../core/time-text.ts';
import type { MaintenanceWord } from '../core/vocabulary.ts';
import type { EventContext } from './event.ts';
import { baseOf, readEvent, resolveComponents, updateIds } from './event.ts';
import { readWindows, updatesByWindow } from './windows.ts';
import type { SourceFile } from './files.ts';
import { headingLine } from './headings.ts';
import { LABELS } from './label-names.ts';
import { readLabels } from './label-values.ts';
import type { Report } from './rules.ts';
import type { Section } from './updates.ts';

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
  const parts = readEvent(file, 'maintenance', context.schemas.maintenance, context, report);
  if (!parts) return [];
  const { data, yaml, sections } = parts;
  if (!data || !yaml) {
    readUpdates(sections.updates, { scheduled: context.now, until: Infinity }, context, report);
    return [];
  }
  const windows = readWindows(data, id, yaml, context, report);
  const said = updatesByWindow(sections.updates, windows);
  const updates = windows.map((window, index) => readUpdates(said[index] ?? [], window, context, report));

  if (sections.preface && data.repeat === undefined && !updates.flat().some(({ word }) => word === 'scheduled')) {
    const reason = 'The announcement has no time, so feeds cannot carry it. Put the heading of an update above it.';
    report('announcement-undated', sections.preface.position, reason, parts.exampleHeading);
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
  return windows.map((window, index) => ({ ...common, ...window, updates: updates[index] ?? [] }));
}

/** Gives each update the status that holds at it; an “Update” repeats what the clock or the one before says. */
function readUpdates(
  sections: readonly Section[],
  window: Pick<Maintenance, 'scheduled' | 'until'>,
  context: EventContext,
  report: Report,
): MaintenanceUpdate[] {
  const ids = updateIds(sections, report);
  const updates: MaintenanceUpdate[] = [];
  sections.forEach((section, index) => {
    const word = section.word as MaintenanceWord;
    const repeated = phaseAt(maintenancePhases({ ...window, updates }), section.at).status;
    if (word === 'scheduled' && updates.some(({ word: earlier }) => earlier !== 'scheduled' && earlier !== 'update')) {
      const reason =
        'Work that was begun or ended by an update is not scheduled any more. Say Update, or end it and announce it anew in a file of its own.';
      report('status-back', section.position, reason, headingLine('update', formatTime(section.at), section.pinned));
    }
    const labels = readLabels(section, { ...context, started: window.scheduled }, report);
    for (const { name, position } of section.labels) {
      const closed = word === 'completed' || word === 'cancelled';
      if (name === 'ended' || (closed && name !== 'edited' && name !== 'areas')) {
        report('label-misplaced', position, `“${LABELS[name]}” has no meaning in this update. Delete the line.`);
      }
    }
    updates.push({ ...baseOf(section, ids[index] ?? '', word, word === 'update' ? repeated : word), ...labels });
  });
  return updates;
}
