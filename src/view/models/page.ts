import type { Instant } from '../../core/days.ts';
import { feedsBelow } from './feeds.ts';
import type { Feed } from './feeds.ts';
import { memoize } from '../../core/memoize.ts';
import { pageStatusAt } from '../../core/status.ts';
import { formatTag } from '../../i18n/dates.ts';
import type { Direction } from '../../i18n/words.ts';
import type { SitePath } from '../addresses.ts';
import { iconHref, MARKDOWN, PATHS, TOUCH_ICON } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { StatusTone } from '../tone.ts';
import { statusTone } from '../tone.ts';
import { hasReports } from './all-pages.ts';
import type { Appearance } from '../../core/schema/site.ts';
import { PAGE_COLOURS } from '../../core/tokens.ts';
import type { PagePlace } from '../../core/schema/page.ts';
import { fillAddress } from '../../core/report-problem.ts';
import type { Age } from './age.ts';
import { ageOf, elsewhereOf } from './age.ts';
import { full, fullRelative, langOf } from './rich.ts';
import type { Preview } from './preview.ts';
import { PREVIEW_SIZE } from './preview.ts';
import type { Link, Rich } from './rich.ts';

/** What a page has around its content. */
export interface Page extends Frame {
  title: string;
  description: string;
  /** Absolute. */
  canonical: string;
  /** The same as Markdown. */
  markdown?: string;
  /** On the home page, where programs find the description of the API (RFC 8631). */
  api?: string;
  /** The origins to which its form may be sent; by default none. */
  formOrigins?: readonly string[] | undefined;
  article: boolean;
  /** On the page of an event, JSON-LD from which search engines have its dates. */
  data?: string;
  /** Besides the way home, at the top of every page; the last is a button. */
  nav: { label: string; links: (Link & { current: boolean })[] };
  /** The same page in each language of the site, if there are several. */
  languages?: Languages;
}

export interface Languages {
  label: string;
  all: Language[];
  /** The page's language, if there are too many languages for one line on a phone. */
  folded?: string;
}

/** A page in one of the languages of the site. */
interface Language {
  locale: string;
  dir: Direction;
  /** In that language. */
  name: string;
  href: string;
  /** With the host. */
  absolute: string;
  current: boolean;
}

/** What all pages of a build have in common. */
interface Frame {
  lang: string;
  dir: Direction;
  /** Whether it may have texts in other languages than English, which have styles of their own. */
  multilingual: boolean;
  /** Whether it is light or dark: the value of `color-scheme`, and the colours of the browser around it. */
  scheme: { name: string; colours: readonly { content: string; media?: string }[] };
  /** For link previews: a picture of the status, else the logo if it has a suitable format. */
  image?: Picture;
  /** For the home screen of a phone. */
  touchIcon?: string;
  manifest?: string;
  /** The locale in which the script writes dates. */
  dateLocale: string;
  siteName: string;
  icon: { href: string; type?: string };
  /** The owner's style sheet. */
  theme?: string;
  feeds: Feed[];
  /** A hash of everything that the page can show. Left out on pages that no longer change with time. */
  version?: string;
  /** Where the script asks whether there is a newer version. */
  versionHref: string;
  /** The time of the build in milliseconds since 1970. The current time is never earlier. */
  built?: Instant;
  /** The frozen time in milliseconds since 1970, if the clock is frozen. */
  frozenNow?: Instant;
  skip: string;
  home: Home;
  /** A note that this is an example. */
  example?: Rich;
  /** The notice once the page is out of date, while something is open. */
  age?: Age;
  foot: { label: string; links: Link[]; copy: Rich; elsewhere?: Rich };
}

interface Picture {
  /** Absolute. */
  src: string;
  /** Of a picture that shows the status. */
  large?: { width: number; height: number; alt: string };
}

/** The link to the home page, at the top of every page. */
export interface Home {
  href: string;
  /** The name, if the logo does not show it, or without a logo. */
  name?: string;
  logo?: {
    src: string;
    alt: string;
    width: number | undefined;
    height: number;
    dark?: { srcset: string; media: string };
  };
}

/** The options of a page. */
interface PageOptions {
  /** The page's own name; the site's is added. */
  title: string;
  description: string;
  path: SitePath;
  preview?: Preview | undefined;
  /** Feeds of what the page is about. */
  feeds?: readonly Feed[];
  /** If it is an article, for link previews and search engines: when it was published, and last said something new. */
  article?: { published: Instant; modified: Instant };
  formOrigins?: readonly string[] | undefined;
  /** Whether the title already has the site's name. */
  wholeTitle?: boolean;
  /** Whether it no longer changes with time. Then it has no data about the build, and is the same in every build. */
  finished?: boolean;
}

