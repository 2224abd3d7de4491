import { existsSync, readFileSync } from 'node:fs';
import { contentIn } from '../../src/core/locales.ts';
import { translationFile } from '../../src/core/translations.ts';
import { headingLine } from '../../src/reader/events/headings.ts';
import { formatTime } from '../../src/core/time-text.ts';
import { normalizeText } from '../../src/reader/markdown/source.ts';
import { yamlText } from '../../src/reader/yaml/yaml.ts';
import type { FoundContent } from '../lib/content.ts';
import { placeOf, readAs } from '../lib/content.ts';
import type { Answers } from './answers.ts';
import type { Draft } from './draft.ts';
import type { Words } from './template.ts';
import { messageOf } from './template.ts';

/** A translation that gets the update too, from the same template in its language. */
export interface TranslatedFile {
  path: string;
  before: string;
  text: string;
  lines: string;
}

/** What the translations of a template give for an update. */
export interface TranslatedDraft {
  files: readonly TranslatedFile[];
  /** The same for languages in which the event has no file yet, whose title nobody has translated. */
  hints: readonly string[];
}

/**
 * Writes an update in the other languages of the page in which its template is there. A message that somebody changed
 * is not what the other template says, so it is left to be translated.
 */
export function translateDraft(words: Words, answers: Answers, draft: Draft): TranslatedDraft {
  const { template, found, event } = words;
  const own = messageOf(words, answers, true).message;
  if (!template?.translations || answers.message === undefined || own !== answers.message)
    return { files: [], hints: [] };
  const files: TranslatedFile[] = [];
  const hints: string[] = [];
  for (const [locale, translated] of template.translations) {
    const content = contentIn(found.content, locale);
    const same = event && [...content.incidents, ...content.maintenance].find(({ id }) => id === event.id);
    const { message } = messageOf(
      { ...words, template: translated, found: { ...found, content }, event: same },
      answers,
      true,
    );
    if (message === undefined) continue;
    const lines = `${headingLine(draft.update.word, formatTime(draft.update.at))}\n\n${message.trim()}`;
    const path = translationFile(draft.path, locale);
    const known = found.source.files.find((file) => file.path === path);
    if (known && known.text === undefined) continue;
    const before = textOf(placeOf(found, path));
    if (before === undefined) {
      hints.push(startOf(placeOf(found, path), `---\ntitle: ${yamlText(draft.title)}\n---\n\n${lines}`, locale));
      continue;
    }
    const added = `\n\n${lines}\n`.replaceAll('\n', before.includes('\r\n') ? '\r\n' : '\n');
    const file = { path, before, text: before.trimEnd() + added, lines };
    if (isReadable(file, draft, found)) files.push(file);
  }
  return { files, hints };
}

function startOf(place: string, text: string, locale: string): string {
  return `To publish this in “${locale}” too, translate the title and save the following as ${place}:\n\n${text.replace(/^(?=.)/gm, '    ')}\n`;
}

function isReadable({ path, text }: TranslatedFile, draft: Draft, found: FoundContent): boolean {
  const { diagnostics } = readAs(withFiles(found, [{ path, text }]), draft.path, draft.text, path);
  return !diagnostics.some(({ severity }) => severity === 'error');
}

/** As it stands on the disk, with its line ends. */
function textOf(place: string): string | undefined {
  return existsSync(place) ? readFileSync(place, 'utf8') : undefined;
}

/** The content folder as it will be with these files. */
export function withFiles(found: FoundContent, files: readonly Pick<TranslatedFile, 'path' | 'text'>[]): FoundContent {
  const paths = new Set(files.map(({ path }) => path));
  const others = found.source.files.filter(({ path }) => !paths.has(path));
  const written = files.map(({ path, text }) => ({ path, text: normalizeText(text) }));
  return { ...found, source: { ...found.source, files: [...others, ...written] } };
}
