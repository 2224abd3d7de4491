import { stringify } from 'yaml';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';
import type { ComponentIds } from './component-ids.ts';
import { marked } from './mark.ts';
import type { ImportedEvent, ImportedUpdate, StatusesByKey } from './model.ts';
import { writeTime } from './times.ts';

/** The file of an incident or a maintenance, in Candor's format, oldest update first. */
export function eventText(event: ImportedEvent, ids: ComponentIds, source: string): string {
  const frontMatter = stringify(frontMatterOf(event, ids), { lineWidth: 0 });
  const announcement = event.kind === 'maintenance' ? (event.announcement ?? '') : '';
  const parts = [...(announcement === '' ? [] : [announcement]), ...event.updates.map((one) => updateText(one, ids))];
  const body = parts.map((part) => `\n${part}\n`).join('');
  return marked(frontMatter, body, source, event.identity);
}

function frontMatterOf(event: ImportedEvent, ids: ComponentIds): object {
  const { impact } = event;
  // Two braces begin a blank of a template, and no title holds one.
  const title = event.title.replaceAll('{{', '{ {');
  const components = byId(event.components, ids);
  const named = Object.keys(components).length > 0;
  if (event.kind === 'maintenance') {
    return {
      title,
      ...(impact && { impact }),
      ...(named && { components: maintained(components) }),
      scheduled: writeTime(event.scheduled),
      until: writeTime(event.until),
    };
  }
  const started = writeTime(event.started);
  const isFirstUpdate = event.updates[0] && started === writeTime(event.updates[0].at);
  return { title, ...(impact && { impact }), ...(named && { components }), ...(!isFirstUpdate && { started }) };
}

/** Components under maintenance need no more than their ids. */
function maintained(components: Record<string, ComponentStatus>): object {
  const plain = Object.values(components).every((status) => status === 'under_maintenance');
  return plain ? Object.keys(components) : components;
}

function updateText(update: ImportedUpdate, ids: ComponentIds): string {
  const heading = `## ${headingWord(update.word)} · ${writeTime(update.at)}`;
  return [heading, update.body, labels(update, ids)].filter((part) => part !== '').join('\n\n');
}

function headingWord(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).replaceAll('_', ' ');
}

function labels(update: ImportedUpdate, ids: ComponentIds): string {
  const components = Object.entries(byId(update.components ?? {}, ids));
  const pairs = components.map(([id, status]) => `${id}: ${status.replaceAll('_', ' ')}`);
  return [
    ...(pairs.length > 0 ? [`- **Components:** ${pairs.join(', ')}`] : []),
    ...(update.ended === undefined ? [] : [`- **Ended:** ${writeTime(update.ended)}`]),
    ...(update.edited === undefined ? [] : [`- **Edited:** ${writeTime(update.edited)}`]),
  ].join('\n');
}

function byId(statuses: StatusesByKey, ids: ComponentIds): Record<string, ComponentStatus> {
  return Object.fromEntries(
    Object.entries(statuses).flatMap(([key, status]) => {
      const id = ids.byKey.get(key);
      return id === undefined ? [] : [[id, status] as const];
    }),
  );
}
