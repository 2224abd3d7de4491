import type { Ledger } from '../../src/core/ledger.ts';
import { buildLedger } from '../../src/core/ledger.ts';
import type { Content, Instant } from '../../src/core/model.ts';
import { componentStatusAt, overallAt, pageStatusAt } from '../../src/core/status.ts';
import type { Overall, PageStatus } from '../../src/core/status.ts';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';
import type { ComponentChange } from './component-changes.ts';
import { statusChanges, uptimeChanges } from './component-changes.ts';
import type { EntryChanges } from './entry-changes.ts';
import { entryChanges } from './entry-changes.ts';
import type { EventChange } from './event-changes.ts';
import { eventChanges } from './event-changes.ts';
import type { Naming } from './naming.ts';
import { namingOf } from './naming.ts';
import type { PageChanges } from './page-changes.ts';
import { pageChanges } from './page-changes.ts';
import type { PromiseNote } from './promise-notes.ts';
import { promiseNotes } from './promise-notes.ts';

/** A file of `public/` that is another one, by its address on the page. */
export interface FileChange {
  kind: 'added' | 'removed' | 'changed';
  path: string;
}

/** What customers will see otherwise. It compares values, so that another way to write the same is no change. */
export interface Comparison {
  now: Instant;
  naming: Naming;
  site: Ledger['content']['site'];
  /** As it is after the change. */
  content: Content;
  /** Components that are out after the change, so that their uptime falls. */
  outages: ReadonlySet<string>;
  /** The overall status; `before` is left out if nothing could be read there. */
  pageStatus: { before?: PageStatus; after: PageStatus };
  /** The same in Statuspage's terms, as the API has it. */
  overall: { before?: Overall; after: Overall };
  statuses: ComponentChange<ComponentStatus>[];
  uptimes: ComponentChange<number>[];
  events: EventChange[];
  entries: EntryChanges;
  promises: PromiseNote[];
  page: PageChanges & { files: readonly FileChange[] };
}

/**
 * Compares what a page says before and after a change, at one instant.
 * @param before nothing when it could not be read: then all incidents and maintenance count as new
 * @param files what changes in `public/`
 */
export function comparePages(before: Ledger | undefined, after: Ledger, files: readonly FileChange[] = []): Comparison {
  const base = before ?? buildLedger({ ...after.content, incidents: [], maintenance: [] }, after.now);
  const naming = namingOf(base, after);
  const all = ({ content: { incidents, maintenance } }: Ledger) => [...incidents, ...maintenance];
  const { content } = after;
  const { site, components } = content;
  const weights: Readonly<Partial<Record<ComponentStatus, number>>> = site.uptime.weights;
  const isOut = (id: string) => (weights[componentStatusAt(after, id, after.now)] ?? 0) > 0;
  const events = eventChanges(all(base), all(after), naming);
  return {
    now: after.now,
    naming,
    site,
    content,
    outages: new Set([...components.keys()].filter(isOut)),
    overall: { ...(before && { before: overallAt(before, after.now) }), after: overallAt(after, after.now) },
    pageStatus: { ...(before && { before: pageStatusAt(before, after.now) }), after: pageStatusAt(after, after.now) },
    statuses: statusChanges(base, after),
    uptimes: uptimeChanges(base, after),
    events,
    entries: entryChanges(base, after, events, naming),
    promises: promiseNotes(events, after),
    page: { ...pageChanges(base, after, naming), files },
  };
}
