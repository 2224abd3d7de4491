import type { OwnPage } from '../core/model.ts';
import { pageSchema, pageTranslationSchema } from '../core/schema/page.ts';
import { ID_PATTERN, suggestId } from '../core/schema/fields.ts';
import type { z } from 'zod';
import type { TranslationFile } from './events/translation.ts';
import type { SourceFile } from './files.ts';
import { hasText, isPage } from './files.ts';
import { parseMarkdown } from './markdown/markdown.ts';
import { checkProse, cleanProse } from './markdown/prose.ts';
import { checkText } from './markdown/source.ts';
import type { Report } from './rules.ts';
import { FIRST, guarded } from './rules.ts';
import { splitFrontMatter } from './yaml/front-matter.ts';
import { checkSchema } from './yaml/schema.ts';

interface PageContext {
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
  context: PageContext,
): OwnPage[] {
  const pages = files.filter(({ path }) => isPage(path)).flatMap((file) => readOwnPage(file, context) ?? []);
  const byOriginal = Map.groupBy(translations, ({ original }) => original);
  const translated = pages.map((page) => {
    const own = (byOriginal.get(page.file) ?? []).flatMap(({ file, locale }) => {
      const parts = readParts(file, pageTranslationSchema, context);
      return parts ? [[locale, { ...given(parts.data), body: parts.body }] as const] : [];
    });
    return { ...page, translations: new Map(own) };
  });
  return translated.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1)).map(({ order: _, ...page }) => page);
}

function readOwnPage(file: SourceFile, context: PageContext): (OwnPage & { order: number }) | undefined {
  const { path } = file;
  const id = path.replace(/^pages\/|\.md$/g, '');
  if (!path.endsWith('.md') || !ID_PATTERN.test(id)) {
    const expected = suggestId(path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, ''));
    const reason =
      'A page is a file such as pages/contact.md. Its name becomes part of a URL: use lowercase letters, digits and single hyphens.';
    context.reportIn(path)('file-name', FIRST, reason, expected && { text: `pages/${expected}.md`, edit: 'rename' });
    return undefined;
  }
  const parts = readParts(file, pageSchema, context);
  if (!parts) return undefined;
  const { title, nav, order, ...texts } = parts.data;
  return { id, file: path, title, nav, order, ...given(texts), body: parts.body, translations: new Map() };
}

/** Without keys that have no value. */
function given<Texts extends object>(texts: Texts) {
  const pairs = Object.entries(texts).filter(([, text]) => text !== undefined);
  return Object.fromEntries(pairs) as { [Key in keyof Texts]: NonNullable<Texts[Key]> };
}

/** The front matter and the text of a file. Undefined if the front matter has errors. */
function readParts<Schema extends z.ZodType>(
  file: SourceFile,
  schema: Schema,
  { publicFiles, reportIn }: PageContext,
): { data: z.output<Schema>; body: OwnPage['body'] } | undefined {
  const report = reportIn(file.path);
  return guarded(report, () => {
    if (!hasText(file, report) || !checkText(file.text, report)) return undefined;
    const matter = splitFrontMatter(file.text, EXAMPLE, report);
    if (!matter) return undefined;
    const body = parseMarkdown(matter.body, matter.bodyLine);
    checkProse(body, publicFiles, report);
    const data = matter.yaml && checkSchema(schema, matter.yaml, report);
    return data && { data, body: { type: 'root', children: cleanProse(body.tree.children) } };
  });
}
