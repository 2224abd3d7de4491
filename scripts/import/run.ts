import type { Words } from '../../src/i18n/words.ts';
import { wordsFor } from '../../src/i18n/words.ts';
import type { Instant } from '../../src/core/days.ts';
import { assignPaths, type ExistingContent, type ExistingFile, readExisting, writeAll } from './content-folder.ts';
import { about, settle } from './pipeline.ts';
import {
  type ImportedContent,
  type ImportedEvent,
  type ImportedNode,
  keysIn,
  type SourcePlace,
  type StatusesByKey,
} from './model.ts';
import { emptyReport, note, PLURALS, type Report, tally } from './report.ts';
import { isUnedited, marked } from '../lib/import-mark.ts';
import { formatTime } from '../../src/core/time-text.ts';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';
import { frontMatterText, type NewFrontMatter, updateText } from '../authoring/edit.ts';
import { startOfDay } from '../../src/core/days.ts';
import {
  appendedText,
  assignIds,
  type ComponentIds,
  componentsText,
  type ExistingComponent,
  existingComponents,
} from './components.ts';
import { isFilledIn, localeOf, pageLocale, shippedLocale, siteText, zoneOf } from './site-text.ts';

/** The file of an incident or a maintenance, in Candor's format, oldest update first. */
export function eventText(event: ImportedEvent, ids: ComponentIds, source: string): string {
  const { announcement = '' } = event;
  const updates = event.updates.map(({ body, components = {}, ...update }) =>
    updateText({ ...update, message: body, components: byId(components, ids) }, formatTime),
  );
  const parts = [...(announcement === '' ? [] : [announcement]), ...updates];
  const body = parts.map((part) => `\n${part}\n`).join('');
  return marked(frontMatterText(frontMatterOf(event, ids), false), body, source, event.identity);
}

function frontMatterOf(event: ImportedEvent, ids: ComponentIds): NewFrontMatter {
  const { impact, start, until, updates } = event;
  // Two braces begin a blank of a template, and no title holds one.
  const title = event.title.replaceAll('{{', '{ {');
  const components = byId(event.components, ids);
  const common = { title, ...(impact && { impact }), components, ...(event.address && { aliases: [event.address] }) };
  if (event.kind === 'maintenance') {
    const isPlain = Object.values(components).every((status) => status === 'under_maintenance');
    const window = { scheduled: start, ...(until !== undefined && { until }) };
    return { ...common, components: isPlain ? Object.keys(components) : components, ...window };
  }
  return { ...common, ...((!updates[0] || formatTime(start) !== formatTime(updates[0].at)) && { started: start }) };
}

function byId(statuses: StatusesByKey, ids: ComponentIds): Record<string, ComponentStatus> {
  return Object.fromEntries(
    Object.entries(statuses).flatMap(([key, status]) => {
      const id = ids.byKey.get(key);
      return id === undefined ? [] : [[id, status] as const];
    }),
  );
}

/**
 * The files to write, by path below the content folder; what is there already as it should be is not among
 * them. `content.events` are settled. Never replaces what somebody wrote or edited.
 */
export function planFiles(
  content: ImportedContent,
  existing: ExistingContent,
  now: Instant,
  report: Report,
): Map<string, string> {
  const files = new Map<string, string>();
  const put = (path: string, text: string, before: string | undefined): void => {
    if (before === text) report.files.unchanged += 1;
    else {
      files.set(path, text);
      report.files[before === undefined ? 'created' : 'changed'] += 1;
    }
  };
  const site = planSite(content, existing, now, report);
  if (site !== undefined) put('site.yml', site, existing.site);
  const zone = zoneOf(existing.site ?? site ?? '');

  const listed = existingComponents(existing.components ?? '[]', localeOf(existing.site ?? site ?? '')) ?? [];
  const ids = assignIds(content.tree, listed);
  const components = planComponents(content, existing, ids, zone, report);
  if (components !== undefined) put('components.yml', components, existing.components);

  const targets = assignPaths(content.source, content.events, existing.events);
  for (const event of content.events) {
    const target = targets.get(event);
    if (!target) continue;
    if ('conflict' in target) {
      lose(event, 'file-conflict', target.conflict, report);
      continue;
    }
    const text = eventText(withoutRetired(event, ids, listed, zone, report), ids, content.source);
    if (!target.existing || mayReplace(event, target.existing, text, report)) {
      put(target.path, text, target.existing?.text);
      keep(event, report);
    }
  }
  return files;
}

function planSite(
  { page, source }: ImportedContent,
  existing: ExistingContent,
  now: Instant,
  report: Report,
): string | undefined {
  const place = { file: 'site.yml' };
  const { text, missing } = siteText(page, new Date(now).getUTCFullYear(), existing.site);
  const subject = page.name ?? source;
  if (page.locale !== undefined && shippedLocale(page.locale) === undefined)
    note(report, 'locale-not-shipped', place, { subject: page.locale });
  if (existing.site === undefined || existing.site === text) {
    if (missing.length > 0)
      note(
        report,
        'site-incomplete',
        place,
        { subject },
        `Fill in ${missing.map((key) => `“${key}”`).join(' and ')} in site.yml.`,
      );
    return text;
  }
  if (!isFilledIn(existing.site)) note(report, 'site-incomplete', place, { subject });
  note(report, 'site-left-alone', place, { subject });
  return undefined;
}

