import type { ViewContext } from '../context.ts';
import { FILES, PATHS } from '../addresses.ts';
import type { Component } from '../../core/model.ts';
/** A feed or a calendar that programs find in a page's head. */
export interface Feed {
  /** Its media type. */
  type: string;
  title: string;
  href: string;
}

const TYPES = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
  calendar: 'text/calendar',
} as const;

/**
 * The feeds and the calendar of the whole page, or of a component.
 * @param path of its page
 */
export function feedsBelow({ words, href }: ViewContext, path: string): Feed[] {
  return (['rss', 'atom', 'json', 'calendar'] as const).map((kind) => ({
    type: TYPES[kind],
    title: words.say(`feed.${kind}`),
    href: href(path + FILES[kind]),
  }));
}

/** Those of a component, which say whose they are. */
export function componentFeeds(context: ViewContext, { id, name }: Component): Feed[] {
  return feedsBelow(context, PATHS.component(id)).map((feed) => ({
    ...feed,
    title: context.words.say('feed.of_component', { component: name, feed: feed.title }),
  }));
}
