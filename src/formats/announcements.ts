import type { NewsItem } from '../core/messages.ts';
import { allNews } from '../core/messages.ts';
import type { Announcement } from '../core/model.ts';
import type { FeedContext } from './context.ts';
import { entryOf } from './feed.ts';

/** `/api/announcements.json`: all that are published, newest first. */
export function announcementsJson(context: FeedContext): string {
  const announcements = allNews(context.ledger).flatMap(({ event, message }) =>
    event.kind === 'announcement' ? [announcementData({ event, message }, context)] : [],
  );
  return `${JSON.stringify({ announcements })}\n`;
}

/** An announcement as data. Its text is HTML. */
export function announcementData(item: NewsItem & { event: Announcement }, context: FeedContext) {
  const { id, title, from, until, pinned, components, areas } = item.event;
  const { url, html } = entryOf(item, context);
  return {
    id,
    title,
    from: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
    pinned,
    components: Object.keys(components),
    areas,
    url,
    body: html,
  };
}