function planComponents(
  { tree }: ImportedContent,
  { components: before }: ExistingContent,
  ids: ComponentIds,
  zone: string,
  report: Report,
): string | undefined {
  const place: SourcePlace = { file: 'components.yml' };
  report.written.components = ids.byKey.size;
  if (before === undefined) return componentsText(tree, ids, zone);
  const lacking = [...ids.byKey].filter(([key]) => !ids.existing.has(key));
  if (lacking.length === 0) return before;
  const text = appendedText(before, tree, ids, zone);
  const kind = text === undefined ? 'components-not-written' : 'components-appended';
  for (const [key, id] of lacking) note(report, kind, place, { id, subject: nameOf(tree, key) ?? id });
  if (text === undefined) report.written.components -= lacking.length;
  return text;
}

/** A component that `components.yml` retires before an event begins cannot be named by it. */
function withoutRetired(
  event: ImportedEvent,
  ids: ComponentIds,
  listed: readonly ExistingComponent[],
  zone: string,
  report: Report,
): ImportedEvent {
  const retired = new Set(
    listed.filter((one) => one.retired && startOfDay(one.retired, zone) <= event.start).map(({ id }) => id),
  );
  const without = (statuses: StatusesByKey): StatusesByKey =>
    Object.fromEntries(Object.entries(statuses).filter(([key]) => !retired.has(ids.byKey.get(key) ?? '')));
  const refused = [...keysIn(event)].filter((key) => retired.has(ids.byKey.get(key) ?? ''));
  if (refused.length === 0) return event;
  for (const key of refused)
    note(report, 'component-not-named', event.place, about(event), `It refers to “${ids.byKey.get(key)}”.`);
  const updates = event.updates.map(({ components, ...update }) => ({
    ...update,
    ...(components && { components: without(components) }),
  }));
  return { ...event, components: without(event.components), updates };
}

/** Whether a file that an earlier import wrote may be written anew; if not, why is reported. */
function mayReplace(event: ImportedEvent, { path, text, mark }: ExistingFile, next: string, report: Report): boolean {
  if (!mark || text === next || isUnedited(text, mark)) return true;
  if (next.includes(`(${mark.hash})`)) {
    note(report, 'file-edited', event.place, about(event), `${path} was edited after its import and left as it is.`);
    report.files.unchanged += 1;
    keep(event, report);
  } else lose(event, 'file-edited-both', path, report);
  return false;
}

function keep(event: ImportedEvent, report: Report): void {
  report.written[PLURALS[event.kind]] += 1;
  report.written.updates += event.updates.length;
}

function lose(event: ImportedEvent, kind: 'file-conflict' | 'file-edited-both', path: string, report: Report): void {
  note(report, kind, event.place, about(event), `${path} was not overwritten.`);
  report.notWritten[PLURALS[event.kind]] += 1;
  report.notWritten.updates += event.updates.length;
}

function nameOf(nodes: readonly ImportedNode[], key: string): string | undefined {
  for (const node of nodes) {
    const name = node.kind === 'group' ? nameOf(node.children, key) : node.key === key ? node.name : undefined;
    if (name !== undefined) return name;
  }
  return undefined;
}

/** How an import is done, whatever it reads. */
interface ImportOptions {
  /** What is read, as its user named it. */
  from: string;
  /** The content folder. */
  to: string;
  now: Instant;
  closeOlderThanDays?: number;
  /** Says what would be done, and writes nothing. */
  dryRun: boolean;
}

/**
 * Reads the source into the shape that every importer ends in, and reports what it had to guess or leave out.
 * @param words those of the page that is there already, for what the source has no text for
 */
export type ReadSource = (report: Report, now: Instant, words: Words) => ImportedContent | Promise<ImportedContent>;

/**
 * Brings a source into a content folder. A second run with the same input writes nothing.
 * @throws {CommandError} when the source cannot be read; nothing is written then
 */
export async function runImport(read: ReadSource, options: ImportOptions): Promise<Report> {
  const report = emptyReport(options.from, options.to, options.dryRun);
  const existing = await readExisting(options.to);
  const content = await read(report, options.now, wordsFor(pageLocale(existing.site)));
  if (existing.example) note(report, 'example-content', { file: '.example' }, { subject: options.to });
  const words = wordsFor(pageLocale(existing.site, content.page.locale));
  const events = content.events.flatMap((event) => settle(event, { ...options, words }, report) ?? []);
  const files = planFiles({ ...content, events }, existing, options.now, report);
  tally(report, events);
  if (!options.dryRun) await writeAll(options.to, files, existing);
  return report;
}
