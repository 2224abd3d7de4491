import type { Instant } from '../core/days.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import { isError, sortDiagnostics } from '../core/diagnostic.ts';
import { startOf } from '../core/ledger.ts';
import type { Content, Incident, Maintenance, StatusEvent, Template, Translation } from '../core/model.ts';
import type { SiteSettings } from '../core/schema/site.ts';
import { localesOf } from '../core/schema/site.ts';
import { readAnnouncements } from './announcements.ts';
import { accentShades } from '../core/accent.ts';
import type { Catalogs } from '../core/catalogs.ts';
import type { AlertRule } from '../core/alerts/rule.ts';
import { readAlertRules } from './alerts/rules.ts';
import { resolveChannels, resolveTopics, SITE, COMPONENTS, readSite, readList, readYamlFile } from './settings.ts';
import { componentNames } from './components.ts';
import type { ComponentList } from '../core/groups.ts';
import type { EventContext } from './events/event.ts';
import { eventSchemas } from './events/event.ts';
import { exampleInstant } from './clock.ts';
import { eventId, probableId, probableKind } from './events/file-name.ts';
import type { KnownFile, KnownFiles, SourceFile, SourceFolder } from './files.ts';
import {
  ALERTS,
  hasText,
  isAnnouncement,
  isEventAmongTemplates,
  isOwn,
  isPage,
  isPrepared,
  isTemplate,
  isWords,
  THEME,
} from './files.ts';
import { readIncident } from './events/incident.ts';
import { readMaintenance } from './events/maintenance.ts';
import type { TranslationFile } from './events/translation.ts';
import { checkTranslation, readTranslation, translationFiles } from './events/translation.ts';
import type { EventPlace } from './events/partial.ts';
import { readPartial } from './events/partial.ts';
import { readPages } from './pages.ts';
import { reviewContent } from './review/review.ts';
import type { Report } from './rules.ts';
import { FIRST, freeName, guarded, ignore, reporter } from './rules.ts';
import type { ScheduledFile } from './scheduled.ts';
import { readScheduled } from './scheduled.ts';
import { readTheme } from './theme.ts';
import { readTemplate, templateName } from './template.ts';
import { knownLocales, readWords } from './words/catalog.ts';

/** The result of reading `content/`. */
export interface Reading {
  /** All valid content. Left out if `site.yml` or `components.yml` has errors. */
  content?: Content;
  /** Sorted by file and line. */
  diagnostics: Diagnostic[];
  /** What is published later. Pages do not have it. */
  scheduled: readonly ScheduledFile[];
}

const KINDS = { incidents: 'incident', maintenance: 'maintenance' } as const;

export interface ReadingOptions {
  now: Instant;
  /** The words of the page that come with Candor. */
  catalogs: Catalogs;
  /** A cache of incidents and translations without errors, read with the same components, time zone and files in `public/`. */
  known?: KnownFiles | undefined;
}

