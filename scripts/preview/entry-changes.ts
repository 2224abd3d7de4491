import { entryId } from '../../src/core/identity.ts';
import type { Ledger } from '../../src/core/ledger.ts';
import type { StatusEvent, Update } from '../../src/core/model.ts';
import type { SiteSettings } from '../../src/core/schema/site.ts';
import { formatTime } from '../../src/core/time-text.ts';
import { newsOf } from '../../src/core/news.ts';
import type { FeedEntry } from '../../src/formats/feed.ts';
import { entryOf, siteFeed } from '../../src/formats/feed.ts';
import { headingLine } from '../../src/reader/events/headings.ts';
import type { EventChange } from './event-changes.ts';
import type { Naming } from './naming.ts';
import { pairUpdates } from './pairs.ts';

/** A line to write in a content file. */
export interface LineToWrite {
  file: string;
  /** Counted from 1; left out for a new line. */
  line?: number;
  text: string;
}

/** What becomes of the entries of the feeds, newest first. */
export interface EntryChanges {
  /** Readers get these as something new, rightly. */
  sent: FeedEntry[];
  /** Readers get these again, since they go by another id than before. */
  again: FeedEntry[];
  /** They leave the feeds; who has them keeps them. */
  withdrawn: FeedEntry[];
  /** Lines that keep the old ids of entries that would be sent again. */
  keep: LineToWrite[];
  /** Updates that are published now, but are older than all that the feeds still hold. */
  tooOld: number;
}

export function entryChanges(
  before: Ledger,
  after: Ledger,
  events: readonly EventChange[],
  naming: Naming,
): EntryChanges {
  const shownBefore = idsIn(feedOf(before, naming));
  const whole = feedOf(after, naming);
  const shown = idsIn(whole);
  const changes: EntryChanges = { sent: [], again: [], keep: [], withdrawn: [], tooOld: 0 };
  for (const change of events) {
    const [old, now] = change.kind === 'removed' ? [change.event, undefined] : [change.before, change.event];
    const oldEntries = entriesOf(before, old, naming);
    const entries = entriesOf(after, now, naming);
    const updates = pairUpdates(old?.updates ?? [], now?.updates ?? []);
    const written = new Set(updates.flatMap((pair) => [pair.before?.id ?? '', pair.after?.id ?? '']));
    for (const pair of [...updates, ...unwritten(oldEntries, entries, written)]) {
      const was = pair.before && oldEntries.get(pair.before.id);
      const is = pair.after && entries.get(pair.after.id);
      if (is && shown.has(is.id)) {
        if (!pair.before) changes.sent.push(is);
        else if (was && was.id !== is.id) {
          changes.again.push(is);
          const update = updates.find(({ after: one }) => one === pair.after)?.after;
          if (update && now && old?.id === now.id) changes.keep.push(pinnedHeading(now, pair.before, update));
        }
      } else if (!pair.before) changes.tooOld += 1;
      if (!pair.after && was && shownBefore.has(was.id)) changes.withdrawn.push(was);
    }
  }
  const [{ site: oldSite }, { site }] = [before.content, after.content];
  if (hasNewIdentity(oldSite, site)) {
    const sent = idsIn(changes.sent);
    changes.again = whole.filter(({ id }) => !sent.has(id));
    const root = oldSite.id ?? oldSite.url;
    changes.keep = [{ file: 'site.yml', text: `id: ${typeof root === 'string' ? root : root.href}` }];
  }
  for (const list of [changes.sent, changes.again, changes.withdrawn]) list.sort((a, b) => b.published - a.published);
  return changes;
}

/** The heading that keeps an update's id after its time was corrected. */
function pinnedHeading({ file }: StatusEvent, { id }: Pick<Update, 'id'>, { word, at, line }: Update): LineToWrite {
  return { file, line, text: headingLine(word, formatTime(at), id) };
}

/** Whether the entries of a page get other ids only because of its settings. */
function hasNewIdentity(before: SiteSettings, after: SiteSettings): boolean {
  const probe = { id: '', at: 0 };
  return entryId(before, '', probe) !== entryId(after, '', probe);
}

/** Announcements and messages by the clock, before and after. */
function unwritten(
  before: ReadonlyMap<string, FeedEntry>,
  after: ReadonlyMap<string, FeedEntry>,
  written: ReadonlySet<string>,
): { before?: { id: string } | undefined; after?: { id: string } | undefined }[] {
  const ids = new Set([...before.keys(), ...after.keys()].filter((id) => !written.has(id)));
  return [...ids].map((id) => ({
    before: before.has(id) ? { id } : undefined,
    after: after.has(id) ? { id } : undefined,
  }));
}

/** An event's entries by their message's id. */
function entriesOf(ledger: Ledger, event: StatusEvent | undefined, { words, dates }: Naming): Map<string, FeedEntry> {
  const news = event ? newsOf([event], ledger) : [];
  return new Map(news.map((item) => [item.message.id, entryOf(item, { ledger, words, dates })]));
}

function feedOf(ledger: Ledger, { words, dates }: Naming): readonly FeedEntry[] {
  return siteFeed({ ledger, words, dates }).entries;
}

function idsIn(entries: readonly FeedEntry[]): Set<string> {
  return new Set(entries.map(({ id }) => id));
}
