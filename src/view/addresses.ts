import { eventPath } from '../core/events.ts';
import type { StatusEvent } from '../core/model.ts';
import type { ViewContext } from './context.ts';
import type { StatusTone } from './tone.ts';

/** What programs can follow: the name of the file, and its media type. Each has a title among the words, `feed.…`. */
export const FEEDS = {
  rss: { file: 'rss.xml', type: 'application/rss+xml' },
  atom: { file: 'atom.xml', type: 'application/atom+xml' },
  json: { file: 'feed.json', type: 'application/feed+json' },
  calendar: { file: 'maintenance.ics', type: 'text/calendar' },
} as const;

export type FeedName = keyof typeof FEEDS;

/** What there is to follow, of the whole page beside it and of each component beside its own page. */
export const FILES = {
  rss: FEEDS.rss.file,
  atom: FEEDS.atom.file,
  json: FEEDS.json.file,
  calendar: FEEDS.calendar.file,
  badge: 'badge.svg',
} as const;

/** Paths of the site's pages, below its base. */
export const PATHS = {
  home: '/',
  history: '/history/',
  reports: '/reports/',
  subscribe: '/subscribe/',
  summary: '/api/v2/summary.json',
  build: '/build.json',
  embed: '/embed/',
  embedScript: '/embed.js',
  month: (month: string) => `/history/${month}/`,
  report: (month: string) => `/reports/${month}/`,
  component: (id: string) => `/components/${id}/`,
  event: (event: StatusEvent) => `/${eventPath(event)}`,
  icon: (tone: StatusTone) => `/icon/${tone}.svg`,
} as const;

/** The page of an event, or one of its updates there. */
export function hrefOf({ href }: ViewContext, event: StatusEvent, update?: { id: string }): string {
  return href(PATHS.event(event)) + (update ? `#${update.id}` : '');
}
