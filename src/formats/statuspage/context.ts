import { pageOf } from './page.ts';
import type { StatuspagePage } from './page.ts';
import type { Ledger } from '../../core/ledger.ts';
import { memoize } from '../../core/memoize.ts';
import type { FeedContext } from '../context.ts';
import type { StatuspageComponent } from './components.ts';
import { componentsOf } from './components.ts';

/** What every part of a document is made of. */
export interface StatuspageContext {
  feed: FeedContext;
  page: StatuspagePage;
  /** By Statuspage's id, ordered by position. */
  components: ReadonlyMap<string, StatuspageComponent>;
}

type Shared = Omit<StatuspageContext, 'feed'>;

export function statuspageContext(feed: FeedContext): StatuspageContext {
  return { feed, ...sharedOf(feed.ledger) };
}

/** Shared by all documents and webhook messages, because it needs all events. */
const sharedOf = memoize((ledger: Ledger): Shared => {
  const page = pageOf(ledger);
  return { page, components: new Map(componentsOf(ledger, page).map((component) => [component.id, component])) };
});