/** Reads `content/` in one pass. Publish the result only if there are no errors. */
export function readContent(given: SourceFolder, options: ReadingOptions): Reading {
  const { now, catalogs, known } = options;
  const diagnostics: Diagnostic[] = [];
  const reportIn = (file: string) => reporter(file, diagnostics);
  const source = withoutLinks(given, reportIn);
  const locales = knownLocales(source.files, catalogs);
  const site = guarded(reportIn(SITE), () => readSite(source, locales, reportIn(SITE)));
  const list = guarded(reportIn(COMPONENTS), () => readList(source, site, reportIn(COMPONENTS)));
  const example = exampleInstant(source, reportIn('.example'));
  const context = eventContext(list, site, { now, frozen: example === now }, source);
  const translated = translationFiles(source.files, site ? localesOf(site) : [], locales);
  const others = new Set(translated.map(({ file }) => file));
  const own = { ...source, files: source.files.filter((file) => !others.has(file)) };
  const events = readEvents(own, context, known, diagnostics);
  const paths = new Set(own.files.map(({ path }) => path));
  const wanted = translated.filter((one) => site && isWanted(one, localesOf(site), paths, reportIn(one.file.path)));
  const reading = { publicFiles: source.publicFiles, reportIn };
  const pages = readPages(own.files, wanted, reading);
  const announcements = readAnnouncements(own.files, wanted, context, reading);
  const ofEvents = wanted.filter(({ original }) => !isPage(original) && !isAnnouncement(original));
  const translations = readTranslations(ofEvents, events, context, known, diagnostics);
  const templates = readTemplates(source, site ? localesOf(site) : [], reportIn);
  const alerts = guarded(reportIn(ALERTS), () => readAlerts(source, templates, context, reportIn(ALERTS))) ?? [];
  const theme = site && readOwnTheme(source, site, reportIn);
  const words = readWords(source.files, site && localesOf(site), catalogs, reportIn);
  if (!site || !list) return { diagnostics: sortDiagnostics(diagnostics), scheduled: [] };
  const readAt = (files: readonly SourceFile[], at: Instant) =>
    readContent({ ...source, files }, { now: at, catalogs });
  const scheduled = readScheduled(source, context, readAt, reportIn, diagnostics);
  const content = {
    site: {
      ...site,
      subscribe: resolveTopics(site.subscribe, list, source, reportIn(SITE)),
      channels: resolveChannels(site.channels, list, source, reportIn(SITE)),
    },
    ...list,
    incidents: events.filter((event): event is Incident => event.kind === 'incident'),
    maintenance: events.filter((event): event is Maintenance => event.kind === 'maintenance'),
    announcements,
    translations,
    pages,
    ...(theme !== undefined && { theme }),
    words,
    templates,
    alerts,
    ...(example !== undefined && { exampleNow: example }),
  };
  const broken = new Set(diagnostics.filter(isError).map(({ file }) => file));
  reviewContent(content, broken, now, reportIn, () => readYamlFile(source, SITE, '', ignore));
  const shown = diagnostics.filter((one) => isError(one) || !site.warnings.off.includes(one.ruleId));
  return { diagnostics: sortDiagnostics(shown), content, scheduled };
}

function readOwnTheme(
  { files, publicFiles }: SourceFolder,
  { accent, url }: SiteSettings,
  reportIn: (file: string) => Report,
): string | undefined {
  const file = files.find(({ path }) => path === THEME);
  return file && readTheme(file, { root: url.pathname, accent: accentShades(accent), publicFiles }, reportIn(THEME));
}

/** The files to read. Reports links in place of content folders. */
function withoutLinks(source: SourceFolder, reportIn: (file: string) => Report): SourceFolder {
  const isLink = ({ problem, partial }: SourceFile) => problem?.ruleId === 'folder-link' && !partial;
  for (const file of source.files.filter(isLink)) {
    if (isPrepared(file.path) || Object.keys(KINDS).includes(file.path.split('/')[0] ?? ''))
      hasText(file, reportIn(file.path));
  }
  return { ...source, files: source.files.filter((file) => !isLink(file)) };
}

/**
 * The context for reading events.
 * @param list undefined if it has errors
 * @param site undefined if it has errors
 */
export function eventContext(
  list: ComponentList | undefined,
  site: SiteSettings | undefined,
  clock: Pick<EventContext, 'now' | 'frozen'>,
  { publicFiles }: Pick<SourceFolder, 'publicFiles'>,
): EventContext {
  const zone = site?.time_zone ?? 'UTC';
  return {
    site,
    zone,
    ...clock,
    names: componentNames(list, zone),
    schemas: eventSchemas(zone, clock.now),
    publicFiles,
  };
}

/** Newest first by start, then by id. */
function readEvents(
  source: SourceFolder,
  context: EventContext,
  known: KnownFiles | undefined,
  diagnostics: Diagnostic[],
): StatusEvent[] {
  const taken = new Map<string, string>();
  const readFile = (file: SourceFile, report: Report): StatusEvent[] => {
    const place = placeOf(file, taken, report);
    if (!place) return [];
    if (file.known?.kind === 'incident') return [file.known];
    if (!hasText(file, report)) return [];
    const { kind, id } = place;
    if (kind === 'maintenance') return readOccurrences(file, id, context, taken, report);
    const before = known?.get(file);
    if (before?.kind === 'incident') return [before];
    const incident = kept(file, known, diagnostics, () => readIncident(file, id, context, report));
    return incident ? [incident] : [];
  };
  const partial = source.files.filter((file) => file.partial);
  const whole = source.files.filter((file) => !file.partial);
  const events = whole.flatMap((file) => {
    const report = reporter(file.path, diagnostics);
    return guarded(report, () => readFile(file, report)) ?? [];
  });
  for (const file of partial) {
    const place = partialPlace(file, taken);
    if (place) events.push(...readPartial(file, place, context));
  }
  return events.sort((a, b) => startOf(b) - startOf(a) || (a.id < b.id ? -1 : 1));
}

