import { EVENT_FOLDERS, eventPath } from '../core/events.ts';
import type { StatusEvent } from '../core/model.ts';
import type { ViewContext } from './context.ts';
import type { StatusTone } from './tone.ts';

/** The feeds and the calendar: file name and media type. Each has a title in the words, `feed.…`. */
export const FEEDS = {
  rss: { file: 'rss.xml', type: 'application/rss+xml' },
  atom: { file: 'atom.xml', type: 'application/atom+xml' },
  json: { file: 'feed.json', type: 'application/feed+json' },
  calendar: { file: 'maintenance.ics', type: 'text/calendar' },
} as const;

export type FeedName = keyof typeof FEEDS;

/** The one feed of an incident or maintenance, beside its page. */
export const EVENT_FEED = 'atom' satisfies FeedName;

/** The badge with a status, in the folder of its page, like feeds. */
export const BADGE = 'badge.svg';

/** A page as Markdown, in the folder of the page. */
export const MARKDOWN = 'index.md';

/** The sizes of icons in pixels: for the home screen of iOS, and as browsers want them in a manifest. */
export const TOUCH_ICON = 180;
export const APP_ICONS = [192, 512];

/** Paths of the site, below its base. Each has a line in `models/all-pages.ts`, too. */
export const PATHS = {
  home: '/',
  history: '/history/',
  reports: '/reports/',
  subscribe: '/subscribe/',
  summary: '/api/v2/summary.json',
  announcements: '/api/announcements.json',
  openapi: '/api/openapi.json',
  build: '/build.json',
  embed: '/embed/',
  embedScript: '/embed.js',
  notFound: '/404.html',
  month: (month: string) => `/history/${month}/` as const,
  searchPart: (name: string) => `/history/search/${name}/` as const,
  report: (month: string) => `/reports/${month}/` as const,
  component: (id: string) => `/components/${id}/` as const,
  group: (id: string) => `/groups/${id}/` as const,
  componentYear: (id: string, year: string) => `/components/${id}/history/${year}/` as const,
  area: (id: string) => `/areas/${id}/` as const,
  event: (event: StatusEvent) => `/${eventPath(event)}` as const,
  announcement: (id: string) => `/announcements/${id}/` as const,
  ownPage: (id: string) => `/pages/${id}/` as const,
  icon: (tone: StatusTone) => `/icon/${tone}.svg` as const,
  appIcon: (size: number) => `/icon/${size}.png` as const,
  manifest: '/site.webmanifest',
  preview: '/og/status.png',
  eventPreview: ({ kind, id }: StatusEvent) => `/og/${EVENT_FOLDERS[kind]}/${encodeURIComponent(id)}.png` as const,
} as const;

type Result<Path> = Path extends (...of: never[]) => infer Made ? Made : Path;

/** A path of the site. Others do not compile. */
export type SitePath = Result<(typeof PATHS)[keyof typeof PATHS]>;

/** The icon in browser tabs: the owner's own, or that of a status. */
export function iconHref({ href, ledger }: Pick<ViewContext, 'href' | 'ledger'>, tone: StatusTone): string {
  return href(ledger.content.site.favicon ?? PATHS.icon(tone));
}

/** The page of an event, or one of its updates there. */
export function hrefOf({ href }: ViewContext, event: StatusEvent, update?: { id: string }): string {
  return href(PATHS.event(event)) + (update ? `#${update.id}` : '');
}
