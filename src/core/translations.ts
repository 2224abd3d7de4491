import type { Instant } from './days.ts';
import { isCurrent } from './events.ts';
import type { Content, StatusEvent, Update } from './model.ts';
import { localesOf } from './schema/site.ts';

/** Texts of an event that exist only in the site's first language. */
export interface Untranslated {
  event: StatusEvent;
  /** The file to write, below the content folder. */
  file: string;
  /** Whether the event has no translation at all. */
  whole: boolean;
  /** Whether there is a translation, but its title is still that of the main language. */
  title: boolean;
  /** Updates without a translation, oldest first. */
  updates: readonly Update[];
  /** Whether the announcement of a maintenance has no translation. */
  announcement: boolean;
}

/** The missing translations of one language. */
export interface MissingTranslations {
  locale: string;
  /** Events that are open, or have an update of the last day. Incidents first, then newest first. */
  current: readonly Untranslated[];
  /** The number of other files with missing translations. */
  older: number;
}

/**
 * The missing translations of each language after the first. Complete languages are left out.
 * @param broken translation files with errors, which count as complete
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
  const translated = new Set(translation?.updates.map(({ id }) => id));
  const updates = event.updates.filter(({ id }) => !translated.has(id));
  const announcement = event.kind === 'maintenance' && event.announcement !== undefined && !translation?.announcement;
  const title = translation !== undefined && translation.title === undefined;
  if (translation && !title && updates.length === 0 && !announcement) return undefined;
  return { event, file: translationFile(event.file, locale), whole: !translation, title, updates, announcement };
}

/** One event per file. For recurring maintenance, that is the next occurrence. */
function onePerFile<Event extends StatusEvent>(newestFirst: readonly Event[]): Event[] {
  const last = new Map(newestFirst.map((event) => [event.file, event]));
  return newestFirst.filter((event) => last.get(event.file) === event);
}
