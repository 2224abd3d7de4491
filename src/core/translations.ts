import { millisecondsInDay } from 'date-fns/constants';
import type { Instant } from './days.ts';
import { incidentState } from './incident.ts';
import { isOver, maintenancePhases, phaseAt } from './maintenance.ts';
import type { Content, StatusEvent, Update } from './model.ts';
import { localesOf } from './schema/site.ts';

/** What an incident or maintenance has only in the main language of the page. */
export interface Untranslated {
  event: StatusEvent;
  /** The file to write, below the content folder. */
  file: string;
  /** Whether there is nothing at all of it in the language. */
  whole: boolean;
  /** Whether there is a translation, but its title is still that of the main language. */
  title: boolean;
  /** Updates without a translation, oldest first. */
  updates: readonly Update[];
  /** Whether the announcement of a maintenance has no translation. */
  announcement: boolean;
}

/** What is not translated into one language of the page. */
export interface MissingTranslations {
  locale: string;
  /** Open incidents, maintenance that is not over, and what has an update of the last day; incidents first, each newest first. */
  current: readonly Untranslated[];
  /** How many other incidents and maintenance files lack a translation of something. */
  older: number;
}

/**
 * What is not translated, for each language after the first; languages in which all is translated are left out.
 * @param broken translation files with errors, of which it is not known what they say
 */
export function missingTranslations(
  content: Content,
  now: Instant,
  broken: ReadonlySet<string> = new Set(),
): MissingTranslations[] {
  const events = [...onePerFile(content.incidents), ...onePerFile(content.maintenance)];
  return localesOf(content.site)
    .slice(1)
    .flatMap((locale) => {
      const missing = events.flatMap((event) => untranslated(event, locale, content) ?? []);
      const known = missing.filter(({ file }) => !broken.has(file));
      const current = known.filter(({ event }) => isCurrent(event, now));
      return known.length > 0 ? [{ locale, current, older: known.length - current.length }] : [];
    });
}

/** The path of the translation of a file. */
export function translationFile(file: string, locale: string): string {
  return file.replace(/\.md$/, `.${locale}.md`);
}

function untranslated(event: StatusEvent, locale: string, { translations }: Content): Untranslated | undefined {
  const translation = translations.get(locale)?.get(event.file);
  const updates = event.updates.filter(({ id }) => !translation?.bodies.has(id));
  const announcement = event.kind === 'maintenance' && event.announcement !== undefined && !translation?.announcement;
  const title = translation !== undefined && translation.title === undefined;
  if (translation && !title && updates.length === 0 && !announcement) return undefined;
  return { event, file: translationFile(event.file, locale), whole: !translation, title, updates, announcement };
}

/** Of maintenance that recurs, the next occurrence stands for its file. */
function onePerFile<Event extends StatusEvent>(newestFirst: readonly Event[]): Event[] {
  const last = new Map(newestFirst.map((event) => [event.file, event]));
  return newestFirst.filter((event) => last.get(event.file) === event);
}

function isCurrent(event: StatusEvent, now: Instant): boolean {
  const newest = event.updates.at(-1);
  if (newest && newest.at > now - millisecondsInDay) return true;
  if (event.kind === 'incident') return incidentState(event).open;
  return !isOver(phaseAt(maintenancePhases(event), now).status);
}