const DESCRIPTION_LENGTH = 200;
/** In CSS pixels. */
const LOGO_HEIGHT = 28;
/** More languages would take too much space on a phone. */
const LANGUAGES_IN_A_ROW = 5;
const [LIGHT, DARK] = PAGE_COLOURS.paper;
const SCHEMES: Readonly<Record<Appearance, Frame['scheme']>> = {
  auto: {
    name: 'light dark',
    colours: [
      { content: LIGHT, media: '(prefers-color-scheme:light)' },
      { content: DARK, media: '(prefers-color-scheme:dark)' },
    ],
  },
  light: { name: 'light', colours: [{ content: LIGHT }] },
  dark: { name: 'dark', colours: [{ content: DARK }] },
};

/** When pages are dark. What is printed never is. */
const WHILE_DARK: Readonly<Record<Appearance, string | undefined>> = {
  auto: 'screen and (prefers-color-scheme: dark)',
  light: undefined,
  dark: 'screen',
};

/** A narrower logo probably does not show the name. */
const WORDMARK_RATIO = 2;

export function pageOf(context: ViewContext, options: PageOptions): Page {
  const { words, href, absolute } = context;
  const { title, path } = options;
  const { present, finished } = framesOf(context);
  const frame = options.finished ? finished : present;
  return {
    ...frame,
    feeds: [...(options.feeds ?? []), ...frame.feeds],
    title: options.wholeTitle ? title : words.say('title.page', { title, site: frame.siteName }),
    description: shortened(options.description),
    canonical: absolute(path),
    ...(path !== PATHS.notFound && path !== PATHS.embed && { markdown: href(path + MARKDOWN) }),
    ...(path === PATHS.home && { api: href(PATHS.openapi) }),
    article: options.article !== undefined,
    ...(options.article && { data: articleData(title, options.article) }),
    formOrigins: options.formOrigins,
    ...(options.preview && { image: pictureOf(context, options.preview) }),
    nav: {
      label: frame.siteName,
      links: [
        { text: words.say('history'), href: href(PATHS.history) },
        ...ownLinks(context, 'header'),
        { text: words.say('subscribe'), href: href(PATHS.subscribe) },
      ].map((link) => ({ ...link, current: link.href === href(path) })),
    },
    ...(context.editions.length > 1 && path !== PATHS.notFound && { languages: languagesOf(context, path) }),
  };
}

/** The owner's pages and links at a place. */
function ownLinks(context: ViewContext, place: Exclude<PagePlace, 'none'>): Link[] {
  const { href } = context;
  const { pages, site } = context.ledger.content;
  const marked = (text: string, { lang }: { lang?: string }) => ({ text, ...langOf(context, lang ? { lang } : {}) });
  return [
    ...pages
      .filter(({ nav }) => nav === place)
      .map((page) => ({ ...marked(page.title, page), href: href(PATHS.ownPage(page.id)) })),
    ...site.links[place].map((link) => ({ ...marked(link.text, link), href: hrefTo(context, link.url) })),
  ];
}