/** Reads a file, and keeps what it says if there is nothing to report about it. */
function kept<Found extends KnownFile>(
  file: SourceFile,
  known: KnownFiles | undefined,
  diagnostics: readonly Diagnostic[],
  read: () => Found | undefined,
): Found | undefined {
  const before = diagnostics.length;
  const found = read();
  if (found && diagnostics.length === before) known?.add(file, found);
  return found;
}

/** By language, and by the path of the file that each translates. */
function readTranslations(
  files: readonly TranslationFile[],
  events: readonly StatusEvent[],
  context: EventContext,
  known: KnownFiles | undefined,
  diagnostics: Diagnostic[],
): Map<string, Map<string, Translation>> {
  const byFile = Map.groupBy(events, ({ file }) => file);
  const translations = new Map<string, Map<string, Translation>>();
  const read = ({ file, ...one }: TranslationFile, report: Report): Translation | undefined => {
    const translated = byFile.get(one.original) ?? [];
    const before = file.known ?? known?.get(file);
    if (before?.kind === 'translation') {
      checkTranslation(before, one.original, translated, report);
      return before;
    }
    if (!hasText(file, report)) return undefined;
    return kept(file, known, diagnostics, () => readTranslation({ ...one, file }, translated, context, report));
  };
  for (const one of files) {
    const { file, original, locale } = one;
    const report = reporter(file.path, diagnostics);
    const translation = guarded(report, () => read(one, report));
    const own = translations.get(locale) ?? new Map<string, Translation>();
    if (translation) translations.set(locale, own.set(original, translation));
  }
  return translations;
}

/** Whether a translation is in a language of the page and has an original. Otherwise, reports it. */
function isWanted(
  { original, locale }: TranslationFile,
  locales: readonly string[],
  files: ReadonlySet<string>,
  report: Report,
): boolean {
  const first = { line: 1, column: 1 };
  if (!locales.slice(1).includes(locale)) {
    const reason =
      locale === locales[0]
        ? `“${locale}” is the main language of the page, so its text belongs in ${original}. Delete this file.`
        : `“${locale}” is not a language of the page. Add it to “locales” in site.yml, or delete this file.`;
    report(
      'translation-locale',
      first,
      reason,
      locale === locales[0] ? undefined : { example: `locales: [${[...locales, locale].join(', ')}]` },
    );
    return false;
  }
  if (files.has(original)) return true;
  report(
    'translation-orphan',
    first,
    `This file translates ${original}, which does not exist. Add that file, or rename this one.`,
  );
  return false;
}

/** The kind and a free id for an event whose file has errors. */
function partialPlace(file: SourceFile, taken: Map<string, string>): EventPlace | undefined {
  const kind = probableKind(file);
  if (!kind) return undefined;
  const name = probableId(file.path);
  const isTaken = (one: string) => taken.has(one.toLowerCase());
  const id = isTaken(name) ? freeName(name, isTaken) : name;
  taken.set(id.toLowerCase(), file.path);
  return { kind, id };
}

/** The kind and id of the event in a file. Undefined if it is not an event. */
function placeOf(
  file: SourceFile,
  taken: Map<string, string>,
  report: Report,
): { kind: StatusEvent['kind']; id: string } | undefined {
  if (file.path === SITE || file.path === COMPONENTS || file.path === '.example') return undefined;
  if (isPrepared(file.path) || isWords(file.path) || isOwn(file.path)) return undefined;
  const kind = KINDS[file.path.split('/')[0] as keyof typeof KINDS] as StatusEvent['kind'] | undefined;
  const id = eventId(file, kind, report);
  if (!kind || id === undefined) return undefined;
  takeId(id, file.path, taken, report);
  return { kind, id };
}

