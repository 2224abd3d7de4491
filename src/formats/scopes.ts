import type { Area } from '../core/areas.ts';
import { eventsByArea } from '../core/areas.ts';
import { eventsByGroup } from '../core/groups.ts';
import { foreignLang } from '../core/locales.ts';
import type { Component, ComponentGroup, StatusEvent } from '../core/model.ts';
import type { NewsItem } from '../core/messages.ts';
import { eventPath } from '../core/events.ts';
import { allNews, newsByArea, newsByComponent, newsByGroup, newsOfEvent } from '../core/messages.ts';
import { memoize, memoizePair } from '../core/memoize.ts';
import type { FeedContext } from './context.ts';

/** The scope of a feed or calendar: the whole page, a component, a group, an area, or one event. */
export interface FeedScope {
  /** The path of its page below the language's home page, with a slash at the end. */
  path: string;
  title: string;
  description: string;
  /** The language of the description, if it is not the feed's. */
  descriptionLang?: string;
  /** Name of its calendar. */
  calendar: string;
  /** Newest first. */
  news: readonly NewsItem[];
  events: readonly StatusEvent[];
  /** The period of each archive. Without, its feed has all messages. */
  archives?: 'months' | 'years';
}

/** The scope of the whole page. */
export const siteScope = memoize((context: FeedContext): FeedScope => {
  const { ledger, words } = context;
  const { site, incidents, maintenance } = ledger.content;
  const isTranslated = site.description === undefined || site.names?.get(site.locale)?.description !== undefined;
  const descriptionLang = isTranslated ? undefined : foreignLang(site);
  return {
    path: '',
    title: words.say('feed.title', { site: site.name }),
    description: site.description ?? words.say('feed.description', { site: site.name }),
    ...(descriptionLang !== undefined && { descriptionLang }),
    calendar: words.say('calendar.title', { site: site.name }),
    news: allNews(ledger),
    events: [...incidents, ...maintenance],
    archives: 'months',
  };
});

/** The scope of a component: all events that name it. */
export const componentScope = memoizePair((context: FeedContext, { id, name }: Component): FeedScope => ({
  ...namedScope(context, `components/${id}/`, name),
  news: newsByComponent(context.ledger).get(id) ?? [],
  events: context.ledger.events.get(id) ?? [],
  archives: 'years',
}));

/** The scope of a group: all events that name one of its components. */
export const groupScope = memoizePair((context: FeedContext, { id, name }: ComponentGroup): FeedScope => ({
  ...namedScope(context, `groups/${id}/`, name),
  news: newsByGroup(context.ledger).get(id) ?? [],
  events: eventsByGroup(context.ledger).get(id) ?? [],
  archives: 'years',
}));

/** The scope of one incident or maintenance. Its feed has all of its messages. */
export const eventScope = memoizePair((context: FeedContext, event: StatusEvent): FeedScope => ({
  ...namedScope(context, eventPath(event), event.title),
  news: newsOfEvent(event, context.ledger),
  events: [event],
}));

/** The scope of an area: all events that affect it. */
export const areaScope = memoizePair((context: FeedContext, { id, name }: Area): FeedScope => ({
  ...namedScope(context, `areas/${id}/`, name),
  news: newsByArea(context.ledger).get(id) ?? [],
  events: eventsByArea(context.ledger).get(id) ?? [],
  archives: 'years',
}));

/** @param name of the part of the page that is followed */
function namedScope({ ledger, words }: FeedContext, path: string, name: string): Omit<FeedScope, 'news' | 'events'> {
  const blanks = { site: ledger.content.site.name, component: name };
  return {
    path,
    title: words.say('feed.component_title', blanks),
    description: words.say('feed.component_description', blanks),
    calendar: words.say('calendar.component_title', blanks),
  };
}