/** The address of an owner's link. Files are not in the folder of each language, as pages are. */
export function hrefTo({ href, editions }: ViewContext, url: string): string {
  if (!url.startsWith('/')) return url;
  const isFile = /\.\w+$/.test(url.split(/[?#]/, 1)[0] ?? '');
  return (isFile ? (editions[0]?.href ?? href) : href)(url);
}

function pictureOf({ absolute }: ViewContext, preview: Preview): Picture {
  const { status, title, time } = preview;
  const alt = [status, title, time].filter((text) => text !== undefined).join(' · ');
  // Services keep a picture by its address, which therefore changes with it.
  return { src: `${absolute(preview.path)}?${preview.version}`, large: { ...PREVIEW_SIZE, alt } };
}

/** https://developers.google.com/search/docs/appearance/structured-data/article */
function articleData(headline: string, { published, modified }: NonNullable<PageOptions['article']>): string {
  const [datePublished, dateModified] = [published, modified].map((at) => new Date(at).toISOString());
  const data = { '@context': 'https://schema.org', '@type': 'NewsArticle', headline, datePublished, dateModified };
  // Nothing in it may end the element or begin a comment.
  return JSON.stringify(data).replaceAll('<', String.raw`\u003c`);
}

function languagesOf({ words, editions }: ViewContext, path: string): Languages {
  const all = editions.map((edition) => ({
    locale: edition.words.locale,
    dir: edition.words.direction,
    name: edition.words.say('language'),
    href: edition.href(path),
    absolute: edition.absolute(path),
    current: edition.words.locale === words.locale,
  }));
  return {
    label: words.say('languages'),
    all,
    ...(all.length > LANGUAGES_IN_A_ROW && { folded: words.say('language') }),
  };
}

/** Built once for all pages: the overall status alone takes milliseconds per page. */
const framesOf = memoize((context: ViewContext): { present: Frame; finished: Frame } => {
  const finished = finishedFrame(context);
  return { present: presentFrame(context, finished), finished };
});

/** The frame of a page that no longer changes. It links to the home page for the current status. */
function finishedFrame(context: ViewContext): Frame {
  const { ledger, words, href, absolute, build } = context;
  const { site } = ledger.content;
  const siteName = words.say('title.site', { name: site.name });
  const feeds = feedsBelow(context, PATHS.home);
  const statusPage = { text: words.say('foot.status_page'), href: href(PATHS.home) };
  return {
    lang: words.locale,
    dir: words.direction,
    multilingual: context.editions.length > 1 || words.locale !== 'en',
    scheme: SCHEMES[site.appearance],
    dateLocale: formatTag(words.locale),
    siteName,
    ...(site.logo && /\.(png|jpe?g|webp)$/i.test(site.logo) && { image: { src: absolute(site.logo) } }),
    icon: iconOf(context, 'unknown'),
    ...(context.theme && { theme: href(context.theme.path) }),
    ...(context.hasPictures && { touchIcon: href(PATHS.appIcon(TOUCH_ICON)), manifest: href(PATHS.manifest) }),
    feeds,
    versionHref: href(PATHS.build),
    skip: words.say('skip'),
    home: homeOf(context, siteName),
    ...(build.frozen === 'example' && { example: words.parts('example', { time: full(context, ledger.now) }) }),
    foot: {
      label: words.say('foot'),
      copy: words.parts<Rich[number]>('foot.now', { link: statusPage }),
      links: [
        ...(hasReports(context) ? [{ text: words.say('reports'), href: href(PATHS.reports) }] : []),
        ...ownLinks(context, 'footer'),
        ...feeds.map((feed) => ({ text: feed.title, href: feed.href })),
        ...(site.support_url ? [{ text: words.say('support'), href: site.support_url }] : []),
        ...problemLinks(context),
      ],
    },
  };
}

/** The frame with the current status and the time of the build. */
function presentFrame(context: ViewContext, { foot, ...finished }: Frame): Frame {
  const { ledger, words, build } = context;
  const age = ageOf(context);
  const elsewhere = elsewhereOf(context);
  return {
    ...finished,
    icon: iconOf(context, statusTone(pageStatusAt(ledger, ledger.now))),
    version: build.version,
    ...(build.frozen ? { frozenNow: ledger.now } : { built: ledger.now }),
    ...(age && { age }),
    foot: {
      ...foot,
      copy: words.parts('foot.built', { time: (age ? fullRelative : full)(context, ledger.now) }),
      ...(elsewhere && { elsewhere }),
    },
  };
}

/** To a report of any problem, with nothing but the page filled in: a page that no longer changes has it too. */
function problemLinks({ ledger, words, absolute }: ViewContext): Link[] {
  const { report_problem: address } = ledger.content.site;
  if (address === undefined) return [];
  return [{ text: words.say('problem.report'), href: fillAddress(address, { url: absolute(PATHS.home) }) }];
}

function iconOf(context: ViewContext, tone: StatusTone): Frame['icon'] {
  const href = iconHref(context, tone);
  return { href, ...(href.endsWith('.svg') && { type: 'image/svg+xml' }) };
}

function homeOf({ ledger, href, logo: file }: ViewContext, name: string): Home {
  const { site } = ledger.content;
  const home = href(PATHS.home);
  if (!site.logo) return { href: home, name };
  const ratio = file && file.width / file.height;
  const isMark = ratio !== undefined && ratio < WORDMARK_RATIO;
  const width = ratio && Math.round(LOGO_HEIGHT * ratio);
  const media = WHILE_DARK[site.appearance];
  const dark =
    media && site.darkLogo !== undefined && site.darkLogo !== site.logo
      ? { dark: { srcset: href(site.darkLogo), media } }
      : {};
  const logo = { src: href(site.logo), alt: isMark ? '' : name, width, height: LOGO_HEIGHT, ...dark };
  return { href: home, logo, ...(isMark && { name }) };
}

/** A text cut between two words, for search engines and link previews. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= DESCRIPTION_LENGTH) return line;
  const cut = line.slice(0, DESCRIPTION_LENGTH);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), DESCRIPTION_LENGTH / 2))}…`;
}
