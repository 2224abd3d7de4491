import type { Announcement } from '../../core/model.ts';
import { areaParts } from '../../i18n/facts.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { TimeVariant } from '../time-variants.ts';
import { timeVariants } from '../time-variants.ts';
import { monthLink } from './incident.ts';
import { namesIn } from './event.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import type { Link, Moment, Rich } from './rich.ts';
import { full, langOf, marked } from './rich.ts';

/** An announcement in a list. */
export interface AnnouncementLine {
  link: Link;
  time: Moment;
}

/** Announcements under a heading. */
export interface Announcements {
  title: string;
  lines: readonly TimeVariant<AnnouncementLine>[];
}

/** The announcements on the home page, newest first, each until its time. */
export function currentAnnouncements(context: ViewContext, isPinned: boolean): readonly TimeVariant<Announcements>[] {
  const shown = context.ledger.announcements.filter(({ pinned }) => pinned === isPinned);
  const title = context.words.say('announcements');
  // The heading goes with the last one.
  return timeVariants(context, (at) => (shown.some(({ until }) => at < until) ? { title } : undefined)).map(
    ({ when }) => ({
      when,
      value: {
        title,
        lines: shown.flatMap((one) =>
          timeVariants(context, (at) => (at < one.until ? announcementLine(context, one) : undefined)),
        ),
      },
    }),
  );
}

/** The announcements of a month, in the site's time zone like its days. */
export function announcementsOf(context: ViewContext, announcements: readonly Announcement[]): Announcements {
  const lines = announcements.map((one) => {
    const line = announcementLine(context, one);
    return { value: { ...line, time: { ...line.time, fixed: true } }, when: {} };
  });
  return { title: context.words.say('announcements'), lines };
}

function announcementLine(context: ViewContext, announcement: Announcement): AnnouncementLine {
  const { id, title, from } = announcement;
  return {
    link: { text: title, href: context.href(PATHS.announcement(id)), ...langOf(context, announcement) },
    time: full(context, from),
  };
}

/** `/announcements/ID/` */
interface AnnouncementPage {
  page: Page;
  title: string;
  /** The language of its title, if it is not the page's. */
  lang?: string;
  kind: string;
  /** When it was published, and what it is about. */
  facts: readonly Rich[];
  /** That it is not in the page's language yet. */
  note?: string;
  html: string;
  /** The language of its text, if it is not the page's. */
  bodyLang?: string;
  /** The month that it is from. */
  back: Link;
}

export function announcementModel(context: ViewContext, announcement: Announcement): AnnouncementPage {
  const { words } = context;
  const { id, title, from, body, bodyLang } = announcement;
  const titleLang = langOf(context, announcement);
  const textLang = langOf(context, bodyLang === undefined ? {} : { lang: bodyLang }).lang;
  const isForeign = (titleLang.lang ?? textLang) !== undefined;
  return {
    page: pageOf(context, {
      title,
      description: context.text(body) || title,
      path: PATHS.announcement(id),
      article: { published: from, modified: from },
      finished: true,
    }),
    title,
    ...titleLang,
    kind: words.say('word.announcement'),
    facts: announcementFacts(context, announcement),
    ...(isForeign && { note: words.say('untranslated') }),
    html: context.html(body, { idPrefix: 'a-', headingLevel: 1 }),
    ...(textLang !== undefined && { bodyLang: textLang }),
    back: monthLink(context, from),
  };
}

/** When an announcement was published, and the components and areas that it is about. */
export function announcementFacts(context: ViewContext, announcement: Announcement): Rich[] {
  const { words, ledger } = context;
  const areas = marked(context, areaParts(announcement.areas, ledger.content.site, words));
  const facts = [[full(context, announcement.from)], namesIn(context, announcement), areas];
  return facts.filter(({ length }) => length > 0);
}
