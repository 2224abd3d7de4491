import type { ViewContext } from '../context.ts';
import type { FeedName } from '../addresses.ts';
import { EVENT_FEED, FEEDS, PATHS } from '../addresses.ts';
import type { StatusEvent } from '../../core/model.ts';
import { hasFeed } from '../../core/upcoming-changes.ts';
import type { Link } from './rich.ts';

/** A feed or a calendar that programs find in a page's head. */
export interface Feed {
  /** Its media type. */
  type: string;
  title: string;
  href: string;
}

/** The feed of one incident or maintenance, while it has one. */
export function eventFeeds({ ledger, words, href }: ViewContext, event: StatusEvent): Feed[] {
  if (!hasFeed(event, ledger)) return [];
  const { type, file } = FEEDS[EVENT_FEED];
  const title = words.say('feed.of_component', { component: event.title, feed: words.say(`feed.${EVENT_FEED}`) });
  return [{ type, title, href: href(PATHS.event(event)) + file }];
}

/** The anchor of the section about emails. */
export const EMAIL = 'email';

/** The link to the section about emails on the page that explains how to subscribe; none if readers can't subscribe by email. */
function emailLink({ words, href, ledger }: ViewContext): Link[] {
  const has = ledger.content.site.subscribe.email !== undefined;
  return has ? [{ text: words.say('subscribe.email_title'), href: `${href(PATHS.subscribe)}#${EMAIL}` }] : [];
}

/**
 * The feeds and the calendar of the whole page, or of a component.
 * @param path of its page
 */
export function feedsBelow({ words, href }: ViewContext, path: string): Feed[] {
  return (Object.keys(FEEDS) as FeedName[]).map((kind) => ({
    type: FEEDS[kind].type,
    title: words.say(`feed.${kind}`),
    href: href(path + FEEDS[kind].file),
  }));
}

/** The feeds of a part of the page, named after it. @param whose the name of that part */
export function namedFeeds(context: ViewContext, path: string, whose: string): Feed[] {
  return feedsBelow(context, path).map((feed) => ({
    ...feed,
    title: context.words.say('feed.of_component', { component: whose, feed: feed.title }),
  }));
}

/** How to follow a part of the page. */
export interface Follow {
  title: Link;
  links: Link[];
}

/** @param anchor of that part on the subscribe page */
export function followOf(context: ViewContext, path: string, anchor?: string): Follow {
  const { words, href } = context;
  return {
    title: { text: words.say('subscribe'), href: href(PATHS.subscribe) + (anchor ? `#${anchor}` : '') },
    links: [...emailLink(context), ...feedsBelow(context, path).map((feed) => ({ text: feed.title, href: feed.href }))],
  };
}
