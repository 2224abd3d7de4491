import type { ViewContext } from '../context.ts';
import type { FeedName } from '../addresses.ts';
import { FEEDS, PATHS } from '../addresses.ts';
import type { Component } from '../../core/model.ts';
/** A feed or a calendar that programs find in a page's head. */
export interface Feed {
  /** Its media type. */
  type: string;
  title: string;
  href: string;
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

/** Those of a component, which say whose they are. */
export function componentFeeds(context: ViewContext, { id, name }: Component): Feed[] {
  return feedsBelow(context, PATHS.component(id)).map((feed) => ({
    ...feed,
    title: context.words.say('feed.of_component', { component: name, feed: feed.title }),
  }));
}
