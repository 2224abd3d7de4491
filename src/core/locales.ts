import { areaNamed } from './areas.ts';
import type { Component, ComponentNode, Content, OwnPage, StatusEvent, Translation } from './model.ts';
import type { OwnLink, SiteSettings } from './schema/site.ts';
import { localesOf } from './schema/site.ts';

/**
 * The content in one language, with the address of that language's home page. Texts without a translation stay in the
 * site's first language.
 */
export function contentIn(content: Content, locale: string): Content {
  if (locale === content.site.locale) return content;
  const texts = content.site.names?.get(locale);
  const { header, footer } = content.site.links;
  const links = {
    header: header.map((link) => linkIn(link, locale)),
    footer: footer.map((link) => linkIn(link, locale)),
  };
  const site = { ...content.site, links, locale, url: new URL(`${locale}/`, content.site.url), ...texts };
  const components = new Map([...content.components].map(([id, one]) => [id, componentIn(one, locale)]));
  const named = {
    site,
    tree: content.tree.map((node) => nodeIn(node, locale, components)),
    components,
    pages: content.pages.map((page) => pageIn(page, locale)),
    announcements: content.announcements.map((one) => pageIn(one, locale)),
  };
  const translations = content.translations.get(locale);
  if (!translations) return { ...content, ...named };
  const translated = <Event extends StatusEvent>(event: Event) => {
    const translation = translations.get(event.file);
    return translation ? eventIn(event, locale, translation, site) : event;
  };
  return {
    ...content,
    ...named,
    incidents: content.incidents.map(translated),
    maintenance: content.maintenance.map(translated),
  };
}

const NAMES = new Intl.DisplayNames('en', { type: 'language' });

/** The English name of a language, for commands and diagnostics: `Brazilian Portuguese`. */
export function languageName(locale: string): string {
  return NAMES.of(locale) ?? locale;
}

/** The site's first language, in which texts are unless they are marked with another. */
export function firstLocale(site: Pick<SiteSettings, 'locale' | 'locales'>): string {
  return localesOf(site)[0] ?? site.locale;
}

/**
 * The language of a text, if it differs from the language of the page.
 * @param written the text; without `lang`, it is in the site's first language
 */
export function foreignLang(
  site: Pick<SiteSettings, 'locale' | 'locales'>,
  written: { lang?: string | undefined } = {},
): string | undefined {
  const lang = written.lang ?? firstLocale(site);
  return lang === site.locale ? undefined : lang;
}

/** The root of the site: the home page in the first language. */
export function rootUrl(site: Pick<SiteSettings, 'locale' | 'locales' | 'url'>): URL {
  return site.locale === firstLocale(site) ? site.url : new URL('..', site.url);
}

const SHARED = /^\/(_astro\/|api\/|llms\.txt$|icon\/|build\.json$|((components|groups|areas)\/[^/]+\/)?badge\.)/;

/** Whether all languages share the file at a path, such as data with fixed keys and pictures. */
export function isShared(path: string, site: Pick<SiteSettings, 'logo' | 'darkLogo' | 'favicon'>): boolean {
  return SHARED.test(path) || [site.logo, site.darkLogo, site.favicon].includes(path);
}

function linkIn(link: OwnLink, locale: string): OwnLink {
  const texts = link.names?.get(locale);
  return texts?.text === undefined ? link : { ...link, text: texts.text, lang: locale };
}

function pageIn<Page extends Pick<OwnPage, 'translations'>>(page: Page, locale: string): Page {
  const { title, description, body } = page.translations.get(locale) ?? {};
  return {
    ...page,
    ...(title !== undefined && { title, lang: locale }),
    ...(description !== undefined && { description }),
    ...(body && { body, bodyLang: locale }),
  };
}

/** @param components the translated ones: the tree has the same objects, as what is known of them is kept by object */
function nodeIn(node: ComponentNode, locale: string, components: Content['components']): ComponentNode {
  if (node.kind === 'component') return components.get(node.id) ?? node;
  const children = node.children.map((child) => nodeIn(child, locale, components));
  const texts = node.names?.get(locale);
  return { ...node, children, ...(texts && { ...texts, lang: locale }) };
}

function componentIn(component: Component, locale: string): Component {
  const { name, description } = component.names?.get(locale) ?? {};
  return {
    ...component,
    ...(name !== undefined && { name, lang: locale }),
    ...(description !== undefined && { description, descriptionLang: locale }),
  };
}

function eventIn<Event extends StatusEvent>(
  event: Event,
  locale: string,
  translation: Translation,
  site: SiteSettings,
): Event {
  const { title, announcement } = translation;
  const isListed = (area: string) => areaNamed(site, area) !== undefined;
  // Listed areas have their names in each language, so only other texts are translated.
  const texts =
    event.areas.every(isListed) && event.areas.length > 0
      ? []
      : (translation.areas ?? event.areas).filter((area) => !isListed(area));
  const bodies = new Map(translation.updates.map(({ id, body }) => [id, body]));
  const updates = event.updates.map((update) => {
    const body = bodies.get(update.id);
    return body ? { ...update, body, lang: locale } : update;
  });
  return {
    ...event,
    ...(title !== undefined && { title, lang: locale }),
    areas: [...event.areas.filter(isListed), ...texts],
    ...(translation.areas && { areasLang: locale }),
    updates,
    ...(announcement && { announcement: announcement.body, announcementLang: locale }),
  };
}
