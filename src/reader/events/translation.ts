import type { StatusEvent, TranslatedUpdate, Translation, Update } from '../../core/model.ts';
import { translationSchema } from '../../core/schema/event.ts';
import { formatTime } from '../../core/time-text.ts';
import type { SourceFile } from '../files.ts';
import type { Untranslated } from '../../core/translations.ts';
import type { Report } from '../rules.ts';
import { yamlText } from '../yaml/yaml.ts';
import type { EventContext } from './event.ts';
import { readEvent, updateIds } from './event.ts';
import { headingLine, headingWord } from './headings.ts';

/** A file that translates another: `incidents/ID.de.md` is `incidents/ID.md` in German. */
export interface TranslationFile {
  file: SourceFile;
  /** Path of the file that it translates. */
  original: string;
  locale: string;
}

/** The path of a translation: that of its original without `.md`, and its language. */
export const TRANSLATION_FORM =
  /^((?:incidents|maintenance|announcements|pages)\/.+)\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,4}){0,2})\.md$/;
const EXAMPLE = '---\ntitle: Some customers cannot pay\n---';

/**
 * The files that are translations. Because an id can have dots, a name counts only if its language is one of the page's,
 * or one with words whose original file exists.
 * @param locales the page's languages
 * @param shipped the languages with words
 */
export function translationFiles(
  files: readonly SourceFile[],
  locales: readonly string[],
  shipped: readonly string[],
): TranslationFile[] {
  const paths = new Set(files.map(({ path }) => path));
  return files.flatMap((file) => {
    const [, stem = '', locale = ''] = TRANSLATION_FORM.exec(file.path) ?? [];
    const original = `${stem}.md`;
    const isOne = locales.slice(1).includes(locale) || (shipped.includes(locale) && paths.has(original));
    return isOne ? [{ file, original, locale }] : [];
  });
}

/** The parts of a translation that the original file must have too. */
interface Counterparts extends Pick<Translation, 'announcement'> {
  updates: readonly (TranslatedUpdate & { isGuess?: true | undefined })[];
}

/**
 * Reads a translation.
 * @param events those of the original file: several for a series, none if that file has errors
 */
export function readTranslation(
  { file, original }: TranslationFile & { file: { text: string } },
  events: readonly StatusEvent[],
  context: EventContext,
  report: Report,
): Translation | undefined {
  const kind = original.startsWith('maintenance/') ? 'maintenance' : 'incident';
  const parts = readEvent(file, kind, () => translationSchema, context, report, EXAMPLE);
  if (!parts) return undefined;
  const { data, sections } = parts;
  for (const { position } of sections.updates.flatMap(({ labels }) => labels))
    report('label-misplaced', position, `Labels belong in ${original} only. Delete this line.`);
  const ids = updateIds(sections.updates, report);
  const updates = sections.updates.map(({ word, at, body, position, isGuess }, index) => {
    return { id: ids[index] ?? '', word, at, body, line: position.line, isGuess };
  });
  const { body, position } = sections.preface ?? {};
  const announcement = body && position && { body, line: position.line };
  checkTranslation({ updates, ...(announcement && { announcement }) }, original, events, report);
  if (!data) return undefined;
  return {
    kind: 'translation',
    file: file.path,
    ...(data.title !== undefined && { title: data.title }),
    ...(data.areas && { areas: data.areas }),
    ...(announcement && { announcement }),
    updates: updates.map(({ isGuess: _, ...update }) => update),
  };
}

/** Reports the parts of a translation that the original file does not have. */
export function checkTranslation(
  { announcement, updates }: Counterparts,
  original: string,
  events: readonly StatusEvent[],
  report: Report,
): void {
  if (events.length === 0) return;
  const known = new Map(events.flatMap((event) => event.updates.map((update) => [update.id, update] as const)));
  for (const { id, word, line, isGuess } of updates) {
    const update = known.get(id);
    if (isGuess || update?.word === word) continue;
    const reason = update
      ? `This update is “${headingWord(update.word)}” in ${original}.`
      : `${original} has no update with this time. Copy the heading from there, or add the update there first.`;
    const translated = new Set(updates.map((one) => one.id));
    const meant = update ?? [...known.values()].find((one) => !translated.has(one.id));
    report('translation-update', { line, column: 1 }, reason, meant && headingOf(meant));
  }
  const isAnnounced = events.some((event) => event.kind === 'maintenance' && event.announcement);
  if (announcement && !isAnnounced) {
    const reason = `This text is above the first update heading, and ${original} has none there. Add a heading above it.`;
    report('text-before-updates', { line: announcement.line, column: 1 }, reason);
  }
}

/** The text of a missing translation, with … instead of texts. */
export function missingText({ event, whole, title, updates, announcement }: Untranslated): string {
  const parts = [
    ...(whole || title ? [`---\ntitle: ${yamlText(event.title)}\n---`] : []),
    ...(announcement ? ['…'] : []),
    ...updates.map((update) => `${headingOf(update)}\n\n…`),
  ];
  return parts.join('\n\n');
}

/** The heading of an update in a translation. */
export function headingOf({ word, at, id }: Update): string {
  const isNumbered = /-\d+$/.test(id);
  return headingLine(word, formatTime(at), isNumbered ? id : undefined);
}
