import type { Ledger } from '../../core/ledger.ts';
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

type Shared = Omit<StatuspageContext, 'feed'>;

/** Shared by every document and webhook message, since they are built from all events. */
const remembered = new WeakMap<Ledger, Shared>();

export function statuspageContext(feed: FeedContext): StatuspageContext {
  const shared = remembered.get(feed.ledger) ?? sharedOf(feed.ledger);
  remembered.set(feed.ledger, shared);
  return { feed, ...shared };
}

function sharedOf(ledger: Ledger): Shared {
  const page = pageOf(ledger);
  return { page, components: new Map(componentsOf(ledger, page).map((component) => [component.id, component])) };
}