function readOccurrences(
  file: SourceFile & { text: string },
  id: string,
  context: EventContext,
  taken: Map<string, string>,
  report: Report,
): Maintenance[] {
  const maintenance = readMaintenance(file, id, context, report);
  for (const { id: own, series } of maintenance) if (series !== undefined) takeId(own, file.path, taken, report);
  return maintenance;
}

/** Reports an id that another file has. Upper and lower case are the same. */
function takeId(id: string, path: string, taken: Map<string, string>, report: Report): void {
  const other = taken.get(id.toLowerCase());
  if (other !== undefined) {
    const reason = `The file has the same name as ${other}, so both would have the same URL. Rename it.`;
    const free = freeName(path.replace(/\.md$/, ''), (one) =>
      taken.has(one.slice(one.lastIndexOf('/') + 1).toLowerCase()),
    );
    report('id-taken', FIRST, reason, { text: `${free}.md`, edit: 'rename' });
  }
  taken.set(id.toLowerCase(), path);
}

/** Each with its translations: `templates/NAME.de.md` is `templates/NAME.md` in German. */
function readTemplates(
  source: SourceFolder,
  locales: readonly string[],
  reportIn: (file: string) => Report,
): Template[] {
  const paths = new Set(source.files.map(({ path }) => path));
  const read = (file: SourceFile, name = file.path) => {
    const report = reportIn(file.path);
    return guarded(report, () => readTemplateFile(file, name, source, report));
  };
  const byOriginal = new Map<string, Map<string, Template>>();
  const originals = source.files.filter((file) => {
    const [, stem = '', locale = ''] = TEMPLATE_TRANSLATION.exec(file.path) ?? [];
    const original = `${stem}.md`;
    if (!locales.slice(1).includes(locale) || !paths.has(original)) return true;
    const template = read(file, original);
    const own = byOriginal.get(original) ?? new Map<string, Template>();
    if (template) byOriginal.set(original, own.set(locale, template));
    return false;
  });
  return originals.flatMap((file) => {
    const template = read(file);
    const translations = byOriginal.get(file.path);
    return template ? [{ ...template, ...(translations && { translations }) }] : [];
  });
}

const TEMPLATE_TRANSLATION = /^(templates\/[^/]+)\.([a-z]{2,3}(?:-[A-Za-z]{2,4})?)\.md$/;

/** @param path the path with the template's name: for a translation, that of its original */
function readTemplateFile(
  file: SourceFile,
  path: string,
  { publicFiles }: SourceFolder,
  report: Report,
): Template | undefined {
  if (!isTemplate(file.path) || file.partial) return undefined;
  if (isEventAmongTemplates(file)) {
    const folder = probableKind(file) === 'maintenance' ? 'maintenance' : 'incidents';
    const reason = 'This file has a dated update, but templates are never published. Move the file.';
    const text = `${folder}/${probableId(file.path)}.md`;
    report('file-misplaced', FIRST, reason, { text, edit: 'rename' });
    return undefined;
  }
  const name = templateName(path, report);
  if (name === undefined || !hasText(file, report)) return undefined;
  return readTemplate(file, name, publicFiles, report);
}

/** Reads rules for alerts, if the page has any. */
function readAlerts(
  source: SourceFolder,
  templates: readonly Template[],
  { names, now, publicFiles, site }: EventContext,
  report: Report,
): AlertRule[] {
  if (!source.files.some(({ path }) => path === ALERTS)) return [];
  const yaml = readYamlFile(source, ALERTS, '', report);
  const files = source.files.filter(({ path }) => isTemplate(path));
  const readable = new Set(templates.map(({ file }) => file));
  const broken = files.filter(({ path }) => !readable.has(path)).map(({ path }) => path.replace(/^.*\/|\.md$/g, ''));
  const context = { names, now, site, publicFiles, templates, brokenTemplates: new Set(broken) };
  return yaml ? readAlertRules(yaml, context, report) : [];
}
