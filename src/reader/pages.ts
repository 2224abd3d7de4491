import type { Body, OwnPage } from '../core/model.ts';
import { pageSchema, pageTranslationSchema } from '../core/schema/page.ts';
import { ID_PATTERN, suggestId } from '../core/schema/fields.ts';
import type { z } from 'zod';
import type { TranslationFile } from './events/translation.ts';
import type { SourceFile } from './files.ts';
import { hasText, isPage } from './files.ts';
import { linksIn, parseMarkdown, positionOf } from './markdown/markdown.ts';
import { checkProse, cleanProse } from './markdown/prose.ts';
import { checkText } from './markdown/source.ts';
import type { Report } from './rules.ts';
import { FIRST, guarded } from './rules.ts';
import { splitFrontMatter } from './yaml/front-matter.ts';
import { checkSchema } from './yaml/schema.ts';
import type { YamlValue } from './yaml/yaml.ts';

export interface OwnContext {
  /** Paths of the files in `public/`, with a leading `/`. */
  publicFiles: ReadonlySet<string>;
  reportIn: (file: string) => Report;
}

const EXAMPLE = '---\ntitle: Contact\n---';

/**
 * Reads the owner's own pages, `pages/ID.md`, in the order of their links.
 * @param translations files in languages of the page, such as `pages/ID.de.md`
 */
export function readPages(
  files: readonly SourceFile[],
  translations: readonly TranslationFile[],
  context: OwnContext,
): OwnPage[] {
  const pages = files
    .filter(({ path }) => isPage(path))
    .flatMap((file) => readOwnPage(file, translations, context) ?? []);
  return pages.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1)).map(({ order: _, ...page }) => page);
}

function readOwnPage(
  file: SourceFile,
  translations: readonly TranslationFile[],
  context: OwnContext,
): (OwnPage & { order: number }) | undefined {
  const { path } = file;
  const id = ownId(path, 'A page is a file such as pages/contact.md.', context);
  const parts = id === undefined ? undefined : readParts(file, pageSchema, EXAMPLE, context);
  if (id === undefined || !parts) return undefined;
  const { title, nav, order, ...texts } = parts.data;
  const translated = readTexts(path, translations, pageTranslationSchema, EXAMPLE, context);
  return { id, file: path, title, nav, order, ...given(texts), ...parts.text, translations: translated };
}

/** The id by the name of a file, which lies directly in its folder. Reports another name. @param form what such a file is */
export function ownId(path: string, form: string, { reportIn }: OwnContext): string | undefined {
  const folder = path.slice(0, path.indexOf('/') + 1);
  const id = path.slice(folder.length).replace(/\.md$/, '');
  if (path.endsWith('.md') && ID_PATTERN.test(id)) return id;
  const expected = suggestId(path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, ''));
  const reason = `${form} Its name becomes part of a URL: use lowercase letters, digits and single hyphens.`;
  reportIn(path)('file-name', FIRST, reason, expected && { text: `${folder}${expected}.md`, edit: 'rename' });
  return undefined;
}

/** The translations of a file, by language. */
export function readTexts<Texts extends object>(
  path: string,
  translations: readonly TranslationFile[],
  schema: z.ZodType<Texts>,
  example: string,
  context: OwnContext,
) {
  const own = translations.filter(({ original }) => original === path);
  return new Map(
    own.flatMap(({ file, locale }) => {
      const parts = readParts(file, schema, example, context);
      return parts ? [[locale, { ...given(parts.data), ...parts.text }] as const] : [];
    }),
  );
}

/** Without keys that have no value. */
function given<Texts extends object>(texts: Texts) {
  const pairs = Object.entries(texts).filter(([, text]) => text !== undefined);
  return Object.fromEntries(pairs) as { [Key in keyof Texts]: NonNullable<Texts[Key]> };
}

/** The front matter and the text of a file. Undefined if the front matter has errors. @param example front matter */
export function readParts<Schema extends z.ZodType>(
  file: SourceFile,
  schema: Schema,
  example: string,
  { publicFiles, reportIn }: OwnContext,
): { data: z.output<Schema>; yaml: YamlValue; text: { body: Body; linkLines: Map<string, number> } } | undefined {
  const report = reportIn(file.path);
  return guarded(report, () => {
    if (!hasText(file, report) || !checkText(file.text, report)) return undefined;
    const matter = splitFrontMatter(file.text, example, report);
    if (!matter) return undefined;
    const body = parseMarkdown(matter.body, matter.bodyLine);
    checkProse(body, publicFiles, report);
    const { yaml } = matter;
    const data = yaml && checkSchema(schema, yaml, report);
    const linkLines = new Map<string, number>();
    for (const { node, url } of linksIn(body.tree)) linkLines.getOrInsert(url, positionOf(node, body).line);
    return (
      data && { data, yaml, text: { body: { type: 'root', children: cleanProse(body.tree.children) }, linkLines } }
    );
  });
}
