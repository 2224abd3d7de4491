import type { FeedContext } from '../feed.ts';
import type { StatuspageComponent } from './components.ts';
import { componentsOf } from './components.ts';
import type { StatuspagePage } from './page.ts';
import { pageOf } from './page.ts';

/** What every part of a document is made of. */
export interface StatuspageContext {
  feed: FeedContext;
  page: StatuspagePage;
  /** By Statuspage's id, ordered by position. */
  components: ReadonlyMap<string, StatuspageComponent>;
}

export function statuspageContext(feed: FeedContext): StatuspageContext {
  const page = pageOf(feed.ledger);
  const components = componentsOf(feed.ledger, page).map((component) => [component.id, component] as const);
  return { feed, page, components: new Map(components) };
}
