import type { OwnPage } from '../../core/model.ts';
import type { HomePlace } from '../../core/schema/page.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import { langOf } from './rich.ts';

/** `/pages/ID/` */
interface OwnPageModel {
  page: Page;
  title: string;
  /** The language of its title, if it is not the page's. */
  lang?: string;
  /** That it is not in the page's language yet. */
  note?: string;
  html: string;
  /** The language of its text, if it is not the page's. */
  bodyLang?: string;
}

/** The text of such a page where the home page shows it. */
export interface OwnText {
  html: string;
  /** Its language, if it is not the page's. */
  lang?: string;
}

/** The texts that the home page shows at a place. */
export function ownTexts(context: ViewContext, place: HomePlace): OwnText[] {
  return context.ledger.content.pages
    .filter(({ home }) => home === place)
    .map(({ id, body, bodyLang }) => ({
      html: context.html(body, { idPrefix: `page-${id}-`, headingLevel: 2 }),
      ...langOf(context, { ...(bodyLang !== undefined && { lang: bodyLang }) }),
    }));
}

/** A page that the owner wrote. */
export function ownPageModel(
  context: ViewContext,
  { id, title, lang, description, body, bodyLang }: OwnPage,
): OwnPageModel {
  const titleLang = langOf(context, { ...(lang !== undefined && { lang }) });
  const textLang = langOf(context, { ...(bodyLang !== undefined && { lang: bodyLang }) }).lang;
  return {
    page: pageOf(context, {
      title,
      description: description ?? (context.text(body) || title),
      path: PATHS.ownPage(id),
      finished: true,
    }),
    title,
    ...titleLang,
    ...(textLang !== undefined && { bodyLang: textLang, note: context.words.say('untranslated') }),
    html: context.html(body, { idPrefix: 'page-', headingLevel: 1 }),
  };
}
