import { existsSync, readFileSync } from 'node:fs';
import { contentIn, languageName } from '../../src/core/locales.ts';
import type { StatusEvent, Template } from '../../src/core/model.ts';
import { localesOf } from '../../src/core/schema/site.ts';
import { translationFile } from '../../src/core/translations.ts';
import { insertBlock } from '../../src/reader/events/insert.ts';
import { headingOf } from '../../src/reader/events/translation.ts';
import { normalizeText } from '../../src/reader/markdown/source.ts';
import { yamlText } from '../../src/reader/yaml/yaml.ts';
import type { FoundContent, OpenedFolder } from '../lib/content.ts';
import { placeOf, readAs } from '../lib/content.ts';
import type { Answers } from './answers.ts';
import type { Draft } from './draft.ts';
import { shippedHolding } from './no-news.ts';
import type { Words } from './template.ts';
import { messageOf } from './template.ts';

/** A translation that gets the update too, in prepared words of its language. */
export interface TranslatedFile {
  path: string;
  /** Nothing for a file that is new. */
  before?: string | undefined;
  text: string;
  /** The lines that come into the file. */
  lines: string;
}

/** What an update says in the other languages of the page. */
export interface TranslatedDraft {
  files: readonly TranslatedFile[];
  /** In which languages it is, and where it could not be added. */
  hints: readonly string[];
}

/** What is said in a language by its template; the content is in that language. */
export type Translate = (template: Template, found: FoundContent) => string | undefined;

/** Prepared words that an update consists of. */
export interface Prepared {
  /** Their templates in the other languages of the page. */
  templates: ReadonlyMap<string, Template>;
  say: Translate;
  /** The title of a new file in other languages, where it is prepared too. */
  titles?: ReadonlyMap<string, { title?: string }> | undefined;
}

/** No words of a message are prepared. */
export const NONE: Prepared = { templates: new Map(), say: () => undefined };

/** The prepared words of a message. One that somebody changed is not what other templates say, and is left to people. */
export function preparedWords(words: Words, answers: Answers): Prepared {
  const { template, event, found } = words;
  const say = (other: Template, inLanguage: FoundContent) => {
    const { incidents, maintenance } = inLanguage.content;
    const same = event && ([...incidents, ...maintenance].find(({ id }) => id === event.id) ?? event);
    return messageOf({ ...words, template: other, found: inLanguage, event: same }, answers, true).message;
  };
  if (!template || answers.message === undefined || say(template, found) !== answers.message) return NONE;
  const shipped = shippedHolding(found.content);
  const isShipped = words.set.size === 0 && template.name === shipped.name && say(shipped, found) === answers.message;
  const others = isShipped ? localesOf(found.content.site).slice(1) : [];
  const own = others.map((locale) => [locale, shippedHolding(contentIn(found.content, locale))] as const);
  return { templates: new Map([...own, ...(template.translations ?? [])]), say };
}

/**
 * Writes an update in the other languages of the page in which its words are prepared, in files that are made if need be.
 * @param event nothing for a new file
 * @param textAt the text of a file below the content folder, as it is on the disk
 */
export function translateDraft(
  { templates, say, titles }: Prepared,
  draft: Draft,
  found: FoundContent,
  event?: StatusEvent,
  textAt = (path: string) => textOf(placeOf(found, path)),
): TranslatedDraft {
  const kept = [...templates.keys()].flatMap((locale) => {
    const path = translationFile(draft.path, locale);
    const text = textAt(path);
    return text === undefined ? [] : [[path, text] as const];
  });
  const texts = new Map(kept);
  const folder = withFiles(
    found,
    kept.map(([path, text]) => ({ path, text })),
  );
  const { events, translations } = readAs(folder, draft.path, draft.text);
  const written = event ? events.find(({ id }) => id === event.id) : events[0];
  const known = new Set(event?.updates.map(({ id }) => id));
  const update = written?.updates.find(({ id }) => !known.has(id));
  const files: TranslatedFile[] = [];
  const hints: string[] = [];
  const spoken: string[] = [];
  for (const [locale, template] of update ? templates : []) {
    const message = say(template, { ...found, content: contentIn(found.content, locale) });
    if (!update || message === undefined) continue;
    const path = translationFile(draft.path, locale);
    const before = texts.get(path);
    const lines = `${headingOf(update)}\n\n${message.trim()}`;
    const title = titles?.get(locale)?.title;
    // One in the main language would be read out as if somebody had translated it.
    const front = title === undefined ? `# title: ${yamlText(draft.title)}` : `title: ${yamlText(title)}`;
    const added = `---\n${front}\n---\n\n${lines}`;
    const text =
      before === undefined
        ? `${added}\n`
        : insertBlock(before, translations.get(locale)?.updates ?? [], update.at, lines);
    if (isReadable(path, text, draft, found)) {
      files.push({ path, before, text, lines: before === undefined ? added : lines });
      spoken.push(locale);
    } else {
      hints.push(`${path} has errors, so this update was not added to it. Run npm run check.`);
    }
  }
  const names = [...localesOf(found.content.site).slice(0, 1), ...spoken].map(languageName);
  if (spoken.length > 0) hints.unshift(`This update is in ${new Intl.ListFormat('en').format(names)}.`);
  return { files, hints };
}

function isReadable(path: string, text: string, draft: Draft, found: FoundContent): boolean {
  const isText = found.source.files.every((file) => file.path !== path || file.text !== undefined);
  const { diagnostics } = readAs(withFiles(found, [{ path, text }]), draft.path, draft.text, path);
  return isText && !diagnostics.some(({ severity }) => severity === 'error');
}

/** As it stands on the disk, with its line ends. */
function textOf(place: string): string | undefined {
  return existsSync(place) ? readFileSync(place, 'utf8') : undefined;
}

/** The content folder as it will be with these files. */
export function withFiles<Folder extends OpenedFolder>(
  found: Folder,
  files: readonly Pick<TranslatedFile, 'path' | 'text'>[],
): Folder {
  const paths = new Set(files.map(({ path }) => path));
  const others = found.source.files.filter(({ path }) => !paths.has(path));
  const written = files.map(({ path, text }) => ({ path, text: normalizeText(text) }));
  return { ...found, source: { ...found.source, files: [...others, ...written] } };
}
